"""Real processes of `parvis serve`, which a test kills, freezes, stops and starts again."""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from subprocess import Popen
from time import monotonic, process_time
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families as metrics_in
from prometheus_client.samples import Sample
from websockets.asyncio.client import connect

from parvis import app as read_ahead  # noqa: F401 — what a forked server would read first
from parvis.cli import cli
from parvis.kernel.clock import clock_set_to
from parvis.kernel.config import Settings

from .clocks import Clock

PROTOCOL: Any = {"subprotocols": ["parvis.v1"], "compression": None, "ping_interval": None}
"""How a socket is opened."""
BURNT = 0.2
"""Seconds of a processor, to see how long they take."""
ESTABLISHED = "01"
"""State of a connection, as the system writes it."""
PATIENCE = 300.0
"""Seconds until something that must happen counts as not happening, on a machine that does other things too."""


async def until(happened: Callable[[], bool | Awaitable[bool]], what: str, patience: float = PATIENCE) -> float:
    """Waits for a condition, and returns after how many seconds it held. Fails by name."""
    began = monotonic()
    while monotonic() - began < patience:
        found = happened()
        if found if isinstance(found, bool) else await found:
            return monotonic() - began
        await asyncio.sleep(0.01)
    raise AssertionError(f"not within {patience:.0f} s: {what}")


def allowed(seconds: float) -> float:
    """As many on a machine of our own; beside other work, longer by as much as a processor keeps us waiting now."""
    began, used = monotonic(), process_time()
    while process_time() - used < BURNT:
        pass
    return seconds * max(1.0, (monotonic() - began) / BURNT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


forks = get_context("forkserver")
forks.set_forkserver_preload(["tests.faults.servers"])


def command(words: list[str], environment: dict[str, str], log: str, reads: Clock | None) -> None:
    """Is `parvis …` in a process that has read the program already: it takes longest of a start, and breaks nothing."""
    kept = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(kept, stream)
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["parvis", *words]
    with clock_set_to(reads) if reads else nullcontext():
        cli()


@dataclass(frozen=True)
class Process:
    """One that runs, or ran."""

    pid: int
    code: Callable[[], int | None]
    """None while it runs."""

    @classmethod
    def forked(cls, words: list[str], environment: dict[str, str], log: Path, reads: Clock | None = None) -> "Process":
        process = forks.Process(target=command, args=(words, environment, str(log), reads))
        process.start()
        assert process.pid is not None
        return cls(process.pid, lambda: process.exitcode)

    @classmethod
    def fresh(cls, words: list[str], environment: dict[str, str], log: Path) -> "Process":
        return cls.of([sys.executable, "-m", "parvis", *words], environment, log)

    @classmethod
    def of(cls, command: list[str], environment: dict[str, str], log: Path) -> "Process":
        """Any program."""
        with log.open("ab") as output:
            process = Popen(command, env={**os.environ, **environment}, stdout=output, stderr=output)
        return cls(process.pid, process.poll)

    async def wait(self) -> int:
        """Returns its exit code."""
        await until(lambda: self.code() is not None, "the process ended")
        return self.code() or 0


@dataclass
class Server:
    """One process, or the place where it will be again. `public_url`: where people reach it, if through something;
    `fresh`: it reads the program anew at each start; `clock`: what it takes for the time, unless it is fresh."""

    settings: Settings
    folder: Path
    port: int = field(default_factory=free_port)
    public_url: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    fresh: bool = False
    clock: Clock | None = None
    process: Process | None = None

    @property
    def direct(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return self.public_url or self.direct

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def start(self) -> float:
        """Returns after how many seconds it was ready."""
        began = monotonic()
        if self.fresh:
            self.process = Process.fresh(["serve"], self.environment(), self._log)
        else:
            self.process = Process.forked(["serve"], self.environment(), self._log, self.clock)
        async with httpx.AsyncClient(timeout=5) as http:
            await until(lambda: self._is_ready(http), "the server is ready")
        return monotonic() - began

    async def _is_ready(self, http: httpx.AsyncClient) -> bool:
        assert self.process is not None
        assert self.process.code() is None, self.words()[-3000:]
        with suppress(httpx.TransportError):
            return (await http.get(f"{self.direct}/health/ready")).status_code == 200
        return False

    def environment(self) -> dict[str, str]:
        """What the processes of one house share, and where this one listens, behind a proxy that says who asks."""
        settings = self.settings
        return {
            "PARVIS_DATA_DIR": str(settings.data_dir),
            "PARVIS_DATABASE_URL": settings.database_url,
            "PARVIS_SECRET_KEY": settings.secret_key.get_secret_value(),
            "PARVIS_SMTP_URL": settings.smtp_url.get_secret_value() if settings.smtp_url else "",
            "PARVIS_PORT": str(self.port),
            "PARVIS_PUBLIC_URL": self.url,
            "PARVIS_TRUSTED_PROXIES": "1",
            **self.variables,
        }

    @property
    def _log(self) -> Path:
        return self.folder / f"server-{self.port}.log"

    def words(self) -> str:
        """All that it logged."""
        return self._log.read_text(errors="replace")

    async def command(self, *words: str) -> int:
        """Another command of the same house, in a process of its own. Returns its exit code."""
        return await Process.forked(list(words), self.environment(), self._log).wait()

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    async def freeze(self) -> None:
        """Until it is told SIGCONT. What a thread of it had the system do is done then, and nothing more is begun."""
        self.send(signal.SIGSTOP)
        await until(lambda: all(state == "T" for state in self._states()), "all of its threads stand still")

    def _states(self) -> list[str]:
        """Of its threads (proc(5))."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/stat")
        return [thread.read_text().rpartition(")")[2].split()[0] for thread in threads]

    async def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None and self.process.code() is None:
            self.send(signal.SIGKILL)
            await self.process.wait()

    async def end(self) -> float:
        """Tells it to stop. Returns after how many seconds it had."""
        began = monotonic()
        assert self.process is not None
        self.send(signal.SIGTERM)
        await self.process.wait()
        return monotonic() - began

    def memory(self) -> int:
        """Bytes that it holds."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) * 1024

    def holds(self, ports: Collection[int]) -> int:
        """How many of the connections from these ports are open on its side."""
        found = set()  # The system may tell of a line twice, while others come and go.
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            _, here, there, state, *_ = line.split()
            ends = [int(end.partition(":")[2], 16) for end in (here, there)]
            if ends[0] == self.port and state == ESTABLISHED:
                found.add(ends[1])
        return len(found.intersection(ports))

    async def lets_in(self, ticket: str) -> bool:
        """Whether a socket with this ticket is welcome."""
        host = self.url.removeprefix("http://")
        async with connect(f"ws://{host}/api/v1/realtime", host="127.0.0.1", port=self.port, **PROTOCOL) as socket:
            await socket.send(json.dumps({"type": "hello", "ticket": ticket}))
            return bool(json.loads(await socket.recv())["type"] == "ready")

    async def measures(self) -> list[Sample]:
        """What it tells Prometheus."""
        async with httpx.AsyncClient(timeout=20) as http:
            told = (await http.get(f"{self.direct}/metrics")).text
        return [sample for family in metrics_in(told) for sample in family.samples]

    async def measured(self, name: str, **labels: str) -> float:
        """What it tells Prometheus by that name."""
        samples = await self.measures()
        return sum(one.value for one in samples if one.name == name and labels.items() <= one.labels.items())


@asynccontextmanager
async def serving(settings: Settings, folder: Path, **said: Any) -> AsyncIterator[Server]:
    """A server that is ready; whatever runs of it at the end is killed."""
    server = Server(settings, folder, **said)
    try:
        await server.start()
        yield server
    finally:
        await server.kill()
