"""Moves the listeners on and runs due jobs, until told to stop."""

import asyncio
import contextlib
import signal

import structlog

from . import wiring
from .files import scanning
from .kernel import pruning
from .kernel.config import Settings
from .kernel.runtime import Parvis

log = structlog.get_logger()

POLL_SECONDS = 1.0
IN_A_TURN = 50
"""Facts of one listener, before the others and jobs have theirs: one that is far behind keeps nobody waiting."""


class Worker:
    """A task beside the server in the embedded shape, a process of its own in the served one."""

    def __init__(self, parvis: Parvis) -> None:
        self._parvis = parvis
        self._wake = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._parvis.database.write(pruning.schedule)
        if scanning.is_on(self._parvis.settings):
            await self._parvis.database.write(scanning.schedule)
        self._parvis.on_wake.append(self._wake.set)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Lets what is running end, for at most ten seconds."""
        self._stopping = True
        self._wake.set()
        if self._task is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._task, timeout=10)

    async def _run(self) -> None:
        while not self._stopping:
            try:
                busy = await self._parvis.listeners.run_once(IN_A_TURN) + await self._parvis.jobs.run_once()
            except Exception:
                log.exception("worker.failed")
                busy = 0
            if not busy:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
            self._wake.clear()


async def work_until_stopped(settings: Settings) -> None:
    """A process of its own: works until SIGTERM or SIGINT, then lets what is running end."""
    parvis = Parvis(settings, listeners=wiring.LISTENERS, handlers=wiring.handlers)
    await parvis.start()
    worker = Worker(parvis)
    await worker.start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    log.info("worker.started")
    await stop.wait()
    await worker.stop()
    await parvis.stop()
