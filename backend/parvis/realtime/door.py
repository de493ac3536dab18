"""The door of the sockets: who may come in, and what he says while he is in.

It speaks ASGI without the framework between, and only until a client is let in: from then on it is called when one
says something (`kernel/fanout.py`), and what stands idle here is one small object for each connected member.
"""

import asyncio
from collections.abc import Callable
from time import monotonic
from urllib.parse import urlsplit

import structlog
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from parvis.accounts.actor import Actor, Actors
from parvis.kernel.config import Settings
from parvis.kernel.errors import Gone
from parvis.kernel.fanout import Outlet, outlet_of
from parvis.kernel.metrics import SOCKETS_CLOSED
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Cursor
from parvis.kernel.web import API

from . import frames
from .service import take_ticket
from .socket import FRAMES, Socket
from .sockets import SCOPE, Sockets

log = structlog.get_logger()

HELLO_SECONDS = 5.0
SOCKET = f"{API}/realtime"
TICKETS = f"{SOCKET}/tickets"


class Refused(Exception):
    """The socket is closed with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Ahead:
    """ASGI layer in which whoever follows what happens comes in, ahead of the framework: to find the route among all of
    the API costs more than to let him in. When a crowd asks for tickets, others get their turn between."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._door = Door()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"] == SOCKET:
            await self._door(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == TICKETS:
            async with scope["app"].state.parvis.part(Sockets).asking:
                await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class Door:
    """The ASGI application of `/api/v1/realtime`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        parvis: Parvis = scope["app"].state.parvis
        await receive()  # That somebody wants to come in.
        if not may_knock(scope, parvis.settings):
            await send({"type": "websocket.close", "code": 1008})
            return
        await send({"type": "websocket.accept", "subprotocol": frames.PROTOCOL})
        outlet = outlet_of(scope, receive, send)
        await outlet.listen(Visit(parvis, outlet, Headers(scope=scope).get("origin")))


def may_knock(scope: Scope, settings: Settings, protocol: str = frames.PROTOCOL) -> bool:
    """Whether a page of ours opens it, or no page at all; pages of other origins that may use the API come with tokens.
    What cookies say is not asked: browsers send them along with any page's sockets."""
    headers = Headers(scope=scope)
    origins = headers.getlist("origin")
    ours = {settings.public_url, *settings.cors_origins}
    is_our_host = headers.get("host", "") == urlsplit(settings.public_url).netloc
    return protocol in scope["subprotocols"] and is_our_host and (not origins or set(origins) <= ours)


class Entrance:
    """What is kept of a visit until its member is known."""

    def __init__(self, origin: str | None, too_late: Callable[[], None]) -> None:
        self.origin = origin
        self.until = asyncio.get_running_loop().call_later(HELLO_SECONDS, too_late)
        self.is_open = False
        self.early: list[str | bytes] = []
        """What is said between the hello and the answer to it."""


class Visit:
    """One socket from its acceptance to its end."""

    __slots__ = ("_began", "_entrance", "_outlet", "_parvis", "_socket", "_sockets")

    def __init__(self, parvis: Parvis, outlet: Outlet, origin: str | None) -> None:
        self._parvis = parvis
        self._sockets = parvis.part(Sockets)
        self._outlet = outlet
        self._began = monotonic()
        self._entrance: Entrance | None = Entrance(origin, self._too_late)
        self._socket: Socket | None = None

    def heard(self, said: str | bytes) -> None:
        try:
            if self._socket is not None:
                self._say(self._socket, said)
            elif self._entrance is not None:
                self._knock(self._entrance, said)
        except Refused as refusal:
            self._end(refusal.code)

    def gone(self, code: int) -> None:
        if self._entrance is not None:
            self._entrance.until.cancel()
        if self._socket is not None:
            self._sockets.remove(self._socket)
            code = self._socket.code or code
        SOCKETS_CLOSED.labels(str(code)).inc()
        log.info("socket", code=code, seconds=round(monotonic() - self._began, 1))

    def _end(self, code: int) -> None:
        if self._socket is not None:
            self._sockets.end(self._socket, code)
        else:
            self._outlet.send(frames.message(frames.Bye(code=code, retry_ms=0)))
            self._outlet.end(code)

    # --- coming in ----------------------------------------------------------------------------------------------------

    def _too_late(self) -> None:
        if self._entrance is not None and not self._entrance.is_open:
            self._end(frames.UNKNOWN)

    def _knock(self, entrance: Entrance, said: str | bytes) -> None:
        """Raises `Refused`."""
        if entrance.is_open:
            entrance.early.append(said)
            if len(entrance.early) > FRAMES:
                raise Refused(frames.TOO_MANY)
            return
        frame = read(said)
        if not isinstance(frame, frames.Hello) or frame.ticket is None:
            raise Refused(frames.UNKNOWN)
        entrance.is_open = True
        self._sockets.soon(self._come_in(entrance, frame.ticket, cursor_of(frame.since)))

    async def _come_in(self, entrance: Entrance, ticket: str, since: Cursor | None) -> None:
        try:
            async with self._sockets.turns:
                actor = await known_by(self._parvis, ticket, entrance.origin, SCOPE)
        except Refused as refusal:
            self._end(refusal.code)
        except asyncio.CancelledError:
            self._end(frames.RESTART)
            raise
        except Exception:
            log.exception("realtime.hello_failed")
            self._end(frames.FAILED)
        else:
            self._is_in(entrance, Socket(actor, self._outlet, since))

    def _is_in(self, entrance: Entrance, socket: Socket) -> None:
        if self._outlet.is_over:
            return
        entrance.until.cancel()
        self._entrance, self._socket = None, socket
        self._sockets.add(socket)
        for said in entrance.early:
            if not self._outlet.is_over:
                self.heard(said)

    # --- what the client says -----------------------------------------------------------------------------------------

    def _say(self, socket: Socket, said: str | bytes) -> None:
        """Raises `Refused`."""
        if not socket.count_frame():
            raise Refused(frames.TOO_MANY)
        frame = read(said)
        if frame is None:
            self._not_understood(socket, said)
        elif isinstance(frame, frames.Hello):
            cursor = cursor_of(frame.since)
            if frame.ticket is not None or cursor is None or not socket.needs_cursor:
                raise Refused(frames.BAD_FRAME)
            self._sockets.begin_at(socket, cursor)
        elif isinstance(frame, frames.View):
            self._sockets.view(socket, frame)
        elif isinstance(frame, frames.Typing):
            self._sockets.presence.type_in(socket)

    def _not_understood(self, socket: Socket, said: str | bytes) -> None:
        ref = from_json(said).get("ref")
        given = ref if isinstance(ref, str) and len(ref) <= 64 else None
        socket.outlet.send(frames.message(frames.Err(ref=given, code="unknown_frame")))


async def known_by(parvis: Parvis, ticket: str, origin: str | None, scope: str) -> Actor:
    """Raises `Refused`: a ticket that a browser asked for is for a page of ours."""
    try:
        credential = await parvis.database.write(take_ticket, ticket)
    except Gone:
        raise Refused(frames.UNKNOWN) from None
    actor = await parvis.part(Actors).once_more(credential)
    is_page = origin == parvis.settings.public_url
    if actor is None or not actor.may_use(scope) or (actor.scopes is None and not is_page):
        raise Refused(frames.UNKNOWN)
    return actor


def read(said: str | bytes) -> "frames.Hello | frames.Pong | frames.View | frames.Typing | None":
    """The frame in a message, or None for one of another version of the protocol. Raises `Refused`."""
    if not isinstance(said, str) or len(said) > frames.LARGEST:
        raise Refused(frames.BAD_FRAME)
    try:
        return frames.read_frame(said)
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
