"""Waiting for news: it comes at once, nothing is held meanwhile, and waiting ends when it must."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

import httpx
from sqlalchemy.pool import QueuePool

from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.events import MemberUpdated
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from parvis.realtime.hub import Hub
from tests.conftest import SignIn
from tests.make.served import served

from .conftest import EVENTS, Places, Someone, said, tell, types

AT_ONCE = 5
"""Seconds, on a machine that does other things too: a fifth of what a poll would wait."""


async def until(happened: Callable[[], object]) -> None:
    async with asyncio.timeout(AT_ONCE):
        while True:
            if happened():
                return
            await asyncio.sleep(0.01)


@asynccontextmanager
async def waiting(parvis: Parvis, someone: Someone) -> AsyncIterator[asyncio.Task[httpx.Response]]:
    """A poll that has read, found nothing, and waits."""
    hub = parvis.part(Hub)
    poll = asyncio.create_task(someone.poll(wait=25))
    await until(lambda: poll.done() or any(one._topics is not None for one in hub._waiting))
    assert not poll.done(), poll.result().text
    yield poll


async def ended(poll: asyncio.Task[httpx.Response]) -> httpx.Response:
    return await asyncio.wait_for(poll, AT_ONCE)


async def test_news_comes_as_soon_as_it_happens(ines: Someone, parvis: Parvis) -> None:
    async with waiting(parvis, ines) as poll:
        await tell(parvis, MemberUpdated(member_id=ines.member.id))
        assert types((await ended(poll)).json()["items"]) == ["member.updated"]


async def test_what_happens_to_others_wakes_nobody(ines: Someone, claire: Someone, parvis: Parvis) -> None:
    async with waiting(parvis, ines) as poll:
        await tell(parvis, MemberUpdated(member_id=claire.member.id))
        assert types(await claire.hears(1)) == ["member.updated"]
        assert not poll.done()
        parvis.drain()
        assert (await ended(poll)).json()["items"] == []


async def test_an_empty_answer_comes_when_the_time_is_over(ines: Someone) -> None:
    began = monotonic()
    reply = await ines.poll(wait=1)
    assert (reply.json()["items"], reply.json()["resync"]) == ([], False)
    assert 1 <= monotonic() - began < 10


async def test_no_connection_is_held_while_waiting(ines: Someone, parvis: Parvis) -> None:
    async with waiting(parvis, ines) as poll:
        pool = parvis.database.engine.pool
        assert isinstance(pool, QueuePool)
        await until(lambda: not pool.checkedout())  # The tail of the log takes one for a moment now and then.
        assert not poll.done()
        parvis.drain()
        await ended(poll)


async def test_a_session_that_is_revoked_stops_waiting(ines: Someone, parvis: Parvis, sign_in: SignIn) -> None:
    elsewhere = await sign_in(ines.member)
    await ines.hears(1)  # That it signed in there.
    async with waiting(parvis, ines) as poll:
        assert (await elsewhere.delete("/api/v1/me/sessions")).status_code == 204
        reply = await ended(poll)
    assert (reply.status_code, reply.json()["code"]) == (401, "unauthenticated")


async def test_another_session_of_the_member_goes_on_waiting(ines: Someone, parvis: Parvis, sign_in: SignIn) -> None:
    elsewhere = await sign_in(ines.member)
    await ines.hears(1)
    async with waiting(parvis, ines) as poll:
        await elsewhere.delete("/api/v1/session")
        reply = await ended(poll)
    assert types(reply.json()["items"]) == ["session.revoked"]


async def test_a_token_that_is_revoked_stops_waiting(ines: Someone, parvis: Parvis, client: httpx.AsyncClient) -> None:
    draft = {"name": "Script", "scopes": ["events:read", "account:read"], "days": 7}
    made = (await ines.browser.post("/api/v1/me/tokens", json=draft)).json()
    script = Someone(ines.member, client)
    client.headers["authorization"] = f"Bearer {made['token']}"
    await script.begin()
    await ines.hears(1)
    async with waiting(parvis, script) as poll:
        await ines.browser.delete(f"/api/v1/me/tokens/{made['id']}")
        reply = await ended(poll)
    assert (reply.status_code, reply.json()["code"]) == (401, "invalid_token")


async def test_who_joins_while_waiting_hears_of_the_place(ines: Someone, parvis: Parvis, places: Places) -> None:
    async with waiting(parvis, ines) as poll:
        await places.join(parvis, ines, "place:1")
        reply = (await ended(poll)).json()
    assert [(item["type"], item["data"]) for item in reply["items"]] == [("access.gained", {"about": "place:1"})]
    ines.cursor = reply["cursor"]
    async with waiting(parvis, ines) as poll:
        await tell(parvis, said("place:1"))
        assert [item["topic"] for item in (await ended(poll)).json()["items"]] == ["place:1"]


async def test_a_process_told_to_stop_answers_who_waits(ines: Someone, parvis: Parvis) -> None:
    async with waiting(parvis, ines) as poll:
        parvis.drain()
        assert (await ended(poll)).status_code == 200
    began = monotonic()
    await ines.poll(wait=25)
    assert monotonic() - began < AT_ONCE


async def test_a_client_that_has_gone_is_not_waited_for(settings: Settings, ines: Someone, parvis: Parvis) -> None:
    """Through a real server, which tells a request that its connection broke."""
    async with served(settings) as server:
        hub = server.parvis.part(Hub)
        cookie = {"parvis-dev": ines.browser.cookies[COOKIE]}
        assert await server.parvis.part(Actors).by_cookie(cookie["parvis-dev"])
        async with httpx.AsyncClient(base_url=server.url, cookies=cookie) as browser:
            cursor = (await browser.get(EVENTS)).json()["cursor"]
            poll = asyncio.create_task(browser.get(EVENTS, params={"since": cursor, "wait": 25}))
            await until(lambda: hub._waiting)
            poll.cancel()
            await until(lambda: not hub._waiting)
    assert poll.cancelled()
