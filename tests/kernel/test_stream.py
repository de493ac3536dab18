"""One client's topics are read in the order of the log, each from its own place, over slow transactions."""

import asyncio
import os

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.events import Event, Position, Told, position_in, record, write_recorded
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Cursor, Portion, Subscription

needs_postgresql = pytest.mark.parametrize(
    "dialect",
    ["postgresql"] if "PARVIS_TEST_POSTGRES_URL" in os.environ or os.environ.get("CI") else [],
    scope="session",
)


class LoafSold(Event):
    type = "loaf.sold"
    told = Told("shop:read", ("number",))
    number: int
    shop: str = "shop:1"

    def topic(self) -> str:
        return self.shop


async def sell(session: AsyncSession, number: int, shop: str = "shop:1") -> None:
    record(session, LoafSold(number=number, shop=shop))


async def join(session: AsyncSession, number: int) -> Position:
    """The place where somebody joins the shop, in a unit that sells a loaf too."""
    position = await position_in(session)
    record(session, LoafSold(number=number))
    return position


async def read(
    parvis: Parvis, *subscriptions: Subscription, after: Position | None = None, limit: int = 100
) -> Portion:
    async with parvis.database.reading() as session:
        extent = await parvis.stream.extent(session)
        found = await parvis.stream.after(session, after or Position(), extent, subscriptions, [LoafSold.type], limit)
    assert found is not None
    return found


async def sold(parvis: Parvis, count: int, *subscriptions: Subscription, after: Position | None = None) -> list[int]:
    """The loaves that are read, once there are so many: tests beside this one may hold them back on PostgreSQL."""
    async with asyncio.timeout(20):
        while True:
            found = await read(parvis, *subscriptions, after=after)
            if len(found.facts) >= count:
                return [fact.data["number"] for fact in found.facts]
            await asyncio.sleep(0.01)


async def test_only_the_topics_asked_for_are_read_each_from_its_place(parvis: Parvis) -> None:
    for number in range(6):
        await parvis.database.write(sell, number, f"shop:{number % 3}")
    assert await sold(parvis, 4, Subscription("shop:0"), Subscription("shop:1")) == [0, 1, 3, 4]
    [first, *_] = (await read(parvis, Subscription("shop:0"))).facts
    assert await sold(parvis, 3, Subscription("shop:0", first.position), Subscription("shop:1")) == [1, 3, 4]
    assert await sold(parvis, 3, Subscription("shop:0"), Subscription("shop:1"), after=first.position) == [1, 3, 4]
    assert (await read(parvis)).facts == []


async def test_a_portion_says_whether_more_follows(parvis: Parvis) -> None:
    for number in range(3):
        await parvis.database.write(sell, number)
    await sold(parvis, 3, Subscription("shop:1"))
    assert (await read(parvis, Subscription("shop:1"), limit=2)).has_more
    assert not (await read(parvis, Subscription("shop:1"), limit=3)).has_more


async def test_who_joins_reads_what_is_told_from_then_on(parvis: Parvis) -> None:
    await parvis.database.write(sell, 1)
    position = await parvis.database.write(join, 2)
    await parvis.database.write(sell, 3)
    assert await sold(parvis, 2, Subscription("shop:1", position)) == [2, 3]


async def test_units_that_share_a_commit_join_each_in_its_place(parvis: Parvis) -> None:
    positions = await asyncio.gather(*(parvis.database.write(join, number) for number in range(20)))
    await sold(parvis, 20, Subscription("shop:1"))
    for position in positions:
        facts = (await read(parvis, Subscription("shop:1", position))).facts
        assert facts[0].data["number"] == positions.index(position)


@needs_postgresql
async def test_who_joins_during_a_slow_transaction_loses_nothing_told_after_joining(parvis: Parvis) -> None:
    """What the slow one tells is older in the order of the log, whoever commits first; nobody reads past it."""
    async with AsyncSession(parvis.database.engine) as slow, slow.begin():
        await sell(slow, 1)
        await write_recorded(slow)
        position = await parvis.database.write(join, 2)
        await parvis.database.write(sell, 3)
        assert (await read(parvis, Subscription("shop:1"))).facts == []
    assert await sold(parvis, 3, Subscription("shop:1")) == [1, 2, 3]
    assert await sold(parvis, 2, Subscription("shop:1", position)) == [2, 3]


@needs_postgresql
async def test_a_slow_one_who_joins_reads_what_was_told_before_it_commits(parvis: Parvis) -> None:
    async with AsyncSession(parvis.database.engine) as slow, slow.begin():
        position = await join(slow, 1)
        await parvis.database.write(sell, 2)
        await write_recorded(slow)
    await parvis.database.write(sell, 3)
    assert await sold(parvis, 3, Subscription("shop:1", position)) == [1, 2, 3]


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor("5f3a", Position(12, 34))
    assert Cursor.parse(str(cursor)) == cursor


async def test_each_database_has_a_history_of_its_own_that_a_restart_keeps(parvis: Parvis) -> None:
    async with parvis.database.reading() as session:
        epoch = (await parvis.stream.extent(session)).epoch
    again = Parvis(parvis.settings)
    await again.start()
    async with again.database.reading() as session:
        assert (await again.stream.extent(session)).epoch == epoch
    await again.stop()
    assert len(epoch) == 12
