"""The door of a page: who may come in, and what he says while he is in."""

import asyncio
from time import monotonic
from uuid import UUID

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from parvis.kernel.errors import NotFound
from parvis.kernel.fanout import Outlet, outlet_of
from parvis.kernel.metrics import SOCKETS_CLOSED
from parvis.kernel.runtime import Parvis
from parvis.pages.lib0 import Malformed
from parvis.pages.policy import READ_SCOPE
from parvis.pages.updates import LARGEST
from parvis.realtime.door import HELLO_SECONDS, SOCKET, Refused, known_by, may_knock

from . import frames
from .room import Room
from .rooms import Full, Rooms
from .visitor import Visitor

log = structlog.get_logger()

PREFIX = f"{SOCKET}/documents/"
LARGEST_FRAME = LARGEST + 64
EARLY = 60
"""Frames that a client says between its hello and the answer."""


class AheadOfPages:
    """ASGI layer in which whoever writes in a page comes in, ahead of the framework."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"].startswith(PREFIX):
            await _open(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _open(scope: Scope, receive: Receive, send: Send) -> None:
    parvis: Parvis = scope["app"].state.parvis
    await receive()  # That somebody wants to come in.
    document_id = _id_in(scope["path"])
    if document_id is None or not may_knock(scope, parvis.settings, frames.PROTOCOL):
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "websocket.accept", "subprotocol": frames.PROTOCOL})
    outlet = outlet_of(scope, receive, send)
    await outlet.listen(Visit(parvis, outlet, document_id, Headers(scope=scope).get("origin")), LARGEST_FRAME)


def _id_in(path: str) -> UUID | None:
    try:
        return UUID(path.removeprefix(PREFIX))
    except ValueError:
        return None


class Visit:
    """One socket from its acceptance to its end."""

    def __init__(self, parvis: Parvis, outlet: Outlet, document_id: UUID, origin: str | None) -> None:
        self._parvis = parvis
        self._rooms = parvis.part(Rooms)
        self._outlet = outlet
        self._document_id = document_id
        self._origin = origin
        self._began = monotonic()
        self._until = asyncio.get_running_loop().call_later(HELLO_SECONDS, self._too_late)
        self._is_known = False
        self._early: list[str | bytes] = []
        self._in: tuple[Room, Visitor] | None = None

    def heard(self, said: str | bytes) -> None:
        try:
            if self._in is not None:
                self._say(*self._in, said)
            elif self._is_known:
                self._early.append(said)
                if len(self._early) > EARLY:
                    raise Refused(frames.TOO_MANY)
            else:
                self._knock(said)
        except Malformed:
            self._end(frames.BAD_FRAME)
        except Refused as refusal:
            self._end(refusal.code)

    def gone(self, code: int) -> None:
        self._until.cancel()
        if self._in is not None:
            room, visitor = self._in
            self._rooms.leave(room, visitor)
            code = visitor.code or code
        SOCKETS_CLOSED.labels(str(code)).inc()
        log.info("page_socket", code=code, seconds=round(monotonic() - self._began, 1))

    def _end(self, code: int) -> None:
        if self._in is not None:
            self._in[1].end(code)
        else:
            self._outlet.send(frames.message(frames.Bye(code=code, retry_ms=0)))
            self._outlet.end(code)

    def _too_late(self) -> None:
        if not self._is_known:
            self._end(frames.UNKNOWN)

    def _knock(self, said: str | bytes) -> None:
        """Raises `Refused` and `Malformed`."""
        frame = frames.read_text(said) if isinstance(said, str) else None
        if not isinstance(frame, frames.Hello):
            raise Refused(frames.UNKNOWN)
        self._is_known = True
        self._rooms.soon(self._come_in(frame))

    async def _come_in(self, hello: frames.Hello) -> None:
        try:
            async with self._rooms.turns:
                actor = await known_by(self._parvis, hello.ticket, self._origin, READ_SCOPE)
                found = await self._rooms.enter(actor, self._document_id, self._outlet, hello.client_id)
        except Refused as refusal:
            self._end(refusal.code)
        except NotFound:
            self._end(frames.REVOKED)
        except Full:
            self._end(frames.RESTART if self._rooms.is_closed else frames.TOO_MANY)
        except asyncio.CancelledError:
            self._end(frames.RESTART)
            raise
        except Exception:
            log.exception("pages.hello_failed")
            self._end(frames.FAILED)
        else:
            self._is_in(*found)

    def _is_in(self, room: Room, visitor: Visitor) -> None:
        if self._outlet.is_over:
            self._rooms.leave(room, visitor)
            return
        self._until.cancel()
        self._in = room, visitor
        for said in self._early:
            if not self._outlet.is_over:
                self.heard(said)
        self._early = []

    def _say(self, room: Room, visitor: Visitor, said: str | bytes) -> None:
        """Raises `Refused` and `Malformed`."""
        if not visitor.count(len(said)):
            raise Refused(frames.TOO_MANY)
        if isinstance(said, str):
            if isinstance(frames.read_text(said), frames.Hello):
                raise Refused(frames.BAD_FRAME)
            return
        frame = frames.read_bytes(said)
        if isinstance(frame, frames.Asking):
            room.ask(visitor, frame.state_vector)
        elif isinstance(frame, frames.Writing):
            room.write(visitor, frame)
        elif frame is not None:
            room.move(visitor, frame)
