"""`read(query, …)`: in one step, and entities as plain rows."""

import asyncio

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.db.plain import plain_of
from parvis.kernel.ids import new_id
from parvis.kernel.listeners import ListenerState
from parvis.kernel.runtime import Parvis
from parvis.posts.models import Gathering, Post


async def add(session: AsyncSession, name: str) -> None:
    session.add(ListenerState(name=name, xid=7, event_id=9))
    await session.flush()


async def test_entities_are_read_as_plain_rows(parvis: Parvis) -> None:
    for name in ("a", "b"):
        await parvis.database.write(add, name)
    other = aliased(ListenerState)
    pairs = (
        select(ListenerState, other, other.event_id.label("at"))
        .outerjoin(other, (other.name == ListenerState.name) & (other.name == "b"))
        .order_by(ListenerState.name)
    )

    async def query(session: AsyncSession, least: int) -> tuple[list[ListenerState], ListenerState]:
        found = list(await session.scalars(select(ListenerState).where(ListenerState.xid > least)))
        alone, both = (await session.execute(pairs)).all()
        assert alone[0].name == "a"
        assert list(alone[1:]) == [None, None]
        assert both.at == 9
        return found, both[1]

    found, one = await parvis.database.read(query, 3)
    assert sorted(row.name for row in found) == ["a", "b"]
    assert (one.name, one.xid, one.event_id) == ("b", 7, 9)
    with pytest.raises(AttributeError):
        one.name = "c"


async def test_plain_rows_have_the_columns_and_the_facts_of_their_entities(parvis: Parvis) -> None:
    async with parvis.database.engine.connect() as connection:
        ours = [mapper for mapper in Base.registry.mappers if mapper.class_.__module__.startswith("parvis.")]
        assert len(ours) > 100
        for mapper in ours:
            result = await connection.execute(select(mapper.class_).limit(0))
            selected = tuple(result.keys())  # Not those that are loaded by need.
            assert plain_of(mapper)(range(len(selected)))._fields == selected, mapper.class_.__name__

    now, post_id = clock.now(), new_id()

    async def plan(session: AsyncSession) -> None:
        await session.execute(insert(Post).values(id=post_id, kind="event", body="", said_at=now))
        when = {"starts_at": now, "ends_at": now, "time_zone": "Europe/Paris"}
        await session.execute(insert(Gathering).values(post_id=post_id, seats=0, **when))

    async def planned(session: AsyncSession) -> tuple[Post, Gathering]:
        return (await session.execute(select(Post, Gathering).join(Gathering, Gathering.post_id == Post.id))).one()[:]

    await parvis.database.write(plan)
    post, gathering = await parvis.database.read(planned)
    assert (post.id, post.said_at, post.author_id, gathering.post_id) == (post_id, now, None, post_id)
    assert (gathering.is_over, gathering.is_full, gathering.whole_day) == (True, True, False)


async def test_a_query_awaits_nothing_but_its_session(parvis: Parvis) -> None:
    async def sleeps(_session: AsyncSession) -> None:
        await asyncio.sleep(0)

    async def fails(_session: AsyncSession) -> None:
        raise LookupError("no flour")

    with pytest.raises(RuntimeError, match="awaits nothing"):
        await parvis.database.read(sleeps)
    with pytest.raises(LookupError, match="no flour"):
        await parvis.database.read(fails)
    if parvis.database.dialect == "sqlite":
        with pytest.raises(DBAPIError, match="readonly"):
            await parvis.database.read(add, "a")


async def test_many_read_at_once(parvis: Parvis) -> None:
    await parvis.database.write(add, "a")

    async def query(session: AsyncSession) -> str:
        return (await session.scalars(select(ListenerState.name))).one()

    assert set(await asyncio.gather(*(parvis.database.read(query) for _ in range(30)))) == {"a"}


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_session_for_reading_takes_a_connection_when_it_asks(parvis: Parvis) -> None:
    database = parvis.database
    await database.write(add, "a")

    async def open_one() -> None:
        async with database.reading():
            await all_open.wait()

    async def hold_one() -> str:
        async with database.reading() as session:
            found = await session.get_one(ListenerState, "a")
            before = (await session.scalars(select(ListenerState.name))).all()
            await database.write(add, str(new_id()))
            assert (await session.scalars(select(ListenerState.name))).all() == before
            return found.name

    all_open = asyncio.Event()
    idle = [asyncio.create_task(open_one()) for _ in range(40)]
    cut = asyncio.create_task(hold_one())
    await asyncio.sleep(0)
    cut.cancel()
    assert await asyncio.gather(*(hold_one() for _ in range(30))) == ["a"] * 30
    all_open.set()
    await asyncio.gather(*idle)
