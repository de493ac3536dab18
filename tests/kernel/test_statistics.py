"""What the database is told of its tables: of large ones, in the night, without keeping who writes waiting."""

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock, statistics
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Job, LeasedJob
from parvis.kernel.runtime import Parvis


async def fill(session: AsyncSession, number: int) -> None:
    rows = [
        {"id": new_id(), "name": "bake", "payload": {}, "run_at": clock.now(), "attempts": 0} for _ in range(number)
    ]
    await session.execute(insert(Job), rows)


async def told(parvis: Parvis) -> list[tuple[str, str]]:
    async with parvis.database.reading() as session:
        rows = await session.execute(text("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'jobs' ORDER BY idx"))
        return [(index, stat) for index, stat in rows]


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_of_a_table_is_told_once_it_has_many_rows_and_that_nothing_be_skipped(parvis: Parvis) -> None:
    await parvis.database.write(fill, statistics.MANY - 1)
    await statistics.gather(parvis.database)
    assert await told(parvis) == []
    await parvis.database.write(fill, 1)
    for _ in range(2):
        await statistics.gather(parvis.database)
        rows = await told(parvis)
        assert "ix_jobs_due" in dict(rows)
        assert all(stat.startswith("1000 ") and stat.count("noskipscan") == 1 for _, stat in rows)


async def test_each_night_asks_for_the_next_once(parvis: Parvis) -> None:
    for _ in range(2):
        await parvis.database.write(statistics.schedule)
    if parvis.database.dialect == "sqlite":
        await statistics.gather_statistics(parvis.database)(LeasedJob(new_id(), statistics.GATHER, {}, 1))
    async with parvis.database.reading() as session:
        hours = [job.run_at.hour for job in await session.scalars(select(Job).where(Job.name == statistics.GATHER))]
    assert hours == ([4] if parvis.database.dialect == "sqlite" else [])


@pytest.mark.parametrize("dialect", ["postgresql"], scope="session")
async def test_postgresql_is_asked_of_all_tables_at_once(parvis: Parvis) -> None:
    await parvis.database.write(fill, 10)
    await statistics.gather(parvis.database)
    async with parvis.database.reading() as session:
        known = text("SELECT reltuples FROM pg_class WHERE oid = to_regclass('jobs')")
        assert await session.scalar(known) >= 10
