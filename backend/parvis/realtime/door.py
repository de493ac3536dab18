"""The door of the sockets: who may come in, and what he says while he is in.

It speaks ASGI without the framework between: what stands idle here stands for each connected member.
"""

import asyncio
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import structlog
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from parvis.accounts.actor import Actor, Actors
from parvis.kernel.config import Settings
from parvis.kernel.errors import Gone
from parvis.kernel.fanout import Outlet, outlet_of
from parvis.kernel.metrics import SOCKETS_CLOSED
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Cursor

from . import frames
from .service import take_ticket
from .socket import Socket
from .sockets import SCOPE, Sockets

log = structlog.get_logger()

HELLO_SECONDS = 5.0


class Refused(Exception):
    """The socket is closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Door:
    """The ASGI application of `/api/v1/realtime`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parvis: Parvis = scope["app"].state.parvis
        await receive()  # That somebody wants to come in.
        if not may_knock(scope, parvis.settings):
            await send({"type": "websocket.close", "code": 1008})
            return
        await send({"type": "websocket.accept", "subprotocol": frames.PROTOCOL})
        began, code = monotonic(), 1006
        try:
            async with asyncio.timeout(None) as patience:
                code = await Visit(parvis, scope, receive, outlet_of(scope, send, patience)).go()
        except TimeoutError:
            log.info("socket.cut")
        SOCKETS_CLOSED.labels(str(code)).inc()
        log.info("socket", code=code, seconds=round(monotonic() - began, 1))


def may_knock(scope: Scope, settings: Settings) -> bool:
    """Whether a page of ours opens it, or no page at all; pages of other origins that may use the API come with tokens.
    What cookies say is not asked: browsers send them along with any page's sockets."""
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    ours = {settings.public_url, *settings.cors_origins}
    is_our_host = headers.get("host", "") == urlsplit(settings.public_url).netloc
    return frames.PROTOCOL in scope["subprotocols"] and is_our_host and (not origins or set(origins) <= ours)


class Visit:
    """One socket from its acceptance to its end."""

    __slots__ = ("_origin", "_outlet", "_parvis", "_receive", "_sockets")

    def __init__(self, parvis: Parvis, scope: Scope, receive: Receive, outlet: Outlet) -> None:
        self._parvis = parvis
        self._sockets = parvis.part(Sockets)
        self._origin = Headers(scope=scope).get("origin")
        self._receive = receive
        self._outlet = outlet

    async def go(self) -> int:
        """Returns the code that the socket was closed with."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                message = await self._receive()
        except TimeoutError:
            return await self._refuse(frames.UNKNOWN)
        if message["type"] == "websocket.disconnect":
            return int(message["code"])
        try:
            socket = await self._come_in(message)
        except Refused as refusal:
            return await self._refuse(refusal.code)
        self._sockets.add(socket)
        try:
            return await self._stay(socket)
        finally:
            self._sockets.remove(socket)

    async def _stay(self, socket: Socket) -> int:
        while (message := await self._receive())["type"] != "websocket.disconnect":
            try:
                self._heard(socket, message)
            except Refused as refusal:
                self._sockets.end(socket, refusal.code)
        return socket.code or int(message["code"])

    async def _refuse(self, code: int) -> int:
        self._outlet.send(frames.message(frames.Bye(code=code, retry_ms=0)))
        self._outlet.end(code)
        while (await self._receive())["type"] != "websocket.disconnect":
            pass
        return code

    # --- what the client says -----------------------------------------------------------------------------------------

    async def _come_in(self, message: Any) -> Socket:
        """Raises `Refused`."""
        frame = read(message)
        if not isinstance(frame, frames.Hello) or frame.ticket is None:
            raise Refused(frames.UNKNOWN)
        return Socket(await self._known_by(frame.ticket), self._outlet, cursor_of(frame.since))

    async def _known_by(self, ticket: str) -> Actor:
        """Raises `Refused`: a ticket that a browser asked for is for a page of ours."""
        try:
            credential = await self._parvis.database.write(take_ticket, ticket)
        except Gone:
            raise Refused(frames.UNKNOWN) from None
        actor = await self._parvis.part(Actors).once_more(credential)
        is_page = self._origin == self._parvis.settings.public_url
        if actor is None or not actor.may_use(SCOPE) or (actor.scopes is None and not is_page):
            raise Refused(frames.UNKNOWN)
        return actor

    def _heard(self, socket: Socket, message: Any) -> None:
        """Raises `Refused`."""
        if not socket.count_frame():
            raise Refused(frames.TOO_MANY)
        frame = read(message)
        if frame is None:
            self._not_understood(socket, message["text"])
        elif isinstance(frame, frames.Hello):
            cursor = cursor_of(frame.since)
            if frame.ticket is not None or cursor is None or not socket.needs_cursor:
                raise Refused(frames.BAD_FRAME)
            self._sockets.begin_at(socket, cursor)
        elif isinstance(frame, frames.View):
            self._sockets.view(socket, frame)
        elif isinstance(frame, frames.Typing):
            self._sockets.presence.type_in(socket)

    def _not_understood(self, socket: Socket, text: str) -> None:
        ref = from_json(text).get("ref")
        given = ref if isinstance(ref, str) and len(ref) <= 64 else None
        socket.outlet.send(frames.message(frames.Err(ref=given, code="unknown_frame")))


def read(message: Any) -> "frames.Hello | frames.Pong | frames.View | frames.Typing | None":
    """The frame in a message, or None for one of another version of the protocol. Raises `Refused`."""
    text = message.get("text")
    if text is None or len(text) > frames.LARGEST:
        raise Refused(frames.BAD_FRAME)
    try:
        return frames.read_frame(text)
    except ValidationError as error:
        if [fault["type"] for fault in error.errors()] == ["union_tag_invalid"]:
            return None
        raise Refused(frames.BAD_FRAME) from error


def cursor_of(written: str | None) -> Cursor | None:
    """Raises `Refused` when it is none."""
    try:
        return Cursor.parse(written) if written is not None else None
    except ValueError as error:
        raise Refused(frames.BAD_FRAME) from error
