"""The log is read in the order of commit, and never jumps over a slow transaction."""

import asyncio
import os
from typing import Any, ClassVar

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.events import Event, Fact, LogEntry, Position, record, write_recorded
from parvis.kernel.runtime import Parvis

needs_postgresql = pytest.mark.parametrize(
    "dialect",
    ["postgresql"] if "PARVIS_TEST_POSTGRES_URL" in os.environ or os.environ.get("CI") else [],
    scope="session",
)


class LoafSold(Event):
    type: ClassVar[str] = "loaf.sold"
    number: int

    def topic(self) -> str:
        return f"shop:{self.number % 2}"


async def sell(session: AsyncSession, number: int) -> None:
    record(session, LoafSold(number=number))


def numbers(facts: list[Fact]) -> list[int]:
    return [fact.data["number"] for fact in facts]


async def told(parvis: Parvis, count: int, position: Position | None = None) -> list[Fact]:
    """The facts after a position, once there are so many: PostgreSQL numbers the transactions of all its databases in
    one row, so that those of tests beside this one hold back what comes after them."""
    async with asyncio.timeout(20):
        while True:
            facts = await parvis.log.after(position or Position())
            if len(facts) >= count:
                return facts
            await asyncio.sleep(0.01)


async def test_facts_are_read_after_a_position_in_order(parvis: Parvis) -> None:
    for number in range(5):
        await parvis.database.write(sell, number)
    facts = await told(parvis, 5)
    assert numbers(facts) == [0, 1, 2, 3, 4]
    assert numbers(await parvis.log.after(facts[2].position)) == [3, 4]
    assert numbers(await parvis.log.after(Position(), limit=2)) == [0, 1]
    assert Position.parse(str(facts[2].position)) == facts[2].position


async def test_the_end_of_the_log_has_nothing_after_it(parvis: Parvis) -> None:
    await parvis.database.write(sell, 1)
    await told(parvis, 1)
    end = await parvis.log.end()
    assert await parvis.log.after(end) == []
    await parvis.database.write(sell, 2)
    assert numbers(await told(parvis, 1, end)) == [2]


async def test_the_tail_tells_each_fact_once(parvis: Parvis) -> None:
    heard: list[int] = []
    enough = asyncio.Event()

    async def hear(facts: Any) -> None:
        heard.extend(numbers(list(facts)))
        if len(heard) >= 20:
            enough.set()

    parvis.tail.follow(hear)
    await asyncio.gather(*(parvis.database.write(sell, number) for number in range(20)))
    await asyncio.wait_for(enough.wait(), timeout=5)
    assert sorted(heard) == list(range(20))


@needs_postgresql
async def test_a_transaction_held_open_holds_back_what_came_after_it(parvis: Parvis) -> None:
    """Its fact got its number first and commits last: nobody may read past it meanwhile."""
    async with AsyncSession(parvis.database.engine) as slow, slow.begin():
        await sell(slow, 1)
        await write_recorded(slow)
        await parvis.database.write(sell, 2)
        assert numbers(await parvis.log.after(Position())) == []
    assert numbers(await told(parvis, 2)) == [1, 2]


@needs_postgresql
async def test_twenty_writers_lose_nothing_where_naive_polling_does(parvis: Parvis) -> None:
    """The same writers, read in two ways: by `id > last`, and by the log's own order."""
    ours: list[int] = []
    naive: list[int] = []
    writing = True

    async def write_slowly(writer: int) -> None:
        for turn in range(20):
            async with AsyncSession(parvis.database.engine) as session, session.begin():
                await sell(session, writer * 100 + turn)
                await write_recorded(session)
                await session.execute(text("SELECT pg_sleep(:s)"), {"s": 0.004 * (writer % 5)})

    async def follow_ours() -> None:
        position = Position()
        while writing or len(ours) < 12 * 20:
            facts = await parvis.log.after(position)
            ours.extend(numbers(facts))
            position = facts[-1].position if facts else position
            await asyncio.sleep(0)

    async def follow_naively() -> None:
        last = 0
        query = text("SELECT id, data FROM events WHERE id > :last ORDER BY id")
        while writing:
            async with parvis.database.reading() as session:
                for row in await session.execute(query, {"last": last}):
                    last = row.id
                    naive.append(row.data["number"])
            await asyncio.sleep(0)

    followers = [asyncio.create_task(follow_ours()), asyncio.create_task(follow_naively())]
    await asyncio.gather(*(write_slowly(writer) for writer in range(12)))
    writing = False
    await asyncio.gather(*followers)
    written = sorted(writer * 100 + turn for writer in range(12) for turn in range(20))
    assert sorted(ours) == written
    assert len(naive) < len(written), "naive polling lost nothing: this test no longer shows why the order is kept"


async def test_events_are_closed_to_unknown_fields() -> None:
    with pytest.raises(ValueError, match="extra"):
        LoafSold.model_validate({"number": 1, "buyer": "x"})
    assert {column.name for column in LogEntry.__table__.columns} >= {"topic", "type", "data", "actor_id", "at"}
