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

from sqlalchemy import (
    ColumnElement,
    Index,
    Select,
    Table,
    column,
    delete,
    insert,
    literal,
    select,
    table,
    text,
)
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


async def put(session: AsyncSession, kind: str, subject_ids: Sequence[UUID], drafts: Sequence[Draft]) -> None:
    """Makes these drafts all the entries of these subjects (at most 500). What is the same already is left alone."""
    kept = _entries.c
    mine = (kept.kind == kind, kept.subject_id.in_(subject_ids))
    rows = (await session.execute(select(_entries).where(*mine))).all()
    wanted = {(draft.subject_id, draft.part): draft for draft in drafts}
    same = {(row.subject_id, row.part) for row in rows if _is_same(row, wanted.get((row.subject_id, row.part)))}
    gone = [row.id for row in rows if (row.subject_id, row.part) not in same]
    if gone:
        await session.execute(delete(_entries).where(kept.id.in_(gone)))
    await _add(session, kind, [draft for key, draft in wanted.items() if key not in same])


async def forget(session: AsyncSession, kind: str, subject_ids: Sequence[UUID]) -> None:
    """Takes away all entries of these subjects (at most 500)."""
    await put(session, kind, subject_ids, [])


def matching(terms: Sequence[Term], within: Within = "all") -> ColumnElement[bool]:
    """Entries that have every term; within the title alone, if so asked. `terms` must not be empty."""
    found = _Matching(Entry.id, literal(_fts5(terms, within)), literal(_tsquery(terms, within)))
    return cast(ColumnElement[bool], found)


async def _add(session: AsyncSession, kind: str, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
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
    made = await session.scalars(insert(_entries).returning(_entries.c.id, sort_by_parameter_order=True), rows)
    await _add_tokens(session, zip(made, drafts, strict=True))


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


def _tsquery(terms: Sequence[Term], within: Within) -> str:
    weight = "A" if within == "title" else ""
    mark = f":{weight}" if weight else ""

    def written(term: Term) -> str:
        tokens = [f"'{token}'{mark}" for token in term.tokens]
        begun = [f"'{term.beginning}':*{weight}"] if term.beginning else []
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


class _Matching(FunctionElement[Any]):
    """`matching` as either database says it. Were it said to be boolean, SQLite would be asked whether it equals 1, and
    go through all entries rather than those found."""

    type = NullType()
    inherit_cache = True


@compiles(_Matching, "sqlite")
def _match(element: _Matching, compiler: SQLCompiler, **how: Any) -> str:
    entry_id, query, _ = element.clauses
    found: Select[Any] = select(column("rowid")).select_from(_tokens).where(column("entry_tokens").op("MATCH")(query))
    return compiler.process(entry_id.in_(found), **how)


@compiles(_Matching, "postgresql")
def _contain(element: _Matching, compiler: SQLCompiler, **how: Any) -> str:
    entry_id, _, query = element.clauses
    found: Select[Any] = (
        select(column("entry_id")).select_from(_tokens).where(column("tokens").op("@@")(cast_sql(query, TSQUERY)))
    )
    return compiler.process(entry_id.in_(found), **how)
