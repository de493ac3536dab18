"""Who looks at what and who writes: told to those who look at the same place, for the moment, and to nobody else."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import orjson
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from parvis.communities import presence as of_communities
from parvis.kernel.config import Settings
from parvis.kernel.events import LogEntry
from parvis.kernel.ids import new_id
from parvis.profiles.events import ProfileChanged
from parvis.realtime import online, presence
from parvis.realtime.sockets import Sockets
from tests.make.communities import Someone as InPlace
from tests.make.communities import make_community
from tests.make.people import make_organisation
from tests.make.served import Served, served

from .conftest import tell
from .wire import API, Caller, Ear, Frame, arriving

REDIS = os.environ.get("PARVIS_TEST_REDIS_URL", "")
POST = f"post:{new_id()}"


@pytest.fixture(autouse=True)
def organisation() -> None:
    """The server's own, not that of an application beside it."""


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings) as running:
        await make_organisation(running.parvis)
        yield running


def ephemera(ear: Ear) -> list[tuple[str, list[str]]]:
    return [(frame["kind"], frame["member_ids"]) for frame in ear.frames if frame["type"] == "eph"]


async def sees(ear: Ear, kind: str, *members: str) -> Frame:
    """The next such frame: what was heard before it is not looked at again."""
    while True:
        frame = await ear.until("eph")
        if (frame["kind"], frame["member_ids"]) == (kind, list(members)):
            return frame


async def looks(ear: Ear, topic: str | None, about: str | None = POST) -> Frame:
    """The answer to saying where it looks."""
    ref = new_id().hex
    await ear.say(type="view", topic=topic, about=about, ref=ref)
    while (frame := await ear.hear()).get("ref") != ref:
        pass
    return frame


async def settled(server: Served, ear: Ear, caller: Caller) -> None:
    """All that was to be told him before has been."""
    await tell(server.parvis, ProfileChanged(id=caller.member.id, version=1))
    while not ear.events or ear.events[-1]["type"] != "profile.changed":
        await ear.hear()
    ear.events.clear()


async def a_community(*people: Caller) -> Any:
    first, *others = (InPlace(one.member, one.browser) for one in people)
    place = await make_community(first)
    for other in others:
        await place.join(other)
    return place


async def test_those_who_look_at_the_same_see_each_other_come_write_and_go(server: Served) -> None:
    async with AsyncExitStack() as stack:
        nadia, ines, omar = [
            await stack.enter_async_context(arriving(server, name)) for name in ("Nadia Benali", "Inès Roy", "Omar Ba")
        ]
        place = await a_community(nadia, ines, omar)
        topic = f"community:{place.id}"
        first, second, elsewhere = [
            await stack.enter_async_context(caller.listening()) for caller in (nadia, ines, omar)
        ]
        assert (await looks(first, topic))["type"] == "ok"
        await looks(elsewhere, topic, None)
        await looks(second, topic)
        assert ("viewing", [nadia.id]) in ephemera(second)
        await sees(first, "came", ines.id)
        await second.say(type="typing")
        await second.say(type="typing")  # Told once for a while.
        await sees(first, "typing", ines.id)
        async with ines.listening() as third:  # Another of her screens makes no second person.
            await looks(third, topic)
        await looks(second, None)
        frame = await sees(first, "left", ines.id)
        assert (frame["topic"], frame["about"]) == (topic, POST)
        await settled(server, elsewhere, omar)
        assert ephemera(elsewhere) == [("viewing", [])]
        assert [kind for kind, _ in ephemera(first)] == ["viewing", "came", "typing", "left"]
        async with server.parvis.database.reading() as session:
            assert not [one for one in await session.scalars(select(LogEntry.data)) if POST in str(one)]


async def test_one_looks_only_where_one_may_and_as_long_as_one_may(server: Served) -> None:
    async with (
        arriving(server, "Nadia Benali") as nadia,
        arriving(server, "Inès Roy") as ines,
        arriving(server, "Omar Ba") as omar,
        nadia.listening() as hers,
        ines.listening() as ear,
        omar.listening() as outside,
    ):
        place = await a_community(nadia, ines)
        topic = f"community:{place.id}"
        await looks(hers, topic)
        assert (await looks(outside, topic))["code"] == "not_there"
        await outside.say(type="typing")
        while (await looks(ear, topic))["type"] != "ok":  # She has just joined.
            pass
        await sees(hers, "came", ines.id)
        await place.leave(InPlace(ines.member, ines.browser))
        await sees(hers, "left", ines.id)
        await hers.say(type="typing")
        await settled(server, ear, ines)
        assert ("typing", [nadia.id]) not in ephemera(ear)
        assert {member for _, members in ephemera(hers) for member in members} == {ines.id}


async def test_who_hides_it_or_blocks_is_not_seen(server: Served) -> None:
    async with (
        arriving(server, "Nadia Benali") as nadia,
        arriving(server, "Inès Roy") as ines,
        arriving(server, "Omar Ba") as omar,
        nadia.listening() as hers,
        ines.listening() as ear,
        omar.listening() as his,
    ):
        topic = f"community:{(await a_community(nadia, ines, omar)).id}"
        for one in (hers, ear, his):
            while (await looks(one, topic))["type"] != "ok":
                pass
        await sees(hers, "came", omar.id)
        assert (await ines.browser.patch(f"{API}/me", json={"shows_presence": False})).status_code == 200
        await sees(hers, "left", ines.id)
        assert (await nadia.browser.put(f"{API}/me/blocks/{omar.id}")).is_success
        for one, caller in ((hers, nadia), (ear, ines), (his, omar)):
            await settled(server, one, caller)
            one.frames.clear()
        for one in (hers, ear, his):
            await one.say(type="typing")
        await sees(ear, "typing", omar.id)
        await settled(server, hers, nadia)
        await settled(server, his, omar)
        assert "typing" not in [kind for kind, _ in ephemera(hers) + ephemera(his)]
        assert (await ines.browser.patch(f"{API}/me", json={"shows_presence": True})).status_code == 200
        await sees(hers, "came", ines.id)


async def test_a_crowd_is_a_number(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "MOST_SHOWN", 1)
    monkeypatch.setattr(presence, "COUNTED_EVERY", 1)
    async with arriving(server, "Nadia Benali") as nadia, arriving(server, "Inès Roy") as ines:
        topic = "square"
        async with nadia.listening() as hers, ines.listening() as ear:
            await looks(hers, topic)
            await looks(ear, topic)
            await ear.say(type="typing")
            server.parvis.part(Sockets).presence.beat()
            while (await hers.until("eph"))["count"] != 2:
                pass
            assert ines.id not in {member for _, members in ephemera(hers) for member in members}


async def test_how_many_are_connected_is_one_number_which_guests_are_not_told(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets = server.parvis.part(Sockets)
    async with (
        arriving(server, "Nadia Benali") as nadia,
        arriving(server, "Gaël Invité", None) as guest,
        nadia.listening() as hers,
        nadia.listening() as again,
        guest.listening() as his,
    ):
        monkeypatch.setattr(online, "FEWEST", 3)
        sockets.presence.online.count()
        sockets._ping(sockets._all())
        assert [(await ear.until("ping"))["online"] for ear in (hers, again, his)] == [None, None, None]
        monkeypatch.setattr(online, "FEWEST", 2)
        for ear in (hers, again):
            await settled(server, ear, nadia)
        await settled(server, his, guest)
        sockets._ping(sockets._all())
        for ear in (hers, again):
            while (await ear.until("ping"))["online"] != 2:
                pass
        await settled(server, his, guest)
        assert {frame["online"] for frame in his.frames if "online" in frame} == {None}
        async with nadia.listening() as third:
            assert [frame["online"] for frame in third.frames if frame["type"] == "live"] == [2]


def test_processes_count_together_and_forget_one_that_died(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (new_id() for _ in range(3))
    passed: list[bytes] = []
    one = online.Online(lambda: {first, second}, passed.append, "one")
    other = online.Online(lambda: {second, third}, passed.append, "other")
    one.beat()
    other.told(orjson.loads(passed[0]))
    other.count()
    monkeypatch.setattr(online, "FEWEST", 0)
    assert (other.number, other.among([first, second, third])) == (3, [first, second, third])
    assert one.among([third]) == []
    monkeypatch.setattr(online, "LOST_AFTER", -1.0)
    other.beat()
    assert (other.number, other.among([first])) == (2, [])


async def test_a_community_shows_who_is_connected_and_hides_who_hides_it(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AsyncExitStack() as stack:
        nadia, ines, omar, paul = [
            await stack.enter_async_context(arriving(server, name))
            for name in ("Nadia Benali", "Inès Roy", "Omar Ba", "Paul Roux")
        ]
        url = f"{(await a_community(nadia, ines, omar, paul)).url}/presence"
        for caller in (nadia, ines, omar):
            await stack.enter_async_context(caller.listening())

        async def seen(caller: Caller) -> tuple[int, set[str] | None]:
            found = (await caller.browser.get(url)).json()
            return found["online"], None if found["member_ids"] is None else set(found["member_ids"])

        assert await seen(paul) == (3, {nadia.id, ines.id, omar.id})
        assert (await ines.browser.patch(f"{API}/me", json={"shows_presence": False})).status_code == 200
        assert (await omar.browser.put(f"{API}/me/blocks/{paul.id}")).is_success
        assert await seen(paul) == (1, {nadia.id})
        assert await seen(nadia) == (2, {nadia.id, omar.id})
        monkeypatch.setattr(of_communities, "MOST_NAMED", 3)
        assert await seen(paul) == (2, None)
        await stack.enter_async_context(paul.listening())
        assert await seen(paul) == (2, None)  # Of a minute ago.
        async with arriving(server, "Claire Vasseur") as claire:
            assert (await nadia.browser.patch(url.rpartition("/")[0], json={"access": "on_request"})).is_success
            assert (await claire.browser.get(url)).status_code == 403


@pytest.mark.parametrize("redis", [REDIS] if REDIS or os.environ.get("CI") else [])
async def test_processes_tell_each_other_and_forget_one_that_died(
    settings: Settings, redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = settings.model_copy(update={"redis_url": SecretStr(redis)})
    async with served(shared) as one, served(shared) as other, arriving(one, "Nadia Benali") as nadia:
        await make_organisation(one.parvis)
        async with (
            arriving(one, "Inès Roy") as ines,
            nadia.listening() as hers,
            ines.listening(at=other) as there,
        ):
            await looks(hers, "square")
            await looks(there, "square")
            await sees(hers, "came", ines.id)
            await sees(there, "came", nadia.id)
            await there.say(type="typing")
            await sees(hers, "typing", ines.id)
            monkeypatch.setattr(presence, "LOST_AFTER", -1.0)
            monkeypatch.setattr(presence, "ALIVE_EVERY", 1)
            one.parvis.part(Sockets).presence.beat()
            await sees(hers, "left", ines.id)
