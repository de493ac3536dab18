"""Which entries a query finds, of very many the last. SQLite walks them backwards and stops; PostgreSQL's index gives
all that there are, so that of a word that very many texts have it is asked for the last entries alone, before anything
else is asked of them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

LOOKED_AT = 4_096
"""The last entries, in which is counted how many a query finds."""
FEWEST = 16
"""Below so many of these the index is quick with all."""
ALL = 0

_BY_INDEX = text("SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)")
_IN_ANY_WAY = text("SELECT set_config('enable_seqscan', 'on', true), set_config('enable_indexscan', 'on', true)")
_SOME = text("SELECT entry_id FROM entry_tokens WHERE tokens @@ CAST(:tsquery AS tsquery) LIMIT :some")
_LAST = text("SELECT entry_id FROM entry_tokens WHERE tokens @@ CAST(:tsquery AS tsquery) AND entry_id > :after")
_COUNT = text(
    "SELECT last.id AS id, (SELECT count(*) FROM entry_tokens"
    " WHERE tokens @@ CAST(:tsquery AS tsquery) AND entry_id > last.id - :looked_at) AS found"
    " FROM (SELECT coalesce(max(entry_id), 0) AS id FROM entry_tokens) AS last"
)


@dataclass(frozen=True, slots=True)
class Last:
    """Ids of entries; whether they are all that there are."""

    ids: Sequence[int]
    are_all: bool


async def last_found(session: AsyncSession, told: Mapping[str, Any], few: int, wanted: int) -> Last | None:
    """All that a query finds, where there are few, else about so many of the last. None on SQLite, and no query; three
    on PostgreSQL, seven where many are found."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    query = {"tsquery": told["tsquery"]}
    async with _by_index(session):
        some = (await session.scalars(_SOME, query | {"some": few + 1})).all()
    if len(some) <= few:
        return Last(some, are_all=True)
    return await _found_after(session, query, await _after_which(session, query, wanted))


async def all_found(session: AsyncSession, told: Mapping[str, Any]) -> Last:
    """Three queries, on PostgreSQL."""
    return await _found_after(session, {"tsquery": told["tsquery"]}, ALL)


async def _found_after(session: AsyncSession, query: Mapping[str, Any], after: int) -> Last:
    async with _by_index(session):
        return Last((await session.scalars(_LAST, {**query, "after": after})).all(), are_all=after == ALL)


@asynccontextmanager
async def _by_index(session: AsyncSession) -> AsyncIterator[None]:
    """PostgreSQL takes it for as cheap to compare all tokens of a text as two numbers: left to itself it compares those
    of hundreds of thousands, one after the other, rather than ask the index of tokens. Two queries."""
    await session.execute(_BY_INDEX)
    yield
    await session.execute(_IN_ANY_WAY)


async def _after_which(session: AsyncSession, query: Mapping[str, Any], wanted: int) -> int:
    """The id after which some more than `wanted` are found, about."""
    row = (await session.execute(_COUNT, {**query, "looked_at": LOOKED_AT})).one()
    if row.found <= FEWEST:
        return ALL
    return max(ALL, int(row.id) - LOOKED_AT * wanted // int(row.found))
