"""What is heard on a socket: all that one may read, once and in order, through every way to lose the line."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any, cast

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from websockets.exceptions import ConnectionClosed

from parvis import wiring
from parvis.accounts.events import MemberUpdated
from parvis.kernel import fanout
from parvis.kernel.config import Settings
from parvis.kernel.events import LogEntry
from parvis.kernel.fanout import Direct, Message, Plain
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import renew_epoch
from parvis.profiles.events import ProfileChanged
from parvis.realtime.sockets import Sockets
from parvis.realtime.topics import Topics
from tests.make.communities import Someone as InPlace
from tests.make.communities import make_community
from tests.make.people import make_organisation
from tests.make.served import Served, served

from .conftest import Places, Someone, said, tell
from .wire import API, PATIENCE, Caller, Ear, arriving, knock, signed_in

WITHIN = 1.0
"""Seconds in which what was taken away is gone; the machine may do other things too."""
BUSY = 4.0


@pytest.fixture
async def server(settings: Settings) -> AsyncIterator[Served]:
    async with served(settings) as running:
        await make_organisation(running.parvis)
        yield running


@pytest.fixture
async def ines(server: Served) -> AsyncIterator[Caller]:
    async with arriving(server, "Inès Benali") as caller:
        yield caller


@pytest.fixture(autouse=True)
def organisation() -> None:
    """The server's own, not that of an application beside it."""


def places_of(parvis: Parvis) -> Places:
    found = Places()
    parvis.add_part(Topics([*wiring.TOPICS, found.topics]))
    return found


def someone(caller: Caller) -> Someone:
    return Someone(caller.member, caller.browser)


def versions(events: list[dict[str, Any]]) -> list[int]:
    return [event["data"]["version"] for event in events if event["topic"].startswith("place:")]


@contextmanager
def in_time() -> Iterator[None]:
    began = monotonic()
    yield
    assert monotonic() - began < WITHIN + BUSY


@pytest.mark.parametrize("ws", ["parvis.kernel.fanout:FramedProtocol", "websockets-sansio"])
async def test_under_writes_nothing_is_missed_doubled_or_out_of_order_however_often_one_comes_back(
    settings: Settings, ws: str
) -> None:
    """By our server protocol and by the plain one; what is heard is what the long poll tells, id for id."""
    async with served(settings, ws=ws) as server, arriving(server, "Inès Benali") as ines:
        await make_organisation(server.parvis)
        places = places_of(server.parvis)
        await places.join(server.parvis, someone(ines), "place:1")
        begin, heard = await ines.cursor(), cast("list[dict[str, Any]]", [])

        async def write(first: int) -> None:
            for version in range(first, first + 20):
                await tell(server.parvis, said("place:1", version), said("place:2", version))
                await asyncio.sleep(0)

        async def listen() -> None:
            cursor, chance = begin, random.Random(1)
            while len(heard) < 80:
                async with knock(server) as ear:
                    await ear.say(type="hello", ticket=await ines.ticket(), since=cursor)
                    enough = len(heard) + chance.randrange(5, 30)
                    while len(heard) + len(ear.events) < min(enough, 80):
                        await ear.hear()
                    heard.extend(ear.events)
                    cursor = heard[-1]["id"]

        await asyncio.wait_for(asyncio.gather(listen(), *(write(first) for first in (0, 100, 200, 300))), 60)
        polled = (await ines.browser.get(f"{API}/events", params={"since": begin, "limit": 200})).json()["items"]
        assert heard == polled
        for first in (0, 100, 200, 300):
            assert [v for v in versions(heard) if first <= v < first + 100] == list(range(first, first + 20))


async def test_a_frame_is_the_same_bytes_for_everybody_and_by_every_way_out(settings: Settings) -> None:
    """The contract of the fan-out: what a client that is not ours reads of texts of every size of header."""
    texts = [json.dumps({"type": "x", "text": "é" * size}, ensure_ascii=False) for size in (0, 40, 70, 200, 40_000)]
    read: list[list[str]] = []
    for ws, kind in (("parvis.kernel.fanout:FramedProtocol", Direct), ("websockets-sansio", Plain)):
        async with (
            served(settings, ws=ws) as server,
            arriving(server, f"Inès {kind.__name__}") as ines,
            ines.listening() as ear,
            ines.listening() as other,
        ):
            outlets = [socket.outlet for socket in server.parvis.part(Sockets)._all()]
            assert {type(outlet) for outlet in outlets} == {kind}
            for message in [Message(text.encode()) for text in texts]:
                for outlet in outlets:
                    outlet.send(message)
            read += [[str(await one.socket.recv()) for _ in texts] for one in (ear, other)]
    assert read == [texts] * 4


@pytest.mark.parametrize("ws", ["parvis.kernel.fanout:FramedProtocol", "websockets-sansio"])
async def test_who_reads_too_slowly_is_let_go_and_misses_nothing(
    settings: Settings, ws: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanout, "MOST_FRAMES", 64)
    async with served(settings, ws=ws) as server, arriving(server, "Inès Benali") as ines:
        await make_organisation(server.parvis)
        async with ines.listening() as quick, ines.listening(max_queue=1) as slow:
            outlets = [socket.outlet for socket in server.parvis.part(Sockets)._all()]
            filler = Message(json.dumps({"type": "x", "text": "x" * 60_000}).encode())
            reading = asyncio.create_task(quick.closed())
            for _ in range(150):  # What the system holds for a reader that does not read.
                for outlet in outlets:
                    outlet.send(filler, droppable=True)
                await asyncio.sleep(0.001)
            assert not any(outlet.is_over for outlet in outlets), "what may be lost lets nobody go"
            await tell(server.parvis, *(ProfileChanged(id=ines.member.id, version=v) for v in range(100)))
            async with asyncio.timeout(PATIENCE):
                while len(quick.events) < 100 and not reading.done():  # noqa: ASYNC110 — it reads in the client's own time
                    await asyncio.sleep(0.01)
            assert len(quick.events) == 100
            assert [outlet.is_over for outlet in outlets].count(True) == 1
            assert await slow.closed() == 4008
            reading.cancel()
        async with ines.listening(since=slow.cursor) as again:
            assert [event["data"]["version"] for event in slow.events + again.events] == list(range(100))


async def test_leaving_is_heard_and_then_nothing_more(server: Served, ines: Caller) -> None:
    async with arriving(server, "Nadia Cherkaoui", "staff") as nadia, nadia.listening() as hers:
        place = await make_community(InPlace(nadia.member, nadia.browser))
        async with ines.listening() as ear:
            await place.join(InPlace(ines.member, ines.browser))
            while f"community:{place.id}" not in [event["data"].get("about") for event in ear.events]:
                await ear.hear()
            await tell(server.parvis, said(f"community:{place.id}", 1))
            await ear.hears("structure.changed")
            with in_time():
                assert (await place.leave(InPlace(ines.member, ines.browser))).status_code == 204
                await ear.hears("access.lost")
            cursor = ear.cursor
            await tell(server.parvis, said(f"community:{place.id}", 2), MemberUpdated(member_id=ines.member.id))
            await ear.hears("member.updated")
            assert 2 not in [event["data"].get("version") for event in ear.events]
        async with ines.listening(since=cursor) as again:
            assert [event["type"] for event in again.events] == ["member.updated"]
        while 2 not in [event["data"].get("version") for event in hers.events]:
            await hers.hear()


async def test_who_joins_late_hears_what_is_said_from_then_on(server: Served, ines: Caller) -> None:
    places = places_of(server.parvis)
    async with ines.listening() as ear:
        await tell(server.parvis, said("place:1", 1))
        await places.join(server.parvis, someone(ines), "place:1", is_history_open=False)
        await tell(server.parvis, said("place:1", 2))
        await ear.hears("access.gained", "structure.changed")
        assert versions(ear.events) == [2]


async def test_what_ends_a_session_ends_its_socket_and_no_other(server: Served, ines: Caller) -> None:
    async with (
        arriving(server, "Paul Roux", "staff", roles=["administrator"]) as paul,
        signed_in(server, ines.member) as elsewhere,
        ines.listening() as here,
    ):
        draft = {"name": "Script", "scopes": ["events:read", "events:write", "account:read"], "days": 1}
        made = (await ines.browser.post(f"{API}/me/tokens", json=draft)).json()
        bearer = {"authorization": f"Bearer {made['token']}", "cookie": ""}
        ticket = (await elsewhere.browser.post(f"{API}/realtime/tickets", headers=bearer)).json()["ticket"]
        async with elsewhere.listening() as there, knock(server, origin=None) as script:
            await script.say(type="hello", ticket=ticket)
            await script.until("live")
            with in_time():
                assert (await elsewhere.browser.delete(f"{API}/session")).status_code == 204
                assert await there.closed() == 4003
            assert there.frames[-1] == {"type": "bye", "code": 4003, "retry_ms": 0}
            await script.hears("session.revoked")
            with in_time():
                assert (await ines.browser.delete(f"{API}/me/tokens/{made['id']}")).status_code == 204
                assert await script.closed() == 4003
        await here.hears("token.revoked")
        with in_time():
            assert (await paul.browser.put(f"{API}/people/{ines.id}/suspension")).is_success
            assert await here.closed() == 4003


async def test_another_history_or_shape_makes_one_begin_anew(server: Served, ines: Caller) -> None:
    async def spoil(session: AsyncSession) -> None:
        topic = LogEntry.topic == f"member:{ines.id}"
        await session.execute(update(LogEntry).where(topic, LogEntry.type == "profile.changed").values(data={"id": 1}))

    async def begin_anew(ear: Ear) -> None:
        snapshot = (await ines.browser.get(f"{API}/sync")).json()
        await ear.say(type="hello", since=snapshot["cursor"])
        await ear.until("live")
        await tell(server.parvis, MemberUpdated(member_id=ines.member.id))
        await ear.hears("member.updated")

    begin = await ines.cursor()
    await tell(server.parvis, ProfileChanged(id=ines.member.id, version=1))
    async with ines.listening() as before:
        await server.parvis.database.write(spoil)
        async with knock(server) as ear:
            await ear.say(type="hello", ticket=await ines.ticket(), since=begin)
            await ear.until("resync")
            await begin_anew(ear)
        await server.parvis.database.write(renew_epoch)
        async with knock(server) as ear:
            await ear.say(type="hello", ticket=await ines.ticket(), since=begin)
            await ear.until("resync")
            await begin_anew(ear)
        await before.until("resync")
        await begin_anew(before)


async def test_a_process_that_stops_says_when_to_come_back(settings: Settings) -> None:
    async with served(settings) as server, arriving(server, "Inès Benali") as ines, ines.listening() as ear:
        server.parvis.drain()
        assert await ear.closed() == 1012
        bye = ear.frames[-1]
        assert (bye["type"], bye["code"]) == ("bye", 1012)
        assert 0 <= bye["retry_ms"] <= 5_000
        async with knock(server) as late:
            await late.say(type="hello", ticket=await ines.ticket())
            assert await late.closed() == 1012


async def test_who_does_not_answer_is_let_go_and_who_does_learns_how_far_he_is(server: Served, ines: Caller) -> None:
    sockets = server.parvis.part(Sockets)
    async with ines.listening() as ear, arriving(server, "Omar Diallo") as omar, omar.listening() as silent:
        await tell(server.parvis, ProfileChanged(id=ines.member.id, version=1))
        [event] = await ear.hears("profile.changed")
        for _ in range(3):
            sockets._ping(sockets._all())
            assert (await ear.until("ping"))["cursor"] == event["id"]
            await ear.say(type="dance")
            await ear.until("err")
        with suppress(ConnectionClosed):
            async for _ in silent.socket:  # Not by `hear`, which answers.
                pass
        assert silent.socket.close_code == 4008
        sockets._all()[0].beats = 11
        sockets._ping(sockets._all())  # Rights are judged anew now and then, and nothing shows it.
        await tell(server.parvis, ProfileChanged(id=ines.member.id, version=2))
        await ear.hears("profile.changed", "profile.changed")


async def test_two_processes_tell_the_same(settings: Settings) -> None:
    """A ticket of one is honoured by the other, and what happens in one is heard in both; here without Redis."""
    async with (
        served(settings) as one,
        served(settings) as other,
        arriving(one, "Inès Benali") as ines,
        knock(other) as there,
        ines.listening() as here,
    ):
        await there.say(type="hello", ticket=await ines.ticket())
        await there.until("live")
        await tell(one.parvis, MemberUpdated(member_id=ines.member.id))
        with in_time():
            assert await here.hears("member.updated") == await there.hears("member.updated")
        await ines.browser.delete(f"{API}/session")
        with in_time():
            assert (await here.closed(), await there.closed()) == (4003, 4003)
