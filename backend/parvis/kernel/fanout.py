"""Saying one thing to many sockets: framed once, and the same bytes written to each, in order and without waiting.

What is said on a WebSocket leaves by an `Outlet`. Behind our own server protocol it writes straight to the connection
(`Direct`), which costs half of what a message through the ASGI interface does; behind any other server, or where frames
are compressed, it sends by that interface (`Plain`). Both say the same bytes, and neither holds more for a slow reader
than `MOST_FRAMES` or `MOST_BYTES`: what may be lost is dropped at half of it, and at the whole he is let go (`SLOW`),
to come back and be told what he missed.
"""

import asyncio
import struct
from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol, cast

from starlette.types import Scope, Send
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.http11 import Request

MOST_FRAMES = 256
MOST_BYTES = 2**20
SLOW = 4008
"""Close code of who reads slower than things happen."""
LET_GO_SECONDS = 5.0
"""How long a client may take to answer that it was let go, before its connection is cut."""
LARGEST_FRAME = 2**16
"""Bytes of a frame that a client sends, at most: the server protocol closes with 1009 beyond."""

SERVER_OPTIONS: Mapping[str, Any] = {
    "ws": "parvis.kernel.fanout:FramedProtocol",
    "ws_per_message_deflate": False,
    "ws_ping_interval": None,
    "ws_max_size": LARGEST_FRAME,
}
"""How uvicorn serves sockets. The protocol spoken on them asks who is still there, so that pages know it too."""

_EXTENSION = "parvis.outlet"
_TEXT = 0x81
"""First byte of a text message in one frame (RFC 6455 section 5.2)."""


class Message:
    """A text for sockets, and its one frame."""

    __slots__ = ("frame", "text")

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.frame = _header(len(text)) + text


def _header(length: int) -> bytes:
    if length < 126:
        return struct.pack("!BB", _TEXT, length)
    if length < 2**16:
        return struct.pack("!BBH", _TEXT, 126, length)
    return struct.pack("!BBQ", _TEXT, 127, length)


class Outlet(Protocol):
    """Where what is said to one client leaves by."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be said."""
        ...

    def send(self, message: Message, *, droppable: bool = False) -> None:
        """Says it after what was said before. Who is too slow for it misses it, or is let go."""
        ...

    def end(self, code: int) -> None:
        """Closes, after what was said before."""
        ...

    async def emptied(self) -> None:
        """Until little of what was said is still on its way."""
        ...


def outlet_of(scope: Scope, send: Send, patience: asyncio.Timeout) -> Outlet:
    """The way out of an accepted socket. `patience` ends when a client that was let go does not go by itself."""
    direct = scope.get("extensions", {}).get(_EXTENSION)
    return cast(Outlet, direct) if direct is not None else Plain(send, patience)


class FramedProtocol(WebSocketsSansIOProtocol):
    """uvicorn's, which also hands a socket's `Direct` outlet to the application."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent and not self.conn.extensions:
            cast("dict[str, Any]", self.scope["extensions"])[_EXTENSION] = Direct(self)

    def send_receive_event_to_app(self) -> None:
        """What is no UTF-8 is refused like any other frame that is not one, without a traceback in the log."""
        if self.curr_msg_data_type == "text" and not _is_utf8(b"".join(self.frames)):
            self.frames = []
            self.conn.fail(1007)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


class Direct:
    """Writes frames to the connection itself. Each frame's end in all that was written tells how many still wait."""

    __slots__ = ("_ends", "_protocol", "_written")

    def __init__(self, protocol: FramedProtocol) -> None:
        self._protocol = protocol
        self._ends: deque[int] = deque()
        self._written = 0

    @property
    def is_over(self) -> bool:
        return self._protocol.close_sent or self._protocol.transport.is_closing()

    def send(self, message: Message, *, droppable: bool = False) -> None:
        protocol, size = self._protocol, len(message.frame)
        transport = protocol.transport
        if protocol.close_sent or transport.is_closing():
            return
        waiting = transport.get_write_buffer_size()
        if not waiting:
            self._ends.clear()
            self._written = 0
        elif not self._has_room(waiting, size, droppable):
            return
        self._written += size
        self._ends.append(self._written)
        transport.write(message.frame)

    def _has_room(self, waiting: int, size: int, droppable: bool) -> bool:
        ends, gone = self._ends, self._written - waiting
        while ends and ends[0] <= gone:
            ends.popleft()
        room = _room(len(ends), waiting + size, droppable)
        if room is False:
            self.end(SLOW)
        return room is True

    def end(self, code: int) -> None:
        """A reader that reads nothing more keeps the closing frame waiting with the rest: then the line is cut."""
        protocol = self._protocol
        if self.is_over:
            return
        try:
            protocol.conn.send_close(code)
        except InvalidState:  # The client is closing already.
            return
        protocol.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": ""})
        protocol.transport.write(b"".join(protocol.conn.data_to_send()))
        protocol.close_sent = True
        if protocol.read_paused:
            protocol.read_paused = False
            protocol.transport.resume_reading()
        protocol.close_timer = protocol.loop.call_later(LET_GO_SECONDS, protocol.transport.abort)

    async def emptied(self) -> None:
        await self._protocol.writable.wait()


class Plain:
    """Sends by the ASGI interface, which waits for the reader: what waits meanwhile waits here."""

    def __init__(self, send: Send, patience: asyncio.Timeout) -> None:
        self._send = send
        self._patience = patience
        self._waiting: deque[Message] = deque()
        self._bytes = 0
        self._code: int | None = None
        self._sending: asyncio.Task[None] | None = None
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def is_over(self) -> bool:
        return self._code is not None

    def send(self, message: Message, *, droppable: bool = False) -> None:
        if self._code is not None:
            return
        room = _room(len(self._waiting), self._bytes + len(message.text), droppable)
        if room is False:
            self._waiting.clear()
            self.end(SLOW)
        elif room is True:
            self._waiting.append(message)
            self._bytes += len(message.text)
            self._go_on()

    def end(self, code: int) -> None:
        if self._code is None:
            self._code = code
            loop = asyncio.get_running_loop()
            self._patience.reschedule(loop.time() + LET_GO_SECONDS)
            self._go_on()

    async def emptied(self) -> None:
        await self._empty.wait()

    def _go_on(self) -> None:
        if self._sending is None:
            self._empty.clear()
            self._sending = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        try:
            while self._waiting:
                message = self._waiting.popleft()
                self._bytes -= len(message.text)
                await self._send({"type": "websocket.send", "text": message.text.decode()})
            if self._code is not None:
                await self._send({"type": "websocket.close", "code": self._code})
        except Exception:  # noqa: BLE001 — servers tell in their own ways that the client has gone, and `receive` does too
            self._code = self._code or 1006
        finally:
            self._sending = None
            self._empty.set()


def _room(frames: int, size: int, droppable: bool) -> bool | None:
    """Whether there is room for one more; None when it is to be dropped."""
    if droppable and (frames >= MOST_FRAMES // 2 or size > MOST_BYTES // 2):
        return None
    return frames < MOST_FRAMES and size <= MOST_BYTES
