"""A thousand members who are cut off together: when each hears again what happens, and what the others feel of it.

    .venv/bin/python -m bench.reconnect

Each asks for a ticket over HTTP, opens a socket and says how far it had heard, half a second to a second after it was
cut, as the browser does; the server has forgotten them all. Meanwhile events are committed, and others ask the API.
Beside it the limit: bare uvicorn, which hands out tickets and lets everybody in, knowing nothing. Clients are one other
process; each must have heard each event once and in order. `BENCH_SOCKETS` (1,000), `BENCH_RATE` (5 events a second),
`BENCH_RUNS` (3).
"""

import asyncio
import json
import os
import random
import resource
import time
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from bench.fanout import Client, Server

SOCKETS = int(os.environ.get("BENCH_SOCKETS", "1000"))
RATE = int(os.environ.get("BENCH_RATE", "5"))
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
WAIT = (0.5, 1.0)
"""Seconds until a browser that was cut comes back: at least the first, at most the second."""
ASKING = 4
ASKED = ("/api/v1/session", "/api/v1/feed", "/api/v1/notifications/count", "/api/v1/me/profile")
PATIENCE = 240


class Ear(Client):
    """Keeps how far it has heard, over all its sockets."""

    def __init__(self, ticket: str, port: int, ready: asyncio.Queue[None], back: "Browser") -> None:
        super().__init__(ticket, port, ready)
        self._back = back

    def hello(self) -> dict[str, Any]:
        return {"type": "hello", "ticket": self._ticket, "since": self._back.cursor}

    def _frame(self, text: bytes, now: float) -> None:
        frame = json.loads(text)
        items = frame["items"] if frame["type"] == "events" else [frame["event"]] if frame["type"] == "event" else []
        for event in items:
            self._back.cursor = event["id"]
            self._back.versions.append(event["data"]["version"])
        if frame["type"] == "live":
            self._back.cursor = self._back.cursor or frame["cursor"]
            self._back.live_at = now
            self._ready.put_nowait(None)
        elif frame["type"] == "ping":
            self.say({"type": "pong"})
        assert frame["type"] not in {"bye", "resync"}, frame


@dataclass
class Browser:
    """One member: what he has heard, how often he came in."""

    headers: str
    port: int
    cursor: str | None = None
    versions: list[int] = field(default_factory=list)
    live_at: float = 0.0
    ear: Ear | None = None

    async def come(self, ready: asyncio.Queue[None]) -> None:
        status, answer = await ask(self.port, "POST", "/api/v1/realtime/tickets", self.headers)
        assert status == 201, answer
        loop, ticket = asyncio.get_running_loop(), json.loads(answer)["ticket"]
        _, self.ear = await loop.create_connection(lambda: Ear(ticket, self.port, ready, self), "127.0.0.1", self.port)

    async def come_back(self, ready: asyncio.Queue[None]) -> None:
        await asyncio.sleep(random.uniform(*WAIT))
        await self.come(ready)

    def cut(self) -> None:
        assert self.ear is not None
        self.ear.cut()


async def ask(port: int, method: str, path: str, headers: str) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{method} {path} HTTP/1.1\r\nhost: localhost:{port}\r\n{headers}content-length: 0\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    size = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    body = await reader.readexactly(size)
    writer.close()
    return int(head[9:12]), body


@dataclass
class Crowd:
    """Everybody of one server."""

    server: Server
    browsers: list[Browser] = field(default_factory=list)
    others: list[Browser] = field(default_factory=list)

    async def come(self) -> None:
        await self.server.asks("people", SOCKETS + ASKING)
        known = [
            Browser("".join(f"{name}: {value}\r\n" for name, value in one.items()), self.server.port)
            for one in await self.server.asks("browsers", SOCKETS + ASKING)
        ]
        self.browsers, self.others = known[:SOCKETS], known[SOCKETS:]
        for first in range(0, SOCKETS, 50):
            await self._in(self.browsers[first : first + 50], Browser.come)

    async def come_back(self) -> float:
        """All are cut off. Seconds until the last is live again."""
        began = time.monotonic()
        for browser in self.browsers:
            browser.cut()
        await self._in(self.browsers, Browser.come_back)
        return max(browser.live_at for browser in self.browsers) - began

    async def _in(self, browsers: list[Browser], come: Any) -> None:
        ready: asyncio.Queue[None] = asyncio.Queue()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(come(browser, ready) for browser in browsers))
            for _ in browsers:
                await ready.get()

    async def heard(self, count: int) -> None:
        """Raises when somebody missed something, or heard it twice or out of order."""
        async with asyncio.timeout(PATIENCE):
            while any(len(browser.versions) < count for browser in self.browsers):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        wrong = sum(browser.versions != list(range(count)) for browser in self.browsers)
        assert not wrong, f"{wrong} of {len(self.browsers)} did not hear each event once, in order"


async def answers(browser: Browser, took: list[float]) -> None:
    """Asks the API now and again, until it is cancelled."""
    while True:
        for path in ASKED:
            began = time.monotonic()
            status, _ = await ask(browser.port, "GET", path, browser.headers)
            assert status == 200, (path, status)
            took.append(time.monotonic() - began)
            await asyncio.sleep(0.1)


def p95(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.95)] * 1000 if took else 0.0


async def run_of(kind: str) -> dict[str, float]:
    server = await Server(kind).start()
    try:
        crowd, took = Crowd(server), list[float]()
        await crowd.come()
        asking = [asyncio.create_task(answers(one, took)) for one in crowd.others if kind == "parvis"]
        await asyncio.sleep(3)
        calm, said = p95(took), 0
        if kind == "parvis":
            said = await server.asks("talk", RATE)
            await asyncio.sleep(1)
            await server.asks("forget")
        took.clear()
        before = await server.asks("cpu")
        seconds = await crowd.come_back()
        after, busy = await server.asks("cpu"), p95(took)
        result = {"seconds": seconds, "ms": (after["cpu"] - before["cpu"]) * 1000 / SOCKETS, "calm": calm, "busy": busy}
        if kind == "parvis":
            said = await server.asks("hush")
            await crowd.heard(said)
            for name in ("resume", "all"):
                result[name] = (after["statements"][name] - before["statements"][name]) / SOCKETS
        for task in asking:
            task.cancel()
        for task in asking:
            assert task.cancelled() or not task.done() or task.exception() is None
        return result | {"said": said}
    finally:
        await server.stop()


async def main() -> None:
    runs: dict[str, list[dict[str, float]]] = {"send_text": [], "parvis": []}
    for _ in range(RUNS):
        for kind, of in runs.items():
            of.append(await run_of(kind))
    found = {kind: {name: median(run[name] for run in of) for name in of[0]} for kind, of in runs.items()}
    ours, bare = found["parvis"], found["send_text"]
    print(f"{SOCKETS} cut off together, median of {RUNS}; {ours['said']:.0f} events, 0 missed, doubled or out of order")
    print(f"  all live again: {ours['seconds']:.1f} s (aim 30; bare uvicorn {bare['seconds']:.1f})")
    print(
        f"  CPU of the server, each: {ours['ms']:.1f} ms (bare uvicorn {bare['ms']:.1f}: {ours['ms'] / bare['ms']:.1f})"
    )
    print(f"  the API meanwhile, p95: {ours['busy']:.0f} ms (aim 1,000; before {ours['calm']:.0f})")
    print(f"  statements to resume, each: {ours['resume']:.2f} (aim 3); in all, with its ticket: {ours['all']:.2f}")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(main())
