"""Browsers of many members: each asks now and again, over one connection, and hears what happens by a socket.

All of them are one process, whose own processor time is counted and told.
"""

import asyncio
import json
import random
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import UUID

from bench.active_world import IN_ROOM, ROOM, Known, cookie_field, session_of
from bench.fanout import Client
from parvis.accounts.actor import Actors
from parvis.kernel.ids import new_id

API = "/api/v1"
WORDS = ("bibliotheque", "salle", "projet", "stage", "examen", "groupe", "memoire", "seance", "campus", "musique")
TEXT = "Retrouvé : mon carnet de terrain de L3, avec les relevés de la dune. "


@dataclass(frozen=True)
class Act:
    """What the screens ask for one after the other, and how often of a hundred times."""

    often: int
    requests: tuple[tuple[str, str, str], ...]
    """What each is called in the table, its method and its path."""
    body: dict[str, Any] | None = None


ACTS = {
    "read home": Act(20, (("home feed", "GET", "/feed?limit=20"),)),
    "read a community": Act(
        14,
        (
            ("community", "GET", "/communities/{community}"),
            ("community wall", "GET", "/communities/{community}/posts?limit=20"),
        ),
    ),
    "read a post": Act(14, (("post", "GET", "/posts/{post}"), ("comments", "GET", "/posts/{post}/comments?limit=50"))),
    "read a room": Act(
        14,
        (
            ("conversation", "GET", "/conversations/{room}"),
            ("messages", "GET", "/conversations/{room}/messages?limit=50"),
        ),
    ),
    "look at conversations": Act(6, (("conversations", "GET", "/conversations?limit=50"),)),
    "read notifications": Act(
        7,
        (("notifications", "GET", "/notifications?limit=30"), ("unread count", "GET", "/notifications/count")),
    ),
    "search": Act(5, (("search", "GET", "/search?q={word}&limit=20"),)),
    "look at documents": Act(
        6, (("folder", "GET", "/folders/{folder}"), ("documents", "GET", "/folders/{folder}/documents?limit=50"))
    ),
    "look for people": Act(3, (("directory", "GET", "/directory?limit=24"),)),
    "write a message": Act(4, (("post message", "POST", "/conversations/{channel}/messages"),), {"text": TEXT}),
    "comment": Act(2, (("post comment", "POST", "/posts/{post}/comments"),), {"body": TEXT}),
    "write a post": Act(1, (("post to community", "POST", "/communities/{community}/posts"),), {"body": TEXT * 3}),
    "react": Act(2, (("react", "PUT", "/posts/{post}/reactions/thanks"),)),
    "mark as read": Act(2, (("mark read", "PUT", "/conversations/{channel}/read"),), {"number": 1}),
}
IN_THE_ROOM = 0.3
"""How often who is in the large room looks into it, of the times that he looks into any."""
Request = tuple[str, str, str, dict[str, Any] | None]
"""What it is called in the table, its method, path and body."""


@dataclass
class Seen:
    """Milliseconds and bytes of each answer, by what was asked; and what was not answered as it should."""

    times: dict[str, list[float]] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    acts: int = 0

    def add(self, name: str, status: int, took: float, size: int, path: str) -> None:
        self.times.setdefault(name, []).append(took * 1000)
        self.sizes.setdefault(name, []).append(size)
        if not 200 <= status < 300:
            self.wrong.append(f"{status} {path}")


@dataclass
class Browser:
    """One member, with a connection."""

    number: int
    port: int
    csrf: str
    seen: Seen
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None

    async def ask(self, name: str, method: str, path: str, body: dict[str, Any] | None = None) -> bytes:
        content = b"" if body is None else json.dumps(body).encode()
        network = f"198.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        head = (
            f"{method} {API}{path} HTTP/1.1\r\nhost: localhost:{self.port}\r\ncookie: {cookie_field(self.number)}\r\n"
        )
        head += f"accept-language: fr\r\nx-csrf-token: {self.csrf}\r\norigin: http://localhost:{self.port}\r\n"
        head += f"x-forwarded-for: {network}\r\ncontent-type: application/json\r\ncontent-length: {len(content)}\r\n"
        if method == "POST":
            head += f"idempotency-key: {new_id()}\r\n"
        began = perf_counter()
        try:
            status, answer = await self._say(head.encode() + b"\r\n" + content)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.seen.wrong.append(f"{type(error).__name__} {path}")
            return b"{}"
        self.seen.add(name, status, perf_counter() - began, len(answer), path)
        return answer

    async def _say(self, request: bytes) -> tuple[int, bytes]:
        """Over the connection of before; over a new one when the server has closed it meanwhile, as browsers do: it
        closes those that were silent for five seconds."""
        if self._writer is not None and self._reader is not None:
            with suppress(OSError, asyncio.IncompleteReadError):
                self._writer.write(request)
                return await _answer(self._reader)
            self.close()
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        self._writer.write(request)
        return await _answer(self._reader)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status, at = int(head[9:12]), head.find(b"content-length: ")
    if at < 0:
        assert status in {204, 304}, head
        return status, b""
    return status, await reader.readexactly(int(head[at + 16 : head.index(b"\r\n", at)]))


class Ear(Client):
    """A member's socket: keeps when each message of the room came."""

    def __init__(self, ticket: str, port: int, ready: asyncio.Queue[None], said: dict[bytes, float]) -> None:
        super().__init__(ticket, port, ready)
        self._said, self.late = said, list[float]()
        self.frames = 0

    def _frame(self, text: bytes, now: float) -> None:
        self.frames += 1
        at = text.find(b'"client_id":"')
        if at >= 0:
            began = self._said.get(text[at + 13 : at + 49])
            if began is not None:
                self.late.append((now - began) * 1000)
        elif b'"type":"live"' in text:
            self._ready.put_nowait(None)
        elif b'"type":"ping"' in text:
            self.say({"type": "pong"})


def csrf_tokens(secret: bytes, count: int) -> list[str]:
    actors = Actors(None, secret, None)  # type: ignore[arg-type] — it is asked for a signature alone
    return [actors.csrf_token_of(session_of(number)) for number in range(count)]


class Member:
    """What one of them does."""

    def __init__(self, browser: Browser, known: Known, draw: random.Random) -> None:
        self.browser, self._known, self._draw = browser, known, draw
        self._mine = known.communities[known.members[browser.number]]

    async def live(self, until: float, wait: tuple[float, float]) -> None:
        """One act every so many seconds, until then."""
        await asyncio.sleep(self._draw.uniform(0, wait[1]))
        acts = list(ACTS.values())
        weights = [act.often for act in acts]
        while perf_counter() < until:
            for request in self.requests(self._draw.choices(acts, weights)[0]):
                await self.browser.ask(*request)
            self.browser.seen.acts += 1
            await asyncio.sleep(self._draw.uniform(*wait))

    def requests(self, act: Act) -> list[Request]:
        """Of one of his communities, and what is in it."""
        community, channel, folder = self._draw.choice(self._mine)
        room = ROOM if self.browser.number < IN_ROOM and self._draw.random() < IN_THE_ROOM else channel
        posts = self._known.posts.get(community) or next(iter(self._known.posts.values()))
        ids = {"community": community, "channel": channel, "folder": folder, "room": room}
        ids |= {"post": self._draw.choice(posts)}
        word = self._draw.choice(WORDS)
        return [(name, method, path.format(**ids, word=word), self._body(act)) for name, method, path in act.requests]

    @staticmethod
    def _body(act: Act) -> dict[str, Any] | None:
        return message() if act.body is not None and "text" in act.body else act.body


def message() -> dict[str, Any]:
    return {"client_id": str(new_id()), "text": TEXT}


async def speak(browsers: Sequence[Browser], room: UUID, rate: float, until: float, said: dict[bytes, float]) -> None:
    """So many messages a second in a room, each of a member who waits for no answer."""
    began, number = perf_counter(), 0
    free, waiting = deque(browsers), set[asyncio.Task[Any]]()

    async def say(browser: Browser) -> None:
        body = message()
        said[body["client_id"].encode()] = perf_counter()
        await browser.ask("room message", "POST", f"/conversations/{room}/messages", body)
        free.append(browser)

    while perf_counter() < until:
        await asyncio.sleep(max(0.0, began + number / rate - perf_counter()))
        if not free:
            raise SystemExit(f"{len(browsers)} messages wait for an answer: more than this server can take")
        waiting.add(task := asyncio.create_task(say(free.popleft())))
        task.add_done_callback(waiting.discard)
        number += 1
    await asyncio.gather(*waiting)
