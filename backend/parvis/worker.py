"""Moves the listeners on and runs due jobs, until told to stop."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable

import structlog

from . import wiring
from .files import scanning
from .kernel import pruning, statistics, tracing
from .kernel.config import Settings
from .kernel.processes import Heart
from .kernel.runtime import Parvis
from .postbox.listener import Listener

log = structlog.get_logger()

POLL_SECONDS = 1.0
IN_A_TURN = 50
"""Facts of one listener, before the others and jobs have theirs: one that is far behind keeps nobody waiting."""


Turn = Callable[[], Awaitable[int]]


class Worker:
    """Beside the server in the embedded shape, a process of its own in the served one.

    Three tasks take turns of their own, so that none waits for another: listeners, jobs, and the jobs that may take
    long (opening strangers' files, say), which others must not wait for. Where it is told to, it takes mail in too.
    """

    def __init__(self, parvis: Parvis, seconds_to_end: float = 10) -> None:
        self._parvis = parvis
        self._seconds_to_end = seconds_to_end
        self._wakes: list[asyncio.Event] = []
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self.inbox = Listener(parvis)

    async def start(self) -> None:
        await self._parvis.database.write(pruning.schedule)
        await self._parvis.database.write(statistics.schedule)
        if scanning.is_on(self._parvis.settings):
            await self._parvis.database.write(scanning.schedule)
        self._parvis.on_wake.append(self._woken)
        listeners, jobs = self._parvis.listeners, self._parvis.jobs
        self._begin(lambda: listeners.run_once(IN_A_TURN))
        self._begin(lambda: jobs.run_once(but=wiring.LONG_JOBS))
        self._begin(lambda: jobs.run_once(only=wiring.LONG_JOBS))
        await self.inbox.start()

    async def stop(self) -> None:
        """Lets what is running end, for ten seconds, and then cuts it: it is done again by whoever comes after."""
        self._stopping = True
        await self.inbox.stop()
        self._woken()
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=self._seconds_to_end)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    def _begin(self, turn: Turn) -> None:
        wake = asyncio.Event()
        self._wakes.append(wake)
        self._tasks.append(asyncio.create_task(self._run(turn, wake)))

    def _woken(self) -> None:
        for wake in self._wakes:
            wake.set()

    async def _run(self, turn: Turn, wake: asyncio.Event) -> None:
        while not self._stopping:
            try:
                busy = await turn()
            except Exception:
                log.exception("worker.failed")
                busy = 0
            if not busy:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), POLL_SECONDS)
            wake.clear()


async def work_until_stopped(settings: Settings) -> None:
    """A process of its own: works until SIGTERM or SIGINT, then lets what is running end."""
    tracing.begin(settings, "worker")
    parvis = Parvis(settings, listeners=wiring.LISTENERS, handlers=wiring.handlers)
    await parvis.start()
    wiring.add_hooks(parvis)
    worker = Worker(parvis)
    await worker.start()
    heart = Heart(settings, parvis.database, serves=False, works=True)
    heart.start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    log.info("worker.started")
    await stop.wait()
    await heart.stop()
    await worker.stop()
    await parvis.stop()
    await tracing.end()
