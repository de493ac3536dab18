"""Who may open a socket (WS-auth), and what becomes of what is no frame; `test_fuzz.py` says whatever else (WSF)."""

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import update
from websockets.exceptions import InvalidStatus

from parvis.accounts.events import MemberUpdated, OrganisationChanged
from parvis.accounts.models import Ticket
from parvis.accounts.service import tickets
from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.realtime import door
from parvis.realtime.sockets import Sockets
from tests.make.people import make_organisation
from tests.make.served import Served, served

from .conftest import tell
from .wire import API, Caller, arriving, knock, signed_in

TICKETS = f"{API}/realtime/tickets"


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


async def refusal(server: Served, *said: dict[str, Any], **options: Any) -> int:
    """The status or close code with which a client that says this is sent away."""
    try:
        async with knock(server, **options) as ear:
            for frame in said:
                await ear.say(**frame)
            return await ear.closed()
    except InvalidStatus as refused:
        return refused.response.status_code


async def bearing(caller: Caller, *scopes: str) -> httpx.AsyncClient:
    draft = {"name": "Script", "scopes": list(scopes), "days": 1}
    made = (await caller.browser.post(f"{API}/me/tokens", json=draft)).json()
    return httpx.AsyncClient(base_url=caller.server.url, headers={"authorization": f"Bearer {made['token']}"})


async def test_nobody_comes_in_without_a_ticket_that_holds(
    server: Served, ines: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WS-auth: each way to try, and how it ends."""
    parvis = server.parvis

    async def with_ticket(ticket: str, **options: Any) -> int:
        return await refusal(server, {"type": "hello", "ticket": ticket}, **options)

    async def silent() -> int:
        monkeypatch.setattr(door, "HELLO_SECONDS", 0.1)
        code = await refusal(server)
        monkeypatch.undo()
        return code

    async def used() -> int:
        ticket = await ines.ticket()
        async with knock(server) as ear:
            await ear.say(type="hello", ticket=ticket)
            await ear.until("live")
        return await with_ticket(ticket)

    async def expired() -> int:
        ticket = await ines.ticket()

        async def age(session: Any) -> None:
            await session.execute(update(Ticket).values(expires_at=clock.now() - timedelta(seconds=1)))

        await parvis.database.write(age)
        return await with_ticket(ticket)

    async def of_another_purpose() -> int:
        return await with_ticket(await parvis.database.write(tickets.issue, "sign_in", member_id=ines.member.id))

    async def session_over() -> int:
        async with signed_in(server, ines.member) as elsewhere:
            ticket = await elsewhere.ticket()
            assert (await elsewhere.browser.delete(f"{API}/session")).status_code == 204
            return await with_ticket(ticket)

    async def suspended() -> int:
        async with (
            arriving(server, "Omar Diallo") as omar,
            arriving(server, "Paul Roux", roles=["administrator"]) as paul,
        ):
            ticket = await omar.ticket()
            reply = await paul.browser.put(f"{API}/people/{omar.id}/suspension")
            assert reply.status_code in {200, 204}, reply.text
            return await with_ticket(ticket)

    async def from_nowhere() -> int:
        return await with_ticket(await ines.ticket(), origin=None)

    foreign = "https://elsewhere.example"
    tries: dict[str, tuple[Callable[[], Awaitable[int]], int]] = {
        "no hello": (silent, 4001),
        "something else first": (lambda: refusal(server, {"type": "pong"}), 4001),
        "no ticket, the cookie alone": (
            lambda: refusal(server, {"type": "hello"}, additional_headers={"cookie": _cookie(ines)}),
            4001,
        ),
        "a ticket that nobody gave": (lambda: with_ticket("x" * 43), 4001),
        "a ticket used before": (used, 4001),
        "an expired ticket": (expired, 4001),
        "a secret for another purpose": (of_another_purpose, 4001),
        "the ticket of a session that is over": (session_over, 4001),
        "the ticket of a suspended member": (suspended, 4001),
        "another site's page": (lambda: refusal(server, origin=foreign), 403),
        "a page of no site": (lambda: refusal(server, origin="null"), 403),
        "two origins": (lambda: refusal(server, additional_headers={"origin": foreign}), 400),
        "no page, with a browser's ticket": (from_nowhere, 4001),
        "another version": (lambda: refusal(server, subprotocols=["parvis.v0"]), 403),
        "no version": (lambda: refusal(server, subprotocols=None), 403),
        "another host's name": (lambda: refusal(server, name="elsewhere.example", origin=None), 403),
    }
    found = {name: await one() for name, (one, _) in tries.items()}
    lines = [f"{name.ljust(40)}{code}" for name, code in found.items()]
    sys.stdout.write("\n".join([*lines, f"WS-auth: {len(lines)}/{len(tries)} refused\n"]))
    assert found == {name: code for name, (_, code) in tries.items()}
    assert parvis.part(Sockets)._all() == []


def _cookie(caller: Caller) -> str:
    return "; ".join(f"{name}={value}" for name, value in caller.browser.cookies.items())


async def test_tickets_are_for_who_is_signed_in_with_the_scopes(server: Served, ines: Caller) -> None:
    async with httpx.AsyncClient(base_url=server.url) as stranger:
        assert (await stranger.post(TICKETS)).status_code == 401
    async with await bearing(ines, "events:read") as script:
        refused = await script.post(TICKETS)
        assert (refused.status_code, refused.json()["code"]) == (403, "insufficient_scope")
    async with await bearing(ines, "events:write") as script:
        ticket = (await script.post(TICKETS)).json()["ticket"]
    assert await refusal(server, {"type": "hello", "ticket": ticket}, origin=None) == 4001
    made = (await ines.browser.post(TICKETS)).json()
    assert made.keys() == {"ticket", "seconds"}
    async with knock(server) as ear:
        await ear.say(type="hello", ticket=made["ticket"])
        assert (await ear.hear())["type"] == "ready"


async def test_a_script_needs_no_page_and_hears_what_its_scopes_let_it_read(server: Served, ines: Caller) -> None:
    async with await bearing(ines, "events:read", "events:write", "account:read") as script:
        ticket = (await script.post(TICKETS)).json()["ticket"]
        async with knock(server, origin=None) as ear:
            await ear.say(type="hello", ticket=ticket)
            await ear.until("live")
            await tell(server.parvis, OrganisationChanged(version=2), MemberUpdated(member_id=ines.member.id))
            await ear.hears("member.updated")
            assert [event["type"] for event in ear.events] == ["member.updated"]


async def test_a_guest_hears_of_himself_and_not_of_the_organisation(server: Served) -> None:
    async with arriving(server, "Gaël Invité", None) as guest, guest.listening() as ear:
        await tell(server.parvis, OrganisationChanged(version=2), MemberUpdated(member_id=guest.member.id))
        await ear.hears("member.updated")
        assert [event["topic"] for event in ear.events] == [f"member:{guest.id}"]


NO_FRAMES: dict[str, tuple[str | bytes, int]] = {
    "no JSON": ("{", 4002),
    "no object": ("[1]", 4002),
    "no type": ("{}", 4002),
    "a second hello": ('{"type":"hello","ticket":null,"since":"e.1.2"}', 4002),
    "a hello with what is no cursor": ('{"type":"hello","since":"x"}', 4002),
    "a field too many": ('{"type":"pong","more":1}', 4002),
    "another shape": ('{"type":"pong","cursor":{}}', 4002),
    "bytes": (b"\x00\x01", 4002),
    "too long": (json.dumps({"type": "pong", "cursor": "x" * 5000}), 4002),
    "very long": ("x" * 100_000, 1009),
}


async def test_what_is_no_frame_ends_the_socket(server: Served, ines: Caller) -> None:
    codes = {}
    for name, (sent, _) in NO_FRAMES.items():
        async with ines.listening() as ear:
            await ear.socket.send(sent)
            codes[name] = await ear.closed()
    assert codes == {name: code for name, (_, code) in NO_FRAMES.items()}


async def test_a_frame_of_a_later_version_is_answered_and_the_socket_goes_on(server: Served, ines: Caller) -> None:
    async with ines.listening() as ear:
        await ear.say(type="dance", ref="a1", steps=[1, 2])
        assert await ear.until("err") == {"type": "err", "ref": "a1", "code": "unknown_frame"}
        await tell(server.parvis, MemberUpdated(member_id=ines.member.id))
        await ear.hears("member.updated")


async def test_who_says_too_much_is_sent_away(server: Served, ines: Caller) -> None:
    async with ines.listening() as ear:
        for _ in range(61):
            await ear.say(type="pong")
        assert await ear.closed() == 4029


async def test_text_that_is_no_utf_8_ends_the_socket_quietly(
    server: Served, ines: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    async with ines.listening() as ear:
        await ear.socket.send(b"\xff\xfe", text=True)
        assert await ear.closed() == 1007
    assert [record.message for record in caplog.records if record.exc_info] == []
