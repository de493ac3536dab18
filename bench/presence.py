"""What people who look and write cost as more of them are connected: they tell each other, not everybody.

    .venv/bin/python -m bench.presence

So many members are connected; fifty look at each wall, or at each conversation, and each says once in ten seconds that
he writes, which the others there are told. The server's processor time for each member must not grow with how many are
connected.
Clients are one other process, which counts what each is told: each typing once to each other of the wall, to nobody
else. `BENCH_CONNECTED` (500,1000,2000,5000), `BENCH_WHERE` (walls,rooms), `BENCH_SECONDS` (30), `BENCH_RUNS` (1).
"""

import asyncio
import json
import os
import resource
import time
from collections import Counter
from statistics import median
from typing import Any

from bench.crowd import room_of
from bench.fanout import TOGETHER, Client, Server

CONNECTED = [int(number) for number in os.environ.get("BENCH_CONNECTED", "500,1000,2000,5000").split(",")]
WHERE = os.environ.get("BENCH_WHERE", "walls,rooms").split(",")
SECONDS = int(os.environ.get("BENCH_SECONDS", "30"))
RUNS = int(os.environ.get("BENCH_RUNS", "1"))
ON_A_WALL = 50
EVERY = 10
"""Seconds between two times that one writes."""
PATIENCE = 600


class Writer(Client):
    """Looks at a wall, and counts who is said to write there."""

    def __init__(self, ticket: str, port: int, ready: asyncio.Queue[None]) -> None:
        super().__init__(ticket, port, ready)
        self.told: Counter[str] = Counter()

    def _frame(self, text: bytes, now: float) -> None:
        if b'"kind":"typing"' in text:
            self.told[json.loads(text)["member_ids"][0]] += 1
        elif text.startswith(b'{"type":"ping"'):
            self.say({"type": "pong"})
        elif text.startswith((b'{"type":"live"', b'{"type":"ok"')):
            self._ready.put_nowait(None)
        assert not text.startswith((b'{"type":"bye"', b'{"type":"err"')), text


def looks_at(where: str, first: int) -> dict[str, str]:
    """What those look at of whom the first has this number."""
    if where == "rooms":
        return {"topic": f"conversation:{room_of(first)}"}
    return {"topic": "square", "about": f"post:{first:08x}-0000-7000-8000-000000000000"}


async def come(server: Server, ready: asyncio.Queue[None], count: int, where: str) -> list[Writer]:
    """All are live, and look where they look."""
    loop, writers = asyncio.get_running_loop(), list[Writer]()
    for first in range(0, count, TOGETHER):
        for ticket in await server.asks("tickets", min(TOGETHER, count - first)):
            _, writer = await loop.create_connection(
                lambda t=ticket: Writer(t, server.port, ready), "127.0.0.1", server.port
            )
            writers.append(writer)
        await all_of(ready, len(writers) - first)
    for first in range(0, count, ON_A_WALL):
        for writer in writers[first : first + ON_A_WALL]:
            writer.say({"type": "view", **looks_at(where, first), "ref": "w"})
        await all_of(ready, len(writers[first : first + ON_A_WALL]))
    return writers


async def all_of(ready: asyncio.Queue[None], count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        for _ in range(count):
            await ready.get()


async def write(writers: list[Writer], rounds: int) -> None:
    """Each in turn, spread over the seconds between two times."""
    began, step = time.monotonic(), EVERY / len(writers)
    for number in range(rounds * len(writers)):
        await asyncio.sleep(max(0.0, began + number * step - time.monotonic()))
        writers[number % len(writers)].say({"type": "typing"})


async def heard(writers: list[Writer], rounds: int) -> None:
    """Raises when somebody was not told of each of the others each time, or of anybody else."""
    due = [min(ON_A_WALL, len(writers) - at // ON_A_WALL * ON_A_WALL) - 1 for at in range(len(writers))]
    async with asyncio.timeout(60):
        while any(sum(one.told.values()) < rounds * others for one, others in zip(writers, due, strict=True)):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    right = [
        len(one.told) == others and set(one.told.values()) == {rounds} for one, others in zip(writers, due, strict=True)
    ]
    assert all(right), f"{right.count(False)} of {len(writers)} were not told once of each time another wrote"


async def run_of(count: int, where: str) -> dict[str, float]:
    server = await Server("parvis").start()
    try:
        await server.asks("people", count)
        ready: asyncio.Queue[None] = asyncio.Queue()
        writers, rounds = await come(server, ready, count, where), SECONDS // EVERY
        idle = await used(server, asyncio.sleep(SECONDS))
        for writer in writers:
            writer.told.clear()
        busy = await used(server, write(writers, rounds))
        await heard(writers, rounds)
        return {"idle": idle * 1000 / SECONDS / count, "busy": busy * 1000 / SECONDS / count, "share": busy / SECONDS}
    finally:
        await server.stop()


async def used(server: Server, while_: Any) -> float:
    """Seconds of the server's processor."""
    before = (await server.asks("cpu"))["cpu"]
    await while_
    return float((await server.asks("cpu"))["cpu"] - before)


async def main() -> None:
    print(f"CPU of the server in ms a second for each member, who writes every {EVERY} s; fifty look at each place;")
    print(f"  median of {RUNS}; 0 lost, doubled or told to others", flush=True)
    for where in WHERE:
        found: dict[int, list[float]] = {}
        for count in CONNECTED:
            runs = [await run_of(count, where) for _ in range(RUNS)]
            one = {name: median(run[name] for run in runs) for name in runs[0]}
            found[count] = [run["busy"] for run in runs]
            print(
                f"  {where}, {count:6,} connected: silent {one['idle']:.4f}, writing {one['busy']:.4f}; "
                f"{one['share']:.0%} of a core",
                flush=True,
            )
        first, last = CONNECTED[0], CONNECTED[-1]
        ratio = median(found[last]) / median(found[first])
        print(f"  for each member, {last:,} to {first:,}: {ratio:.2f} (aim at most 1.2)", flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    asyncio.run(main())
