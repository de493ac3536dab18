"""Putting entries, and taking them away, with all that they are found by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BindParameter, Table, bindparam, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.analysis import Language, sequence_of, tokens_of, words_of

from .models import Entry, EntryText
from .naming import keep_names

MOST_IN_SEQUENCE = 200_000
"""Letters of a text in which phrases are found."""
BETWEEN = "|"
"""Stands between title and body, so that no phrase goes over it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an entry is to be. `named`: its title is a proper name, found by its words and not by their stems;
    `forgiven`: also by words that are spelt nearly so."""

    subject_id: UUID
    title: str
    body: str
    language: Language
    part: str = ""
    place_id: UUID | None = None
    named: bool = False
    forgiven: bool = False
    author_id: UUID | None = None
    at: datetime | None = None


Key = tuple[UUID, str]

_entries, _texts = cast(Table, Entry.__table__), cast(Table, EntryText.__table__)
_of_entry: BindParameter[int] = bindparam("entry")
_change = update(_entries).where(_entries.c.id == _of_entry)
_change_text = update(_texts).where(_texts.c.entry_id == _of_entry)


async def put(
    session: AsyncSession, kind: str, subject_ids: Sequence[UUID], drafts: Sequence[Draft], *, again: bool = False
) -> dict[Key, int]:
    """Makes these drafts all the entries of these subjects (at most 500). What is the same already is left alone,
    unless all is to be written `again`; what changed keeps its id.

    Returns the id of each entry by its subject and part.
    """
    kept = _entries.c
    rows = (
        await session.execute(
            select(_entries, _texts.c.title, _texts.c.body, _texts.c.language)
            .join(_texts, _texts.c.entry_id == kept.id)
            .where(kept.kind == kind, kept.subject_id.in_(subject_ids))
        )
    ).all()
    wanted = {(draft.subject_id, draft.part): draft for draft in drafts}
    known = {(row.subject_id, row.part): row for row in rows}
    gone = [row.id for key, row in known.items() if key not in wanted]
    changed = {
        known[key].id: draft
        for key, draft in wanted.items()
        if key in known and (again or not _is_same(known[key], draft))
    }
    await _forget_tokens(session, changed)
    await _rewrite(session, changed)
    made = await _add(session, kind, [draft for key, draft in wanted.items() if key not in known])
    written = changed | {made[key]: wanted[key] for key in made}
    await _add_tokens(session, written.items())
    firsts = {draft.subject_id: draft.part for draft in reversed(drafts)}
    named = {id_: draft for id_, draft in written.items() if draft.part == firsts[draft.subject_id]}
    await keep_names(
        session,
        kind,
        [*gone, *changed],
        {id_: words_of(draft.title) for id_, draft in named.items()},
        {word for draft in named.values() if draft.forgiven for word in words_of(draft.title)},
    )
    if gone:
        await session.execute(delete(_entries).where(kept.id.in_(gone)))
    return made | {key: row.id for key, row in known.items() if key in wanted}


async def forget(session: AsyncSession, kind: str, subject_ids: Sequence[UUID]) -> None:
    """Takes away all entries of these subjects (at most 500)."""
    await put(session, kind, subject_ids, [])


async def place(session: AsyncSession, kind: str, subject_ids: Collection[UUID], place_id: UUID) -> None:
    """Says of all entries of these subjects, 500 at most, that they stand in this place. By what they are found
    stays."""
    moved = update(Entry).where(Entry.kind == kind, Entry.subject_id.in_(subject_ids))
    moved = moved.where(Entry.place_id.is_distinct_from(place_id)).values(place_id=place_id)
    await session.execute(moved.execution_options(synchronize_session=False))


async def _add(session: AsyncSession, kind: str, drafts: Sequence[Draft]) -> dict[Key, int]:
    if not drafts:
        return {}
    rows = [{"kind": kind, "subject_id": draft.subject_id, "part": draft.part, **_narrow(draft)} for draft in drafts]
    made = (await session.scalars(insert(_entries).returning(_entries.c.id, sort_by_parameter_order=True), rows)).all()
    texts = [{"entry_id": number, **_said(draft)} for number, draft in zip(made, drafts, strict=True)]
    await session.execute(insert(_texts), texts)
    return {(draft.subject_id, draft.part): number for number, draft in zip(made, drafts, strict=True)}


async def _rewrite(session: AsyncSession, changed: Mapping[int, Draft]) -> None:
    if changed:
        await session.execute(_change, [{"entry": id_, **_narrow(draft)} for id_, draft in changed.items()])
        await session.execute(_change_text, [{"entry": id_, **_said(draft)} for id_, draft in changed.items()])


def _narrow(draft: Draft) -> dict[str, Any]:
    return {"place_id": draft.place_id, "author_id": draft.author_id, "at": draft.at}


def _said(draft: Draft) -> dict[str, str]:
    words = f"{sequence_of(draft.title)}{BETWEEN}{sequence_of(draft.body, MOST_IN_SEQUENCE)}"
    return {"title": draft.title, "body": draft.body, "language": draft.language, "words": words}


async def _forget_tokens(session: AsyncSession, changed: Collection[int]) -> None:
    if not changed:
        return
    row = "entry_id" if _is_postgresql(session) else "rowid"
    gone = text(f"DELETE FROM entry_tokens WHERE {row} = :id")  # noqa: S608 — a name of ours
    await session.execute(gone, [{"id": id_} for id_ in changed])


async def _add_tokens(session: AsyncSession, written: Iterable[tuple[int, Draft]]) -> None:
    found_by = [
        (number, words_of(draft.title) if draft.named else tokens_of(draft.title, draft.language), draft)
        for number, draft in written
    ]
    if not found_by:
        return
    if _is_postgresql(session):
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


def _is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _is_same(row: Any, draft: Draft) -> bool:
    return (row.title, row.body, row.language, row.place_id, row.author_id, row.at) == (
        draft.title,
        draft.body,
        draft.language,
        draft.place_id,
        draft.author_id,
        draft.at,
    )


def _tsvector(title: Sequence[str], body: Sequence[str]) -> str:
    """A `tsvector` as text. Tokens have letters, digits and the mark alone, so that quoting them is enough."""
    titled = set(title)
    weighed = [*((token, "1A") for token in title), *((token, "1") for token in body if token not in titled)]
    return " ".join(f"'{token}':{weight}" for token, weight in weighed)
