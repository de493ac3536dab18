"""The log is forgotten after seven days, from its oldest fact on, never before who has yet to read it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import pruning
from parvis.kernel.clock import MovableClock
from parvis.kernel.events import Event, Fact, LogEntry, Position, Told, record
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Job, LeasedJob
from parvis.kernel.listeners import Listener, Listeners
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Cursor
from tests.conftest import listen
from tests.kernel.test_log import told


class LoafSold(Event):
    type = "loaf.sold"
    told = Told("shop:read", ("number",))
    number: int

    def topic(self) -> str:
        return "shop:1"


async def sell(session: AsyncSession, *numbers: int) -> None:
    for number in numbers:
        record(session, LoafSold(number=number))


async def hear(_session: AsyncSession, _fact: Fact) -> None:
    return None


async def prune(parvis: Parvis) -> None:
    await pruning.prune_log(parvis)(LeasedJob(new_id(), pruning.PRUNE, {}, 1))


async def left(parvis: Parvis) -> list[int]:
    async with parvis.database.reading() as session:
        entries = await session.scalars(select(LogEntry).order_by(LogEntry.xid, LogEntry.id))
        return [entry.data["number"] for entry in entries]


@pytest.fixture(autouse=True)
def no_listener(parvis: Parvis) -> None:
    parvis.listeners = Listeners(parvis.database, parvis.log, [])


async def test_facts_go_after_seven_days_in_batches(parvis: Parvis, moved_clock: MovableClock) -> None:
    for start in range(0, 1200, 400):
        await parvis.database.write(sell, *range(start, start + 400))
    moved_clock.advance(timedelta(days=6))
    await parvis.database.write(sell, 2000)
    await prune(parvis)
    assert len(await left(parvis)) == 1201
    moved_clock.advance(timedelta(days=1, minutes=1))
    await prune(parvis)
    assert await left(parvis) == [2000]


async def test_the_newest_fact_stays_so_that_its_number_is_not_given_again(
    parvis: Parvis, moved_clock: MovableClock
) -> None:
    await parvis.database.write(sell, 1, 2)
    [_, second] = await told(parvis, 2)
    moved_clock.advance(timedelta(days=30))
    await prune(parvis)
    assert await left(parvis) == [2]
    await parvis.database.write(sell, 3)
    [third] = await told(parvis, 1, second.position)
    assert third.data["number"] == 3


async def test_nothing_goes_before_the_slowest_listener_has_read_it(parvis: Parvis, moved_clock: MovableClock) -> None:
    quick, slow = (Listener.to(name, [LoafSold], hear) for name in ("quick", "slow"))
    await parvis.database.write(sell, 1, 2, 3)
    await told(parvis, 3)
    moved_clock.advance(timedelta(days=8))
    await listen(parvis, Listeners(parvis.database, parvis.log, [quick]))
    parvis.listeners = Listeners(parvis.database, parvis.log, [quick, slow])
    await prune(parvis)
    assert await left(parvis) == [1, 2, 3]
    await listen(parvis)
    await prune(parvis)
    assert await left(parvis) == [3]


async def test_a_cursor_from_before_no_longer_reads_on(parvis: Parvis, moved_clock: MovableClock) -> None:
    await parvis.database.write(sell, 1)
    await parvis.database.write(sell, 2)
    await parvis.database.write(sell, 3)
    first, second, _ = await told(parvis, 3)
    moved_clock.advance(timedelta(days=8))
    await prune(parvis)
    async with parvis.database.reading() as session:
        extent = await parvis.stream.extent(session)
    assert not extent.reaches(Cursor(extent.epoch, Position()))
    assert not extent.reaches(Cursor(extent.epoch, first.position))
    assert extent.reaches(Cursor(extent.epoch, second.position))


async def test_each_night_s_pruning_asks_for_the_next_once(parvis: Parvis) -> None:
    await prune(parvis)
    await prune(parvis)
    async with parvis.database.reading() as session:
        jobs = (await session.scalars(select(Job).where(Job.name == pruning.PRUNE))).all()
    assert len(jobs) == 1
    assert jobs[0].run_at.hour == 3
