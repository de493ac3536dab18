"""People who follow what happens on sockets, through a real server and with a client that is not ours."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from parvis.accounts.actor import Actors
from parvis.accounts.auth import DEV_COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from tests.make.people import make_member
from tests.make.served import Served

API = "/api/v1"
SOCKET = f"{API}/realtime"
PATIENCE = 20.0
"""Seconds until something that must come counts as lost."""

Frame = dict[str, Any]


@dataclass
class Ear:
    """What one hears on a socket: every frame, and the events among them."""

    socket: ClientConnection
    frames: list[Frame] = field(default_factory=list)
    events: list[Frame] = field(default_factory=list)
    cursor: str | None = None

    async def say(self, **frame: Any) -> None:
        await self.socket.send(json.dumps(frame))

    async def hear(self) -> Frame:
        """The next frame; a ping is answered. Raises ConnectionClosed."""
        frame: Frame = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
        self.frames.append(frame)
        told = frame["items"] if frame["type"] == "events" else [frame["event"]] if frame["type"] == "event" else []
        self.events += told
        self.cursor = told[-1]["id"] if told else frame.get("cursor") or self.cursor
        if frame["type"] == "ping":
            await self.say(type="pong", cursor=self.cursor)
        return frame

    async def until(self, kind: str) -> Frame:
        """The next frame of a type."""
        while (frame := await self.hear())["type"] != kind:
            pass
        return frame

    async def hears(self, *types: str) -> list[Frame]:
        """Waits until these events are the last that were told, and gives all."""
        while [event["type"] for event in self.events[-len(types) :]] != list(types):
            await self.hear()
        return self.events

    async def closed(self) -> int:
        """The code that the socket is closed with."""
        with suppress(ConnectionClosed):
            while True:
                await self.hear()
        assert self.socket.close_code is not None
        return self.socket.close_code


@dataclass
class Caller:
    """A member with a browser, who may open sockets."""

    server: Served
    member: Member
    browser: httpx.AsyncClient

    @property
    def id(self) -> str:
        return str(self.member.id)

    async def cursor(self) -> str:
        return str((await self.browser.get(f"{API}/events")).json()["cursor"])

    async def ticket(self) -> str:
        reply = await self.browser.post(f"{API}/realtime/tickets")
        assert reply.status_code == 201, reply.text
        return str(reply.json()["ticket"])

    @asynccontextmanager
    async def listening(self, since: str | None = None, at: Served | None = None, **options: Any) -> AsyncIterator[Ear]:
        """A socket on which he hears what happened since, once it is live; `at` another server of the same house."""
        async with knock(at or self.server, **options) as ear:
            await ear.say(type="hello", ticket=await self.ticket(), **({"since": since} if since else {}))
            await ear.until("live")
            yield ear


@asynccontextmanager
async def knock(server: Served, name: str | None = None, **options: Any) -> AsyncIterator[Ear]:
    """A socket on which nothing was said yet, opened by a page of ours; `name`: as what host the server is asked."""
    place = urlsplit(server.url)
    host, port = place.hostname, place.port
    asked = {"origin": server.url, "subprotocols": ["parvis.v1"], "compression": None, "ping_interval": None}
    async with connect(f"ws://{name or host}:{port}{SOCKET}", host=host, port=port, **{**asked, **options}) as socket:
        yield Ear(socket)


@asynccontextmanager
async def arriving(
    server: Served, name: str, affiliation: str | None = "student", **said: Any
) -> AsyncIterator[Caller]:
    member = await make_member(server.parvis, name, affiliation=affiliation, **said)
    async with signed_in(server, member) as caller:
        yield caller


@asynccontextmanager
async def signed_in(server: Served, member: Member) -> AsyncIterator[Caller]:
    """Another browser of the member."""
    parvis = server.parvis
    device = Device("Tests/1.0", "203.0.113.7")
    _, cookie = await parvis.database.write(open_session, member, methods=["pwd"], device=device)
    actor = await parvis.part(Actors).by_cookie(cookie)
    assert actor is not None
    token = parvis.part(Actors).csrf_token(actor)
    async with httpx.AsyncClient(
        base_url=server.url, cookies={DEV_COOKIE: cookie}, headers={"x-csrf-token": token}, timeout=PATIENCE
    ) as browser:
        yield Caller(server, member, browser)
