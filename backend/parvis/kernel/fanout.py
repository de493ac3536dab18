"""Saying one thing to many sockets: framed once, and the same bytes written to each, in order and without waiting.

What is said on a WebSocket leaves by an `Outlet`, which also tells a `Listener` what its client says. Behind our own
server protocol it takes the connection over (`Direct`): a frame then costs half of what a message through the ASGI
interface does, and a socket that says nothing is neither a task nor a queue. Behind any other server, or where frames
are compressed, it goes by that interface (`Plain`). Both say and hear the same, and neither holds more for a slow
reader than `MOST_FRAMES` or `MOST_BYTES`: what may be lost is dropped at half of it, and at the whole he is let go
(`SLOW`), to come back and be told what he missed.
"""

import asyncio
import struct
from bisect import bisect_right
from collections import deque
from collections.abc import Mapping
from typing import Any, Protocol, cast

import structlog
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

log = structlog.get_logger()

MOST_FRAMES = 256
MOST_BYTES = 2**20
SLOW, FAILED = 4008, 1011
"""Close codes: of who reads slower than things happen; the server failed."""
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
_TEXT, _BINARY = 0x81, 0x82
"""First byte of a message in one frame (RFC 6455 section 5.2)."""


class Message:
    """A text for sockets, or bytes, and its one frame."""

    __slots__ = ("content", "frame", "is_binary")

    def __init__(self, content: bytes, *, is_binary: bool = False) -> None:
        self.content = content
        self.is_binary = is_binary
        self.frame = _header(_BINARY if is_binary else _TEXT, len(content)) + content


def _header(first: int, length: int) -> bytes:
    if length < 126:
        return struct.pack("!BB", first, length)
    if length < 2**16:
        return struct.pack("!BBH", first, 126, length)
    return struct.pack("!BBQ", first, 127, length)


class Listener(Protocol):
    """Who is told what a client says. Neither may wait: it is called where the connection is read."""

    def heard(self, said: str | bytes) -> None:
        """A message: a text, or bytes."""
        ...

    def gone(self, code: int) -> None:
        """Once, after all that was heard: the socket is over, closed with this code."""
        ...


class Outlet(Protocol):
    """Where what is said to one client leaves by."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be said."""
        ...

    async def listen(self, listener: Listener, largest: int = LARGEST_FRAME) -> None:
        """Tells the listener all that the client says from now on, in messages of at most so many bytes where we speak
        the protocol ourselves. Called once, before anything is said; it may return long before the socket is over."""
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


def outlet_of(scope: Scope, receive: Receive, send: Send) -> Outlet:
    """The way out of a socket that was just accepted."""
    direct = scope.get("extensions", {}).get(_EXTENSION)
    return cast(Outlet, direct) if direct is not None else Plain(receive, send)


class FramedProtocol(WebSocketsSansIOProtocol):
    """uvicorn's, which also offers the application to take the connection over, by a socket's `Direct` outlet."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent and not self.conn.extensions:
            cast("dict[str, Any]", self.scope["extensions"])[_EXTENSION] = Direct(self)

    def handed_over(self, to: asyncio.Protocol) -> list[dict[str, Any]]:
        """From now on the connection is another's: it outlives the application's call.

        Returns what was received and nobody has asked for yet.
        """
        self.transport.set_protocol(to)
        if self.read_paused:
            self.transport.resume_reading()
        if not self.disconnected:
            self.connections.remove(self)
            self.connections.add(cast(Any, to))
        self.transport = _Elsewhere()
        return [cast("dict[str, Any]", self.queue.get_nowait()) for _ in range(self.queue.qsize())]


class _Elsewhere(asyncio.Transport):
    """In the place of a connection that was handed over."""

    def close(self) -> None:
        pass

    def is_closing(self) -> bool:
        return True


class Direct(asyncio.Protocol):
    """The connection itself: reads the client's frames, and writes ours. What it keeps, it keeps for each member who is
    connected."""

    __slots__ = (
        "_closing",
        "_connection",
        "_connections",
        "_ends",
        "_is_text",
        "_listener",
        "_parts",
        "_server",
        "_transport",
        "_writable",
        "_written",
        "is_over",
    )

    def __init__(self, server: FramedProtocol) -> None:
        self._server: FramedProtocol | None = server
        self._connection = server.conn
        self._connections: set[Any] = server.connections
        self._transport = server.transport
        self._listener: Listener | None = None
        self._parts: bytearray | None = None
        """Of a message in several frames."""
        self._is_text = False
        self._ends: list[int] = []
        """Each frame's end in all that was `_written`: these tell how many still wait."""
        self._written = 0
        self._writable: asyncio.Event | None = None
        """While much waits to be written: that it no longer does."""
        self._closing: asyncio.TimerHandle | None = None
        self.is_over = False

    async def listen(self, listener: Listener, largest: int = LARGEST_FRAME) -> None:
        server, self._server = self._server, None
        assert server is not None, "it listens once"
        self._listener = listener
        self._connection.max_message_size = largest
        for message in server.handed_over(self):
            if message["type"] == "websocket.disconnect":
                self._leave(message["code"])
            else:
                self._hear(_said(message))

    # --- what is said -------------------------------------------------------------------------------------------------

    def send(self, message: Message, *, droppable: bool = False) -> None:
        if self.is_over:
            return
        transport, size = self._transport, len(message.frame)
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
        ends = self._ends
        del ends[: bisect_right(ends, self._written - waiting)]
        room = _room(len(ends), waiting + size, droppable)
        if room is False:
            self.end(SLOW)
        return room is True

    def end(self, code: int) -> None:
        """A reader that reads nothing more keeps the closing frame waiting with the rest: then the line is cut."""
        if self.is_over:
            return
        try:
            self._connection.send_close(code)
        except InvalidState:  # The client is closing already.
            return
        self._write()
        self._go(code)

    def _write(self) -> None:
        """What the protocol itself has to say."""
        self._transport.write(b"".join(self._connection.data_to_send()))

    async def emptied(self) -> None:
        if self._writable is not None:
            await self._writable.wait()

    def pause_writing(self) -> None:
        self._writable = asyncio.Event()

    def resume_writing(self) -> None:
        if self._writable is not None:
            self._writable.set()
            self._writable = None

    # --- what is heard ------------------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        connection = self._connection
        connection.receive_data(data)
        if connection.parser_exc is not None:
            self._broken()
            return
        for frame in cast("list[Frame]", connection.events_received()):
            if frame.opcode is Opcode.CLOSE:
                self._closed_by_client()
            elif frame.opcode is Opcode.PING:
                self._pong()
            elif frame.opcode is not Opcode.PONG:
                self._take(frame)

    def _take(self, frame: Frame) -> None:
        """A message, or a part of one."""
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
        data = frame.data
        if self._parts is not None or not frame.fin:
            self._parts = parts = self._parts or bytearray()
            parts += data
            data = parts
        if not frame.fin:
            return
        self._parts = None
        try:
            self._hear(str(data, "utf-8") if self._is_text else bytes(data))
        except UnicodeDecodeError:
            self._connection.fail(1007)
            self._broken()

    def _hear(self, said: str | bytes) -> None:
        if self._listener is not None and not _is_heard(self._listener, said):
            self.end(FAILED)

    def _pong(self) -> None:
        """A client that asks and reads no answers is as slow as any other."""
        if self._transport.get_write_buffer_size() <= MOST_BYTES:
            self._write()
        else:
            self._transport.abort()

    # --- the end of it ------------------------------------------------------------------------------------------------

    def _closed_by_client(self) -> None:
        """Or he answers that we did."""
        heard = self._connection.close_rcvd
        self._close(heard.code if heard is not None else 1006)

    def _broken(self) -> None:
        """What came is no frame: the protocol has closed, and says so."""
        sent = self._connection.close_sent
        self._close(sent.code if sent is not None else 1006)

    def _close(self, code: int) -> None:
        self._write()
        self._transport.close()
        self._go(code)

    def connection_lost(self, _error: Exception | None) -> None:
        self._connections.discard(self)
        self.resume_writing()
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        self._leave(1006)

    def shutdown(self) -> None:
        """The server stops."""
        self.end(1012)
        self._transport.close()

    def _go(self, code: int) -> None:
        """What is still to be written is written, but nobody waits for it long."""
        if self._closing is None:
            self._closing = asyncio.get_running_loop().call_later(LET_GO_SECONDS, self._transport.abort)
        self._leave(code)

    def _leave(self, code: int) -> None:
        """Whoever listens is told in a turn of his own: he may be the one who ended it."""
        self.is_over = True
        listener, self._listener = self._listener, None
        if listener is not None:
            asyncio.get_running_loop().call_soon(listener.gone, code)


class Plain:
    """Sends by the ASGI interface, which waits for the reader: what waits meanwhile waits here."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._waiting: deque[Message] = deque()
        self._bytes = 0
        self._code: int | None = None
        self._patience = asyncio.timeout(None)
        """Ends when a client that was let go does not go by itself."""
        self._sending: asyncio.Task[None] | None = None
        self._empty = asyncio.Event()
        self._empty.set()

    @property
    def is_over(self) -> bool:
        return self._code is not None

    async def listen(self, listener: Listener, largest: int = LARGEST_FRAME) -> None:
        code = 1006
        try:
            async with self._patience:
                while (message := await self._receive())["type"] != "websocket.disconnect":
                    if self._code is None and not _is_heard(listener, _said(message)):
                        self.end(FAILED)
                code = message["code"]
        except TimeoutError:
            log.info("socket.cut")
        finally:
            self._code = self._code or code
            listener.gone(self._code)

    def send(self, message: Message, *, droppable: bool = False) -> None:
        if self._code is not None:
            return
        room = _room(len(self._waiting), self._bytes + len(message.content), droppable)
        if room is False:
            self._waiting.clear()
            self.end(SLOW)
        elif room is True:
            self._waiting.append(message)
            self._bytes += len(message.content)
            self._go_on()

    def end(self, code: int) -> None:
        if self._code is None:
            self._code = code
            self._patience.reschedule(asyncio.get_running_loop().time() + LET_GO_SECONDS)
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
                self._bytes -= len(message.content)
                said = {"bytes": message.content} if message.is_binary else {"text": message.content.decode()}
                await self._send({"type": "websocket.send", **said})
            if self._code is not None:
                await self._send({"type": "websocket.close", "code": self._code})
        except Exception:  # noqa: BLE001 — servers tell in their own ways that the client has gone, and `receive` does too
            self._code = self._code or 1006
        finally:
            self._sending = None
            self._empty.set()


def _said(message: Mapping[str, Any]) -> str | bytes:
    text = message.get("text")
    return text if text is not None else message.get("bytes") or b""


def _is_heard(listener: Listener, said: str | bytes) -> bool:
    try:
        listener.heard(said)
    except Exception:
        log.exception("socket.failed")
        return False
    return True


def _room(frames: int, size: int, droppable: bool) -> bool | None:
    """Whether there is room for one more; None when it is to be dropped."""
    if droppable and (frames >= MOST_FRAMES // 2 or size > MOST_BYTES // 2):
        return None
    return frames < MOST_FRAMES and size <= MOST_BYTES
