"""Five hundred people at work, and a thousand more who are connected and silent: how soon each is answered.

    .venv/bin/python -m bench.active_users
    .venv/bin/python scripts/services run -- .venv/bin/python -m bench.active_users --served --workers 2

The server is `parvis serve` on the university of `bench.active_world`. Each of `--users` does one of `ACTS` (see
`bench.active_client`) every five to ten seconds, each from a network of his own, and has a socket; `--idle` others have
nothing else. Meanwhile ten messages a second are said in a room of two hundred, all of whom are connected: from before
a message is sent until each of them has it is « send → seen ». The clients are one process on the same cores, whose
time is told. `--ramp` begins with 250 users and takes more until p95 of all requests is over 200 ms.

`BENCH_KEPT` names a folder that keeps the university for the next run. `--seconds` (120), `--people` (10,000).
"""

import argparse
import asyncio
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time

import orjson
import psycopg
import uvloop
from sqlalchemy import make_url

from bench.active_client import Browser, Ear, Member, Seen, csrf_tokens, speak
from bench.active_world import IN_ROOM, ROOM, Known, known
from bench.load import TICKS_PER_SECOND
from bench.writer import free_port
from parvis.kernel.migrations import migrate

SECRET = "-" * 32
PACE = 10
"""Messages a second in the room."""
WAIT = (5.0, 10.0)
WITHIN_MS = 200
RAMP_FROM, RAMP_BY = 250, 250


@dataclass
class Run:
    """What one stretch of time came to."""

    users: int
    seconds: float
    seen: Seen
    late: list[float]
    missed: int
    server_cpu: float
    store_cpu: float
    client_cpu: float
    memory: list[float] = field(default_factory=list)

    @property
    def times(self) -> list[float]:
        return sorted(took for of in self.seen.times.values() for took in of)


@dataclass
class Serving:
    """`parvis serve`, and what it stands on."""

    url: str
    port: int
    pid: int

    def cpu(self) -> float:
        return sum(_cpu_of(pid) for pid in self.pids())

    def memory(self) -> float:
        """MB that its processes hold."""
        return sum(_pages_of(pid) for pid in self.pids()) * resource.getpagesize() / 2**20

    def pids(self) -> list[int]:
        """It and what it started, to any depth."""
        found, parents = [self.pid], {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def store_cpu(self) -> float:
        """Of PostgreSQL for this database, and of Redis."""
        if self.url.startswith("sqlite"):
            return 0.0
        name = make_url(self.url).database or ""
        total = 0.0
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                said = line.read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if (said.startswith("postgres:") and name in said) or "redis-server" in said.split("\0")[0]:
                total += _cpu_of(int(line.parent.name))
        return total


def _cpu_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def _pages_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


@asynccontextmanager
async def serving(url: str, folder: Path, workers: int, served: bool) -> AsyncIterator[Serving]:
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    environment = clean | {
        "PARVIS_DATABASE_URL": url,
        "PARVIS_DATA_DIR": str(folder),
        "PARVIS_PORT": str(port),
        "PARVIS_PUBLIC_URL": f"http://localhost:{port}",
        "PARVIS_SECRET_KEY": SECRET,
        "PARVIS_TRUSTED_PROXIES": "1",
        "PARVIS_SMTP_URL": "smtp://localhost:25",
        "PARVIS_LOG_LEVEL": "warning",
    }
    if served:
        environment |= {
            "PARVIS_REDIS_URL": os.environ["PARVIS_TEST_REDIS_URL"],
            "PARVIS_STORAGE_URL": os.environ["PARVIS_TEST_S3_URL"],
            "PARVIS_STORAGE_ACCESS_KEY": os.environ["PARVIS_TEST_S3_ACCESS_KEY"],
            "PARVIS_STORAGE_SECRET_KEY": os.environ["PARVIS_TEST_S3_SECRET_KEY"],
        }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "parvis", "serve", "--workers", str(workers), env=environment
    )
    try:
        await _answering(port)
        yield Serving(url, port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _answering(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.2)
            else:
                writer.close()
                return


class Crowd:
    """All who are connected to one server."""

    def __init__(self, server: Serving, known: Known, users: int, idle: int) -> None:
        self._server, self._known, self._draw = server, known, random.Random(1284)
        self._csrf = csrf_tokens(SECRET.encode(), max(users + idle, IN_ROOM))
        self._idle, self.ears, self.said = idle, list[Ear](), dict[bytes, float]()
        self._speakers: list[Browser] = []

    def browser(self, number: int, seen: Seen) -> Browser:
        return Browser(number, self._server.port, self._csrf[number], seen)

    async def connect(self, numbers: Sequence[int]) -> None:
        """Their sockets, fifty at a time."""
        seen, ready = Seen(), asyncio.Queue[None]()
        for first in range(0, len(numbers), 50):
            some = numbers[first : first + 50]
            await asyncio.gather(*(self._listen(number, seen, ready) for number in some))
            for _ in some:
                await asyncio.wait_for(ready.get(), 60)
        assert not seen.wrong, seen.wrong[:3]

    async def _listen(self, number: int, seen: Seen, ready: asyncio.Queue[None]) -> None:
        browser = self.browser(number, seen)
        answer = orjson.loads(await browser.ask("ticket", "POST", "/realtime/tickets", {}))
        browser.close()
        port, loop = self._server.port, asyncio.get_running_loop()
        _, ear = await loop.create_connection(lambda: Ear(answer["ticket"], port, ready, self.said), "127.0.0.1", port)
        self.ears.append(ear)

    async def work(self, users: int, seconds: float) -> Run:
        seen = Seen()
        members = [Member(self.browser(n, seen), self._known, random.Random(n)) for n in range(users)]
        speakers = [self.browser(number, seen) for number in range(IN_ROOM)]
        warm = perf_counter() + WAIT[1]
        until = warm + seconds
        self.said.clear()
        alive = [asyncio.create_task(member.live(until, WAIT)) for member in members]
        await asyncio.sleep(WAIT[1])
        seen.times.clear(), seen.sizes.clear(), seen.wrong.clear()
        seen.acts = 0
        for ear in self.ears:
            ear.late.clear()
        before = (self._server.cpu(), self._server.store_cpu(), process_time(), perf_counter())
        memory = asyncio.create_task(self._memory(until))
        await speak(speakers, ROOM, PACE, until, self.said)
        after = (self._server.cpu(), self._server.store_cpu(), process_time(), perf_counter())
        await asyncio.gather(*alive)
        await asyncio.sleep(1)
        late = sorted(took for ear in self.ears for took in ear.late)
        missed = len(self.said) * IN_ROOM - len(late)
        server, store, client, took = (b - a for a, b in zip(before, after, strict=True))
        for one in (*[member.browser for member in members], *speakers):
            one.close()
        return Run(users, took, seen, late, missed, server, store, client, await memory)

    async def _memory(self, until: float) -> list[float]:
        found = []
        while perf_counter() < until:
            found.append(self._server.memory())
            await asyncio.sleep(2)
        return found


def percentile(ordered: Sequence[float], percent: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def slope(memory: Sequence[float]) -> float:
    """MB a minute, by least squares over the second half: the first still fills what is kept on purpose."""
    half = memory[len(memory) // 2 :]
    n = len(half)
    if n < 3:
        return 0.0
    middle, mean = (n - 1) / 2, sum(half) / n
    rise = sum((at - middle) * (held - mean) for at, held in enumerate(half))
    return rise / sum((at - middle) ** 2 for at in range(n)) * 30


def told(run: Run, idle: int) -> None:
    times, answers = run.times, len(run.times)
    print(
        f"{run.users} users ({run.seen.acts / run.seconds:.1f} acts/s, {answers / run.seconds:.1f} requests/s), {idle} "
        f"idle sockets more, {run.seconds:.0f} s"
    )
    print(f"{'':<20}{'asked':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'kB':>8}")
    for name, of in sorted(run.seen.times.items(), key=lambda item: -percentile(sorted(item[1]), 95)):
        ordered, size = sorted(of), sum(run.seen.sizes[name]) / len(of) / 1000
        figures = "".join(f"{percentile(ordered, percent):>9.1f}" for percent in (50, 95, 99))
        print(f"{name:<20}{len(of):>7}{figures}{size:>8.1f}")
    figures = "".join(f"{percentile(times, percent):>9.1f}" for percent in (50, 95, 99))
    print(f"{'all':<20}{answers:>7}{figures}   promised: p95 200, p99 500")
    figures = "".join(f"{percentile(run.late, percent):>9.1f}" for percent in (50, 95, 99))
    print(f"{'send → seen':<20}{len(run.late):>7}{figures}   promised: p95 250; {run.missed} not seen")
    errors = len(run.seen.wrong) / max(1, answers) * 100
    print(f"errors {len(run.seen.wrong)} ({errors:.3f} %; promised: under 0.1) {sorted(set(run.seen.wrong))[:3] or ''}")
    cpu = f"server {run.server_cpu:.1f}"
    cpu += f", store {run.store_cpu:.1f}" if run.store_cpu else ""
    there_were = run.seconds * len(os.sched_getaffinity(0))
    each = (run.server_cpu + run.store_cpu) / answers * 1000
    print(f"CPU seconds: {cpu}, clients {run.client_cpu:.1f}, of {there_were:.0f} there were; {each:.1f} ms a request")
    risen = slope(run.memory)
    print(f"memory: {max(run.memory):.0f} MB at most (promised: 1,000), {risen:+.2f} MB a minute", flush=True)


async def world(url: str, people: int) -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.active_world", url, str(people))
    assert await process.wait() == 0


async def main(given: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(os.environ.get("BENCH_KEPT", made))
        async with database(folder, Path(made), given) as url:
            found = known(url, given.users)
            data = Path(made) / "data"
            async with serving(url, data, given.workers, given.served) as server:
                crowd = Crowd(server, found, given.users, given.idle)
                numbers = range(max(given.users + given.idle, IN_ROOM))
                began = perf_counter()
                await crowd.connect(numbers)
                print(f"{len(crowd.ears)} sockets in {perf_counter() - began:.0f} s, {server.memory():.0f} MB")
                if not given.ramp:
                    told(await crowd.work(given.users, given.seconds), given.idle)
                    return
                for users in range(RAMP_FROM, given.users + 1, RAMP_BY):
                    run = await crowd.work(users, given.seconds)
                    told(run, given.idle)
                    if percentile(run.times, 95) > WITHIN_MS:
                        return


@asynccontextmanager
async def database(kept: Path, folder: Path, given: argparse.Namespace) -> AsyncIterator[str]:
    """A copy of the university, so that each run begins with the same."""
    if not given.served:
        made = kept / f"active-{given.people}.db"
        if not made.exists():
            await world(f"sqlite:///{made}", given.people)
        shutil.copy(made, folder / "active.db")
        copied = f"sqlite:///{folder / 'active.db'}"
        migrate(copied)  # It may have been kept by an earlier version.
        yield copied
        return
    server = make_url(os.environ["PARVIS_TEST_POSTGRES_URL"])
    shown = server.set(drivername="postgresql").render_as_string(hide_password=False)
    name, copy = f"active_{given.people}", f"active_copy_{os.getpid()}"
    with psycopg.connect(shown, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {name}")
            await world(server.set(database=name).render_as_string(hide_password=False), given.people)
        connection.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        try:
            copied = server.set(database=copy).render_as_string(hide_password=False)
            migrate(copied)
            yield copied
        finally:
            connection.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--idle", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--served", action="store_true", help="PostgreSQL, Redis and S3 of scripts/services")
    parser.add_argument("--ramp", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    uvloop.run(main(arguments()))
