"""One event to 1,000 sockets: what Parvis says in a second of processor, beside what nothing but the sockets costs.

    .venv/bin/python -m bench.fanout

Limits of the same run: `websockets.broadcast()`, uvicorn with `send_text`, uvicorn with the frame written to each
connection. Parvis does what they do not: each event is committed to the database before it is told, and told by who may
hear it. Clients are one other process, which counts each event on each socket. Then memory for each idle socket.
`BENCH_SOCKETS` (1,000), `BENCH_EVENTS` (300), `BENCH_RUNS` (3), `BENCH_IDLE` (5,000).
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
RUNS = int(os.environ.get("BENCH_RUNS", "3"))
IDLE = int(os.environ.get("BENCH_IDLE", "5000"))
PACE, PACED = 10, 50
KINDS = ("broadcast", "send_text", "framed", "parvis")
VERSION = b'"version":'
TOGETHER = 100


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
            self._hello()
        self._frames(time.monotonic())

    def _hello(self) -> None:
        text = json.dumps({"type": "hello", "ticket": self._ticket}).encode()
        self._transport.write(bytes([0x81, 0x80 | len(text)]) + bytes(4) + text)  # Masked by zeros.

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
    return {"per_second": EVENTS * len(clients) / took, "per_cpu": EVENTS * len(clients) / used}


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
        clients = await server.connect(SOCKETS)
        await burst(server, clients)  # To warm up.
        return await burst(server, clients) | await paced(server, clients)
    finally:
        await server.stop()


async def idle(kind: str) -> float:
    """Kilobytes of the server for each socket that says nothing."""
    server = await Server(kind).start()
    try:
        await server.connect(TOGETHER)
        before = (await server.asks("cpu"))["kilobytes"]
        await server.connect(IDLE)
        return ((await server.asks("cpu"))["kilobytes"] - before) / IDLE
    finally:
        await server.stop()


async def main() -> None:
    runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    for _ in range(RUNS):
        for kind in KINDS:
            runs[kind].append(await run_of(kind))
    print(f"{SOCKETS} sockets, {EVENTS} events of 250 bytes, median of {RUNS}; 0 lost, doubled or out of order")
    result = {kind: {name: median(run[name] for run in of) for name in of[0]} for kind, of in runs.items()}
    for kind, found in result.items():
        print(
            f"  {kind:>9}: {found['per_second']:8,.0f} deliveries/s {found['per_cpu']:8,.0f} per CPU-s"
            f"   paced p50 {found['p50']:5.1f} p99 {found['p99']:5.1f} ms"
        )
    ours = result["parvis"]
    print(f"  per CPU-s, to broadcast(): {ours['per_cpu'] / result['broadcast']['per_cpu']:.2f} (aim 0.8)")
    print(f"  deliveries/s, to send_text: {ours['per_second'] / result['send_text']['per_second']:.2f} (aim 0.8)")
    print(f"  paced p99, to framed once: {ours['p99'] / result['framed']['p99']:.2f} (aim at most 1.5)")
    if IDLE:
        for kind in ("framed", "parvis"):
            print(f"  {kind:>9}: {await idle(kind):.1f} kB for each of {IDLE:,} idle sockets")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(main())
