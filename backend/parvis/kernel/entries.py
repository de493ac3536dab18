"""The search table: one row per thing that can be found, or per class of those who may find it.

A feature puts the entries of its subjects and takes them away; what they are found by (`analysis.py`) is kept beside
them in `entry_tokens`: an FTS5 table on SQLite, a `tsvector` with a GIN index on PostgreSQL, fed with the same tokens.
Neither goes by a model; each forgets by itself what its entry's row loses.

An entry says nothing of who may see it: whoever looks joins `matching` with what is visible to the actor.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Index, Select, Table, delete, insert, literal, select, table, text
from sqlalchemy import cast as cast_sql
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType

from . import clock
from .analysis import Language, Term, tokens_of, words_of
from .db import Base
from .db.base import BigId

Within = Literal["title", "all"]


class Entry(Base):
    """Something that can be found. `part`: which part of the subject, or which class of readers it is for; `place_id`:
    what the subject stands in."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("uq_entries_kind_subject_id_part", "kind", "subject_id", "part", unique=True),
        Index("ix_entries_place_id", "place_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    part: Mapped[str]
    place_id: Mapped[UUID | None]
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry is to be. `named`: its title is a proper name, found by its words and not by their stems."""

    subject_id: UUID
    title: str
    body: str
    language: Language
    part: str = ""
    place_id: UUID | None = None
    named: bool = False


_entries = cast(Table, Entry.__table__)
_tokens = table("entry_tokens")


async def put(
    session: AsyncSession, kind: str, subject_ids: Sequence[UUID], drafts: Sequence[Draft]
) -> dict[tuple[UUID, str], int]:
    """Makes these drafts all the entries of these subjects (at most 500). What is the same already is left alone.

    Returns the id of each entry by its subject and part.
    """
    kept = _entries.c
    mine = (kept.kind == kind, kept.subject_id.in_(subject_ids))
    rows = (await session.execute(select(_entries).where(*mine))).all()
    wanted = {(draft.subject_id, draft.part): draft for draft in drafts}
    same = {key: row.id for row in rows if _is_same(row, wanted.get(key := (row.subject_id, row.part)))}
    gone = [row.id for row in rows if (row.subject_id, row.part) not in same]
    if gone:
        await session.execute(delete(_entries).where(kept.id.in_(gone)))
    return same | await _add(session, kind, [draft for key, draft in wanted.items() if key not in same])


async def forget(session: AsyncSession, kind: str, subject_ids: Sequence[UUID]) -> None:
    """Takes away all entries of these subjects (at most 500)."""
    await put(session, kind, subject_ids, [])


def found(terms: Sequence[Term], within: Within = "all") -> Select[int]:
    """Ids of the entries that have every term; within the title alone, if so asked. `terms` must not be empty."""
    has = {"title": _TitleHas, "all": _Has}[within](literal(_fts5(terms, within)), literal(_tsquery(terms)))
    return select(_EntryId().label("entry_id")).select_from(_tokens).where(has)


def matching(terms: Sequence[Term], within: Within = "all") -> ColumnElement[bool]:
    """Whether an `Entry` is one of those."""
    return Entry.id.in_(found(terms, within))


async def _add(session: AsyncSession, kind: str, drafts: Sequence[Draft]) -> dict[tuple[UUID, str], int]:
    if not drafts:
        return {}
    now = clock.now()
    rows = [
        {
            "kind": kind,
            "subject_id": draft.subject_id,
            "part": draft.part,
            "place_id": draft.place_id,
            "title": draft.title,
            "body": draft.body,
            "language": draft.language,
            "updated_at": now,
        }
        for draft in drafts
    ]
    made = (await session.scalars(insert(_entries).returning(_entries.c.id, sort_by_parameter_order=True), rows)).all()
    await _add_tokens(session, zip(made, drafts, strict=True))
    return {(draft.subject_id, draft.part): number for number, draft in zip(made, drafts, strict=True)}


async def _add_tokens(session: AsyncSession, made: Iterable[tuple[int, Draft]]) -> None:
    found_by = [
        (number, words_of(draft.title) if draft.named else tokens_of(draft.title, draft.language), draft)
        for number, draft in made
    ]
    if session.get_bind().dialect.name == "postgresql":
        vectors = [
            {"id": number, "tokens": _tsvector(title, tokens_of(draft.body, draft.language))}
            for number, title, draft in found_by
        ]
        await session.execute(
            text("INSERT INTO entry_tokens (entry_id, tokens) VALUES (:id, CAST(:tokens AS tsvector))"), vectors
        )
        return
    columns = [
        {"id": number, "title": " ".join(title), "body": " ".join(tokens_of(draft.body, draft.language))}
        for number, title, draft in found_by
    ]
    await session.execute(text("INSERT INTO entry_tokens (rowid, title, body) VALUES (:id, :title, :body)"), columns)


def _is_same(row: Any, draft: Draft | None) -> bool:
    return draft is not None and (row.title, row.body, row.language, row.place_id) == (
        draft.title,
        draft.body,
        draft.language,
        draft.place_id,
    )


def _tsvector(title: Sequence[str], body: Sequence[str]) -> str:
    """A `tsvector` as text. Tokens have letters, digits and the mark alone, so that quoting them is enough."""
    titled = set(title)
    weighed = [*((token, "1A") for token in title), *((token, "1") for token in body if token not in titled)]
    return " ".join(f"'{token}':{weight}" for token, weight in weighed)


def _tsquery(terms: Sequence[Term]) -> str:
    def written(term: Term) -> str:
        begun = [f"'{term.beginning}':*"] if term.beginning else []
        tokens = [f"'{token}'" for token in term.tokens]
        return f"({' | '.join([*begun, *tokens])})"

    return " & ".join(map(written, terms))


def _fts5(terms: Sequence[Term], within: Within) -> str:
    def written(term: Term) -> str:
        begun = [f'"{term.beginning}"*'] if term.beginning else []
        return f"({' OR '.join(begun + [_quoted(token) for token in term.tokens])})"

    joined = " AND ".join(map(written, terms))
    return f"title : ({joined})" if within == "title" else joined


def _quoted(token: str) -> str:
    return f'"{token}"'


class _EntryId(FunctionElement[int]):
    """Which entry a row of tokens belongs to, as either database calls it."""

    type = BigId
    inherit_cache = True


@compiles(_EntryId, "sqlite")
def _row_number(_element: _EntryId, _compiler: SQLCompiler, **_how: Any) -> str:
    return "entry_tokens.rowid"


@compiles(_EntryId, "postgresql")
def _column(_element: _EntryId, _compiler: SQLCompiler, **_how: Any) -> str:
    return "entry_tokens.entry_id"


class _Has(FunctionElement[Any]):
    """Whether a row of tokens answers a query, as either database says it. Were it said to be boolean, SQLite would be
    asked whether it equals 1, and go through all rows rather than those found."""

    type = NullType()
    inherit_cache = True


class _TitleHas(_Has):
    """The same of the title's tokens alone: on PostgreSQL they have an index of their own, so that a word that many
    texts have is not looked up in each."""

    inherit_cache = True


@compiles(_Has, "sqlite")
def _match(element: _Has, compiler: SQLCompiler, **how: Any) -> str:
    query, _ = element.clauses
    return f"entry_tokens MATCH {compiler.process(query, **how)}"


@compiles(_Has, "postgresql")
def _contain(element: _Has, compiler: SQLCompiler, **how: Any) -> str:
    return f"entry_tokens.tokens @@ {_as_tsquery(element, compiler, **how)}"


@compiles(_TitleHas, "postgresql")
def _contain_in_title(element: _TitleHas, compiler: SQLCompiler, **how: Any) -> str:
    return f"ts_filter(entry_tokens.tokens, '{{a}}') @@ {_as_tsquery(element, compiler, **how)}"


def _as_tsquery(element: _Has, compiler: SQLCompiler, **how: Any) -> str:
    _, query = element.clauses
    return compiler.process(cast_sql(query, TSQUERY), **how)
