"""Which entries a query finds, of very many the last. SQLite walks them backwards and stops; PostgreSQL's index of
tokens gives them in no order, so that it is asked for those of the last blocks of ids, before anything else is asked of
them. It is a function of the database, since what it is to plan by holds for no statement beside it (migration 0080
says which)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Integer, String, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

_LAST = (
    text(
        "SELECT CAST(ids AS text) AS ids, cardinality(ids) AS number, are_all"
        " FROM last_entries(CAST(:tsquery AS tsquery), CAST(:wanted AS integer))"
    )
    .bindparams(bindparam("wanted", type_=Integer()))
    .columns(ids=String, number=Integer, are_all=Boolean)
)


@dataclass(frozen=True, slots=True)
class Last:
    """Ids of entries, as PostgreSQL writes an array: they are given back to it, and to read and write thousands takes
    longer than to find them; how many they are; whether they are all that there are."""

    ids: str
    number: int
    are_all: bool


async def last_found(session: AsyncSession, told: Mapping[str, Any], wanted: int | None) -> Last | None:
    """About so many of the last that a query finds, or more; all, where there are few, or none is `wanted`. One query
    on PostgreSQL; on SQLite none, and None."""
    if session.get_bind().dialect.name != "postgresql":
        return None
    row = (await session.execute(_LAST, {"tsquery": told["tsquery"], "wanted": wanted})).one()
    return Last(*row)
