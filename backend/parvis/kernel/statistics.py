"""What a database knows of its tables, and chooses its plans by: how many rows they have, and how alike these are.

PostgreSQL gathers that by itself while it is written to; after a restore it is asked to, since it would take minutes.
SQLite gathers nothing unasked: it is asked after migrations and each night. Of each index it looks through the first
thousand rows, one table in a unit of work, so that who writes waits for milliseconds. It is told nothing of

- tables of few rows: they may be many tomorrow, and it would go through them where now it asks an index;
- tables without an index: it would count their rows, of long texts for seconds, and there is nothing to choose;
- skipping through an index, whose first column then is not asked for: a plan that needs that lacks an index.
"""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from . import clock
from .db import Database
from .jobs import Handler, LeasedJob, enqueue

GATHER = "statistics.gather"
LOOKED_THROUGH = 1_000
"""Rows of an index: within what SQLite advises (100 to 1,000)."""
MANY = 1_000
"""Rows of a table from which on it is told of."""

_INDEXED = text(
    "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'index' AND tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND tbl_name NOT LIKE 'entry\\_tokens%' ESCAPE '\\' ORDER BY tbl_name"
)
_LIMIT = text(f"PRAGMA analysis_limit={LOOKED_THROUGH}")
_FORGET_FEW = text(
    "DELETE FROM sqlite_stat1 WHERE tbl = :name"
    " AND (SELECT max(CAST(rows.stat AS INTEGER)) FROM sqlite_stat1 AS rows WHERE rows.tbl = :name) < :many"
).bindparams(many=MANY)
_SKIP_NONE = text(
    "UPDATE sqlite_stat1 SET stat = stat || ' noskipscan' WHERE tbl = :name AND stat NOT LIKE '%noskipscan'"
)


async def schedule(session: AsyncSession) -> None:
    """Once in the coming night, on SQLite."""
    if _is_postgresql(session):
        return
    due = (clock.now() + timedelta(days=1)).replace(hour=4, minute=0, second=0, microsecond=0)
    await enqueue(session, GATHER, {}, run_at=due, unique=due.isoformat())


def gather_statistics(database: Database) -> Handler:
    """The handler of `statistics.gather`."""

    async def gather_nightly(_job: LeasedJob) -> None:
        await database.write(schedule)
        await gather(database)

    return gather_nightly


async def gather(database: Database) -> None:
    """On PostgreSQL of all tables at once, which locks nobody out."""
    if database.dialect == "postgresql":
        await database.write(_of_all)
        return
    async with database.reading() as session:
        names = (await session.scalars(_INDEXED)).all()
    for name in names:
        await database.write(_of_table, name)
    await database.write(_told_to_all)


async def gathered(url: str) -> None:
    """The same for who has not opened the database."""
    database = Database(url)
    await database.start()
    try:
        await gather(database)
    finally:
        await database.stop()


async def _of_all(session: AsyncSession) -> None:
    await session.execute(text("ANALYZE"))


async def _of_table(session: AsyncSession, name: str) -> None:
    await session.execute(_LIMIT)
    await session.execute(text(f'ANALYZE "{name}"'))
    await session.execute(_FORGET_FEW, {"name": name})
    await session.execute(_SKIP_NONE, {"name": name})


async def _told_to_all(session: AsyncSession) -> None:
    """Connections read statistics with the schema: it has to change for them to read it again."""
    await session.execute(text("CREATE TABLE statistics_gathered (at TEXT)"))
    await session.execute(text("DROP TABLE statistics_gathered"))


def _is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"
