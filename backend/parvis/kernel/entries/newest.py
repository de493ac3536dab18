"""From which entry on the newest that a query finds are looked for. SQLite walks them backwards and stops; PostgreSQL's
index gives all that there are, so that of a word that very many texts have it is asked for the last entries alone."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

LOOKED_AT = 32_768
"""The last entries, in which is counted how many a query finds."""
FEWEST = 64
"""Below so many of these the index is quick with all."""
ALL = 0

_COUNT = text(
    "SELECT last.id AS id, (SELECT count(*) FROM entry_tokens"
    " WHERE tokens @@ CAST(:tsquery AS tsquery) AND entry_id > last.id - :looked_at) AS found"
    " FROM (SELECT coalesce(max(entry_id), 0) AS id FROM entry_tokens) AS last"
)


async def after_which(session: AsyncSession, told: Mapping[str, Any], wanted: int) -> int:
    """The id after which some more than `wanted` are found, about. One query on PostgreSQL, and none on SQLite."""
    if session.get_bind().dialect.name != "postgresql":
        return ALL
    row = (await session.execute(_COUNT, {"tsquery": told["tsquery"], "looked_at": LOOKED_AT})).one()
    if row.found <= FEWEST:
        return ALL
    return max(ALL, int(row.id) - LOOKED_AT * wanted // int(row.found))
