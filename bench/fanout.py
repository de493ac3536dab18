"""One event to 1,000 sockets: what Parvis says in a second of processor, beside what nothing but the sockets costs.

    .venv/bin/python -m bench.fanout

Limits of the same run: `websockets.broadcast()`, uvicorn with `send_text`, uvicorn with the frame written to each
connection. Parvis does what they do not: each event is committed to the database before it is told, and told by who may
hear it. Clients are one other process, which counts each event on each socket. Then memory for each idle socket.
`BENCH_SOCKETS` (1,000), `BENCH_EVENTS` (300), `BENCH_RUNS` (5), `BENCH_IDLE` (5,000; 0: leave memory out). A short run:
`BENCH_SOCKETS=200 BENCH_EVENTS=100 BENCH_RUNS=1 BENCH_IDLE=500`.
"""

import asyncio
import base64
import json
import os
import resource
import sys
import time
from array import array
from statistics import median
from typing import Any

SOCKETS = int(os.environ.get("BENCH_SOCKETS", "1000"))
EVENTS = int(os.environ.get("BENCH_EVENTS", "300"))
RUNS = int(os.environ.get("BENCH_RUNS", "5"))
IDLE = int(os.environ.get("BENCH_IDLE", "5000"))
PACE, PACED = 10, 50
KINDS = ("broadcast", "send_text", "framed", "parvis")
VERSION = b'"version":'
TOGETHER = 100
FIRST = 1_000
"""Idle sockets before the memory of further ones is looked at: what the server has left over is then taken."""


class Client(asyncio.Protocol):
    """Reads frames of the server, and keeps when each event came. What it says is one hello."""

    def __init__(self, ticket: str, port: int, ready: asyncio.Queue[None]) -> None:
        self._ticket, self._port, self._ready = ticket, port, ready
        self._read, self._is_open = bytearray(), False
        self.versions, self.times = array("l"), array("d")
        self.closed = False

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        host = f"localhost:{self._port}"
        fields = [
            *("GET /api/v1/realtime HTTP/1.1", f"Host: {host}", f"Origin: http://{host}", "Upgrade: websocket"),
            *("Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"),
            *("Sec-WebSocket-Protocol: parvis.v1", "", ""),
        ]
        transport.write("\r\n".join(fields).encode())

    def data_received(self, data: bytes) -> None:
        self._read += data
        if not self._is_open:
            end = self._read.find(b"\r\n\r\n")
            if end < 0:
                return
            assert self._read.startswith(b"HTTP/1.1 101"), bytes(self._read[:200])
            del self._read[: end + 4]
            self._is_open = True
            self.say(self.hello())
        self._frames(time.monotonic())

    def hello(self) -> dict[str, Any]:
        return {"type": "hello", "ticket": self._ticket}

    def say(self, frame: dict[str, Any]) -> None:
        """Masked by zeros."""
        text = json.dumps(frame).encode()
        size = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2)
        self._transport.write(b"\x81" + size + bytes(4) + text)

    def cut(self) -> None:
        self._transport.abort()

    def _frames(self, now: float) -> None:
        read, at = self._read, 0
        while len(read) - at >= 4:
            size, head = read[at + 1], 2
            if size == 126:
                size, head = int.from_bytes(read[at + 2 : at + 4]), 4
            if len(read) - at < head + size:
                break
            self._frame(bytes(read[at + head : at + head + size]), now)
            at += head + size
        del read[:at]

    def _frame(self, text: bytes, now: float) -> None:
        found = text.find(VERSION)
        if found >= 0:
            digits = text[found + len(VERSION) :].lstrip()
            self.versions.append(int(digits[: digits.index(b"}")]))
            self.times.append(now)
        elif b'"live"' in text:
            self._ready.put_nowait(None)

    def connection_lost(self, _error: Exception | None) -> None:
        self.closed = True


class Server:
    """One of `bench.fanout_server`, in a process of its own."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    async def start(self) -> "Server":
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.fanout_server", self.kind), stdin=pipe, stdout=pipe, limit=2**22
        )
        self.port = (await self._answer())["port"]
        return self

    async def asks(self, *words: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write((" ".join(map(str, words)) + "\n").encode())
        return await self._answer()

    async def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(await self._process.stdout.readline())

    async def stop(self) -> None:
        self._process.kill()
        await self._process.wait()

    async def connect(self, count: int) -> list[Client]:
        loop, ready, clients = asyncio.get_running_loop(), asyncio.Queue[None](), list[Client]()
        for first in range(0, count, TOGETHER):
            some = await self.asks("tickets", min(TOGETHER, count - first))
            for ticket in some:
                _, client = await loop.create_connection(
                    lambda t=ticket: Client(t, self.port, ready), "127.0.0.1", self.port
                )
                clients.append(client)
            for _ in some:
                await asyncio.wait_for(ready.get(), 60)
        return clients


async def burst(server: Server, clients: list[Client]) -> dict[str, float]:
    """As fast as it can: deliveries a second, and in a second of the server's processor."""
    for client in clients:
        client.versions, client.times = array("l"), array("d")
    before, began = await server.asks("cpu"), time.monotonic()
    await server.asks("say", EVENTS, 0)
    await heard(clients, EVENTS)
    took = max(client.times[-1] for client in clients) - began
    used = (await server.asks("cpu"))["cpu"] - before["cpu"]
    said = EVENTS * len(clients)
    return {"per_second": said / took, "per_cpu": said / used, "event_ms": used / EVENTS * 1000}


async def paced(server: Server, clients: list[Client]) -> dict[str, float]:
    """Ten events a second: milliseconds from saying to hearing."""
    for client in clients:
        client.versions, client.times = array("l"), array("d")
    said = await server.asks("say", PACED, PACE)
    await heard(clients, PACED)
    late = sorted((at - said[v]) * 1000 for c in clients for v, at in zip(c.versions, c.times, strict=True))
    return {"p50": late[len(late) // 2], "p99": late[int(len(late) * 0.99)]}


async def heard(clients: list[Client], count: int) -> None:
    """Until everybody has heard all. Raises when something was lost, doubled or out of order."""
    async with asyncio.timeout(120):
        while any(len(client.versions) < count and not client.closed for client in clients):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    wrong = sum(client.versions.tolist() != list(range(count)) for client in clients)
    assert not wrong, f"{wrong} of {len(clients)} sockets did not hear each event once, in order"


async def run_of(kind: str) -> dict[str, float]:
    server = await Server(kind).start()
    try:
        await server.asks("people", SOCKETS // 10)
        clients = await server.connect(SOCKETS)
        await burst(server, clients)  # To warm up.
        return await burst(server, clients) | await paced(server, clients)
    finally:
        await server.stop()


async def idle(kind: str) -> float:
    """Kilobytes of the server for each socket that says nothing, each of another member."""
    server = await Server(kind).start()
    try:
        await server.asks("people", FIRST + IDLE)
        await server.connect(FIRST)
        before = (await server.asks("cpu"))["kilobytes"]
        await server.connect(IDLE)
        return ((await server.asks("cpu"))["kilobytes"] - before) / IDLE
    finally:
        await server.stop()


async def main() -> None:
    runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for turn in range(RUNS):  # Each time another comes first: what else the machine does is shared out.
        for kind in KINDS[turn % len(KINDS) :] + KINDS[: turn % len(KINDS)]:
            runs[kind].append(await run_of(kind))
    print(f"{SOCKETS} sockets, {EVENTS} events of 250 bytes, median of {RUNS}; 0 lost, doubled or out of order")
    for kind, of in runs.items():
        found = {name: median(run[name] for run in of) for name in of[0]}
        print(
            f"  {kind:>9}: {found['per_second']:8,.0f} deliveries/s {found['per_cpu']:8,.0f} per CPU-s"
            f" {found['event_ms']:6.2f} CPU ms an event   paced p50 {found['p50']:5.1f} p99 {found['p99']:5.1f} ms"
        )
    compare("per CPU-s, to broadcast()", runs, "per_cpu", "broadcast", "at least 0.8")
    compare("deliveries/s, to send_text", runs, "per_second", "send_text", "at least 0.8")
    compare("paced p99, to framed once", runs, "p99", "framed", "at most 1.5")
    if IDLE:
        for kind in ("framed", "parvis"):
            print(f"  {kind:>9}: {await idle(kind):.1f} kB for each of {IDLE:,} idle sockets")


def compare(what: str, runs: dict[str, list[dict[str, float]]], name: str, limit: str, aim: str) -> None:
    """Parvis beside a limit of the same turn, turn by turn."""
    ratios = sorted(ours[name] / bare[name] for ours, bare in zip(runs["parvis"], runs[limit], strict=True))
    each = " ".join(f"{ratio:.2f}" for ratio in ratios)
    print(f"  {what}: {median(ratios):.2f} (aim {aim}; turns {each})")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(main())
