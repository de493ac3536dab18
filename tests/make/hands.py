"""Those who write in a page, through a real server and with Yjs documents of their own."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from parvis.pages import lib0, tree
from parvis.pages.lib0 import Reading
from tests.realtime.wire import API, PATIENCE, Caller

from .served import Served


@dataclass
class Hand:
    """Somebody's document and socket. `texts`: the frames that were texts; `carets`: by client id, what others show."""

    socket: ClientConnection
    doc: Any
    n: int = 0
    acked: int = 0
    texts: list[dict[str, Any]] = field(default_factory=list)
    carets: dict[int, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return tree.text_of(tree.read(self.doc))

    async def say(self, said: bytes | str) -> None:
        await self.socket.send(said)

    async def send(self, update: bytes) -> int:
        self.n += 1
        await self.say(b"\x0a" + lib0.uint(self.n) + lib0.sized(update))
        return self.n

    async def write(self, words: str, at: int | None = None) -> int:
        """Types in the last block, or a new one."""
        before = self.doc.get_state()
        blocks = self.doc.get("page", type=XmlFragment)
        with self.doc.transaction():
            if not len(blocks.children) or at is None:
                block = XmlElement("paragraph")
                blocks.children.append(block)
                block.children.append(XmlText(words))
            else:
                text = blocks.children[len(blocks.children) - 1].children[0]
                text.insert(min(at, len(text)), words)
        return await self.send(self.doc.get_update(before))

    async def point(self, clock: int, cursor: Any, client_id: int | None = None, **state: Any) -> None:
        """Says where the caret stands."""
        written = lib0.uint(1) + lib0.uint(self.doc.client_id if client_id is None else client_id) + lib0.uint(clock)
        await self.say(b"\x01" + lib0.sized(written + lib0.sized(json.dumps({"cursor": cursor, **state}).encode())))

    async def hear(self) -> dict[str, Any] | bytes:
        """The next frame; what is to be answered is. Raises ConnectionClosed."""
        said = await asyncio.wait_for(self.socket.recv(), PATIENCE)
        if isinstance(said, bytes):
            await self._take(said)
            return said
        frame: dict[str, Any] = json.loads(said)
        self.texts.append(frame)
        if frame["type"] == "ping":
            await self.say('{"type":"pong"}')
        if frame["type"] == "ack":
            self.acked = frame["n"]
        return frame

    async def _take(self, said: bytes) -> None:
        reading = Reading(said)
        if reading.uint() == 1:
            inside = Reading(reading.bytes())
            for _ in range(inside.count()):
                client, _, state = inside.uint(), inside.uint(), json.loads(inside.text())
                self.carets[client] = state
        elif reading.uint() == 0:
            state_vector = reading.bytes()
            update = self.doc.get_update(state_vector)
            if update == b"\x00\x00":
                self.lacks_nothing()
            else:
                await self.send(update)
        else:
            self.doc.apply_update(reading.bytes())

    def lacks_nothing(self) -> None:
        """The server has told that it has all that this document holds."""

    async def until(self, kind: str) -> dict[str, Any]:
        while True:
            frame = await self.hear()
            if isinstance(frame, dict) and frame["type"] == kind:
                return frame

    async def reads(self, *words: str) -> None:
        """Until all these stand in the page."""
        while not all(one in self.words for one in words):
            await self.hear()

    async def kept(self, n: int) -> None:
        """Until that write is durable."""
        while self.acked < n:
            await self.hear()

    async def closed(self) -> int:
        with suppress(ConnectionClosed):
            while True:
                await self.hear()
        assert self.socket.close_code is not None
        return self.socket.close_code


@asynccontextmanager
async def in_page(
    caller: Caller, page: dict[str, Any], doc: "Doc[Any] | None" = None, at: Served | None = None, **options: Any
) -> AsyncIterator[Hand]:
    """Comes into a page, and asks for what is there."""
    async with knocking(caller, page, doc, at, **options) as hand:
        await hand.until("ready")
        await hand.say(b"\x00\x00" + lib0.sized(hand.doc.get_state()))
        yield hand


@asynccontextmanager
async def knocking(
    caller: Caller,
    page: dict[str, Any],
    doc: "Doc[Any] | None" = None,
    at: Served | None = None,
    hello: str | bytes | None = None,
    **options: Any,
) -> AsyncIterator[Hand]:
    """Says only who one is, or something else in its place."""
    server = at or caller.server
    place = urlsplit(server.url)
    asked = {"origin": server.url, "subprotocols": ["parvis.pages.v1"], "compression": None, "ping_interval": None}
    url = f"ws://{place.hostname}:{place.port}{API}/realtime/documents/{page['id']}"
    async with connect(url, host=place.hostname, port=place.port, max_size=None, **{**asked, **options}) as socket:
        hand = Hand(socket, doc if doc is not None else Doc())
        hand.doc.get("page", type=XmlFragment)
        known = {"type": "hello", "ticket": await caller.ticket(), "client_id": hand.doc.client_id}
        await hand.say(hello or json.dumps(known))
        yield hand
