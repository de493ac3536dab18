"""F14: several write one page at once while the server is killed and lines hang and break: the page is the same
everywhere, and nothing that was told to be durable is lost."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from parvis.kernel.config import Settings
from parvis.pages import lib0, tree
from tests.conftest import databases
from tests.make import hands
from tests.make.tcp_proxy import TcpProxy, tcp_proxy

from .conftest import IS_FULL, Effort
from .oracle import Row, say
from .people import API, Person, arrive
from .servers import Server, serving, until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600 if IS_FULL else 180)]

EDITORS = 5
ANSWER = b"\x00\x01"
"""How the frame begins that holds all that was not known."""
AWAY = (OSError, ConnectionClosed, InvalidHandshake, httpx.HTTPError, TimeoutError)
"""What a client meets while the server is not there."""


@dataclass
class Hand(hands.Hand):
    """On one connection: which marks each write holds."""

    covers: dict[int, frozenset[str]] = field(default_factory=dict)
    unacked: set[str] = field(default_factory=set)
    mark: str | None = None
    known: set[str] = field(default_factory=set)
    """Marks that the server had kept before it was killed, and was not heard to."""

    def lacks_nothing(self) -> None:
        self.known |= self.unacked

    async def send(self, update: bytes) -> int:
        """A write of one mark; else of all that the server was not heard to have."""
        self.covers[self.n + 1] = frozenset(self.unacked if self.mark is None else {self.mark})
        self.mark = None
        return await super().send(update)


@dataclass
class Editor:
    """Somebody whose document outlives his connections."""

    person: Person
    http: httpx.AsyncClient
    server: Server
    page: dict[str, Any]
    line: TcpProxy
    doc: Any = field(default_factory=Doc)
    unacked: set[str] = field(default_factory=set)
    acked: set[str] = field(default_factory=set)
    made: int = 0
    cuts: int = 0

    async def work(self, count: int) -> None:
        while self.made < count or self.unacked:
            with suppress(*AWAY):
                async with self.connected() as hand:
                    hearing = asyncio.create_task(self._hear(hand))
                    try:
                        await self._write(hand, count, hearing)
                    finally:
                        hearing.cancel()
                        await asyncio.gather(hearing, return_exceptions=True)
            self.cuts += 1
            await asyncio.sleep(0.02)

    async def _write(self, hand: Hand, count: int, hearing: "asyncio.Task[None]") -> None:
        while (self.made < count or self.unacked) and not hearing.done():
            if self.made < count:
                self.made += 1
                mark = f"{self.person.name}, {self.made}."
                self.unacked.add(mark)
                update = self._change(mark)
                hand.mark = mark
                await hand.send(update)
            await asyncio.sleep(random.random() * 0.02)

    def _change(self, mark: str) -> bytes:
        before = self.doc.get_state()
        blocks = self.doc.get("page", type=XmlFragment).children
        with self.doc.transaction():
            block = XmlElement("paragraph")
            blocks.insert(random.randint(0, len(blocks)), block)
            block.children.append(XmlText(mark))
            other = blocks[random.randint(0, len(blocks) - 1)]
            if len(other.children):
                other.children[0].insert(len(other.children[0]), "!")
        update: bytes = self.doc.get_update(before)
        return update

    async def _hear(self, hand: Hand) -> None:
        while True:
            frame = await hand.hear()
            self.acked |= hand.known
            self.unacked -= hand.known
            hand.known.clear()
            if not isinstance(frame, dict):
                continue
            assert frame["type"] != "refused", frame
            if frame["type"] == "ack":
                for n in [n for n in hand.covers if n <= frame["n"]]:
                    marks = hand.covers.pop(n)
                    self.acked |= marks
                    self.unacked -= marks

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Hand]:
        ticket = (await self.http.post(f"{self.server.direct}{API}/realtime/tickets")).raise_for_status().json()
        url = f"ws://127.0.0.1:{self.server.port}{API}/realtime/documents/{self.page['id']}"
        asked: Any = {"subprotocols": ["parvis.pages.v1"], "compression": None, "ping_interval": None}
        async with connect(url, host="127.0.0.1", port=self.line.port, max_size=None, **asked) as socket:
            hand = Hand(socket, self.doc, unacked=self.unacked)
            self.doc.get("page", type=XmlFragment)
            hello = {"type": "hello", "ticket": ticket["ticket"], "client_id": self.doc.client_id}
            await hand.say(json.dumps(hello))
            await hand.until("ready")
            await hand.say(b"\x00\x00" + lib0.sized(self.doc.get_state()))
            yield hand


@asynccontextmanager
async def editing(settings: Settings, folder: Path, **said: Any) -> AsyncIterator[tuple[Server, list[Editor]]]:
    """The first two come by one line, the others by another."""
    people = await arrive(settings, EDITORS)
    async with serving(settings, folder, **said) as server, httpx.AsyncClient(timeout=20) as http:

        async def ask(person: Person, method: str, path: str, body: Any = None) -> Any:
            head = {"authorization": f"Bearer {person.token}"}
            reply = await http.request(method, f"{server.direct}{API}{path}", json=body, headers=head)
            assert reply.is_success, reply.text
            return reply.json()

        place = await ask(people[0], "POST", "/communities", {"name": "Chantier", "access": "open"})
        for person in people[1:]:
            await ask(person, "PUT", f"/communities/{place['id']}/membership", {"charter_version": 0})
        space = await ask(people[0], "GET", f"/communities/{place['id']}/space")
        page = await ask(people[0], "POST", f"/folders/{space['folder_id']}/pages", {"name": "Journal"})
        clients = [httpx.AsyncClient(headers={"authorization": f"Bearer {one.token}"}, timeout=20) for one in people]
        try:
            async with tcp_proxy("127.0.0.1", server.port) as bad, tcp_proxy("127.0.0.1", server.port) as good:
                lines = [bad, bad, good, good, good]
                yield (
                    server,
                    [
                        Editor(one, client, server, page, line)
                        for one, client, line in zip(people, clients, lines, strict=True)
                    ],
                )
        finally:
            for client in clients:
                await client.aclose()


def _have_written(editors: list[Editor], working: "list[asyncio.Task[None]]", count: int) -> bool:
    """So many marks; or one of them has failed, which ends the test."""
    failed = any(task.done() and task.exception() for task in working)
    return failed or sum([len(editor.acked) for editor in editors]) >= count


def _doubled(marks: list[str], words: str) -> int:
    return sum(words.count(mark) - 1 for mark in marks if mark in words)


async def _parted(editors: list[Editor], working: "list[asyncio.Task[None]]", count: int) -> None:
    """The first two write on into nothing, until so many marks are made; then what they had sent is gone."""
    line = editors[0].line
    line.mute()
    await until(partial(_have_written, editors, working, count), "the others write")
    await line.cut()
    await line.start()


@pytest.mark.parametrize("dialect", databases() if IS_FULL else databases()[:1], scope="session")
async def test_a_page_is_the_same_everywhere_over_any_kill_and_broken_line(
    settings: Settings, tmp_path: Path, dialect: str, effort: Effort
) -> None:
    each, kills = effort(20, 2_000), effort(1, 10)
    async with editing(settings, tmp_path, fresh=effort.is_full) as (server, editors):
        working = [asyncio.create_task(editor.work(each)) for editor in editors]
        for kill in range(1, kills + 1):
            wanted = EDITORS * each * kill // (kills + 1)
            await until(partial(_have_written, editors, working, wanted - each // (2 * kills)), "they write")
            await _parted(editors, working, wanted)
            await server.kill()
            await server.start()
        await asyncio.gather(*working)
        assert sum(editor.cuts for editor in editors) >= kills
        states = []
        for editor in editors:
            async with editor.connected() as hand, asyncio.timeout(60):
                while not (isinstance(frame := await hand.hear(), bytes) and frame.startswith(ANSWER)):
                    pass
                states.append(hand.words)
        reply = await editors[0].http.get(f"{server.direct}{API}/pages/{editors[0].page['id']}")
        acked = [mark for editor in editors for mark in editor.acked]
        lost = [mark for mark in acked if mark not in states[0]]
        broken = f"{kills} kills, {kills} lines of two broken; {len(set(states))} text in {len(states)} documents"
        counts = (sum(editor.made for editor in editors), len(acked), len(lost), _doubled(acked, states[0]))
        say(Row(f"F14 one page, {dialect}", *counts, besides=broken))
        assert counts == (EDITORS * each, EDITORS * each, 0, 0)
        assert set(states) == {tree.text_of(reply.raise_for_status().json()["content"])}
