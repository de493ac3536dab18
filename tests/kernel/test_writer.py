"""`write(verb, …)`: each verb alone in its unit, and answered after a durable commit."""

import asyncio
from typing import Any, ClassVar

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.db import after_commit
from parvis.kernel.events import Event, LogEntry, record
from parvis.kernel.listeners import ListenerState
from parvis.kernel.runtime import Parvis
from tests.conftest import databases


class BreadBaked(Event):
    type: ClassVar[str] = "bread.baked"
    loaf: int

    def topic(self) -> str:
        return "bakery"


async def add_row(session: AsyncSession, name: str) -> str:
    session.add(ListenerState(name=name, xid=0, event_id=0))
    await session.flush()
    return name


async def names(parvis: Parvis) -> list[str]:
    async with parvis.database.reading() as session:
        return list(await session.scalars(select(ListenerState.name).order_by(ListenerState.name)))


async def test_what_a_verb_returns_reaches_its_caller_once_it_can_be_read(parvis: Parvis) -> None:
    assert await parvis.database.write(add_row, "a") == "a"
    assert await names(parvis) == ["a"]


async def test_a_verb_that_raises_keeps_nothing(parvis: Parvis) -> None:
    async def add_then_fail(session: AsyncSession) -> None:
        await add_row(session, "a")
        raise LookupError("no flour")

    with pytest.raises(LookupError, match="no flour"):
        await parvis.database.write(add_then_fail)
    assert await names(parvis) == []


async def test_among_many_at_once_only_those_that_fail_are_undone(parvis: Parvis) -> None:
    async def sometimes(session: AsyncSession, number: int) -> None:
        await add_row(session, f"{number:02}")
        if number % 3 == 0:
            raise ValueError(number)

    outcomes = await asyncio.gather(
        *(parvis.database.write(sometimes, number) for number in range(40)), return_exceptions=True
    )
    assert [isinstance(outcome, ValueError) for outcome in outcomes] == [number % 3 == 0 for number in range(40)]
    assert await names(parvis) == [f"{number:02}" for number in range(40) if number % 3]


async def test_a_failed_flush_does_not_harm_its_neighbours(parvis: Parvis) -> None:
    """Twenty writers of one key: one wins, nineteen hear of the conflict, none hangs."""
    outcomes = await asyncio.gather(
        *(parvis.database.write(add_row, "the same") for _ in range(20)), return_exceptions=True
    )
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 19
    assert await names(parvis) == ["the same"]


async def test_a_nested_savepoint_fails_alone(parvis: Parvis) -> None:
    async def first_or_second(session: AsyncSession) -> None:
        await add_row(session, "kept")
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                await session.execute(
                    text("INSERT INTO listeners (name, xid, event_id, attempts) VALUES ('kept', 0, 0, 0)")
                )
        await add_row(session, "after")

    await parvis.database.write(first_or_second)
    assert await names(parvis) == ["after", "kept"]


async def test_callbacks_run_after_the_commit_and_before_the_answer(parvis: Parvis) -> None:
    told: list[str] = []

    async def add_and_tell(session: AsyncSession, fail: bool) -> None:
        after_commit(session, lambda: told.append("done"))
        await add_row(session, "a")
        if fail:
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        await parvis.database.write(add_and_tell, True)
    assert told == []
    await parvis.database.write(add_and_tell, False)
    assert told == ["done"]


async def test_facts_are_recorded_with_their_change_or_not_at_all(parvis: Parvis) -> None:
    async def bake(session: AsyncSession, loaf: int, burn: bool) -> None:
        record(session, BreadBaked(loaf=loaf))
        if burn:
            raise ValueError

    await parvis.database.write(bake, 1, False)
    with pytest.raises(ValueError, match=r"^$"):
        await parvis.database.write(bake, 2, True)
    async with parvis.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(LogEntry)) == 1


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_on_sqlite_who_only_reads_cannot_write(parvis: Parvis) -> None:
    async with parvis.database.reading() as session:
        with pytest.raises(DBAPIError, match="readonly"):
            await session.execute(text("INSERT INTO listeners (name, xid, event_id, attempts) VALUES ('x', 0, 0, 0)"))


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_on_sqlite_a_verb_that_waits_for_something_else_is_refused(parvis: Parvis) -> None:
    async def dawdle(session: AsyncSession) -> None:
        await add_row(session, "a")
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="awaits nothing but its session"):
        await parvis.database.write(dawdle)
    assert await names(parvis) == []
    await parvis.database.write(add_row, "b")
    assert await names(parvis) == ["b"]


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_on_sqlite_many_units_share_one_commit(parvis: Parvis) -> None:
    commits: list[int] = []
    told = parvis.database.on_commit

    def count(units: list[dict[Any, Any]]) -> None:
        commits.append(len(units))
        told(units)

    parvis.database.on_commit = count
    await asyncio.gather(*(parvis.database.write(add_row, str(number)) for number in range(50)))
    assert sum(commits) == 50
    assert len(commits) <= 25, "at least two of them a commit, however busy the machine"


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_cancelled_caller_does_not_stop_the_writer(parvis: Parvis) -> None:
    leaving = asyncio.create_task(parvis.database.write(add_row, "left"))
    await asyncio.sleep(0)
    leaving.cancel()
    await parvis.database.write(add_row, "stayed")
    assert await names(parvis) == ["left", "stayed"]


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_fifty_writers_never_see_a_locked_database(parvis: Parvis) -> None:
    """F15, in small: reads and writes interleave without an error."""

    async def one(number: int) -> None:
        for turn in range(10):
            await parvis.database.write(add_row, f"{number}-{turn}")
            await names(parvis)

    await asyncio.gather(*(one(number) for number in range(50)))
    assert len(await names(parvis)) == 500


async def test_nobody_waits_for_ever_for_a_verb_that_was_broken_off(parvis: Parvis) -> None:
    async def broken_off(session: AsyncSession) -> None:
        await add_row(session, "a")
        raise asyncio.CancelledError

    async with asyncio.timeout(20):
        with pytest.raises(asyncio.CancelledError):
            await parvis.database.write(broken_off)
        assert await parvis.database.write(add_row, "b") == "b"
    assert await names(parvis) == ["b"]


@pytest.mark.parametrize("dialect", [one for one in databases() if one == "postgresql"], scope="session")
async def test_a_server_that_only_reads_is_left_for_the_one_that_writes(parvis: Parvis) -> None:
    backend = text("SELECT pg_backend_pid()")

    async def add_where_one_may_not(session: AsyncSession) -> None:
        seen.append(await session.scalar(backend))
        await session.execute(text("SET TRANSACTION READ ONLY"))
        await add_row(session, "a")

    seen: list[Any] = []
    with pytest.raises(DBAPIError) as refused:
        await parvis.database.write(add_where_one_may_not)
    assert refused.value.connection_invalidated
    assert await parvis.database.write(add_row, "b") == "b"
    async with parvis.database.reading() as session:
        assert await session.scalar(backend) not in seen
    assert await names(parvis) == ["b"]
