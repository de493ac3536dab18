"""The processes of this deployment, on whichever machine: each writes every so often that it is there, and what it did
lately.

What one alone knows (its requests, its sockets, the disks of its machine) can so be told by any of them. A process that
ends takes its row away; what has not been seen for a while was killed, or cannot reach the database.
"""

import asyncio
import os
import resource
import shutil
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from parvis import __version__

from . import clock
from .config import Settings
from .db import Base, Database
from .ids import new_id
from .recent import Recent, open_sockets, outcomes

log = structlog.get_logger()

BEAT = timedelta(seconds=20)
SILENT = 3 * BEAT
"""Not seen for so long: it is not there any more."""
FORGOTTEN = timedelta(days=1)
SECONDS_TO_LEAVE = 2
RSS_UNIT = 1024
"""Of `ru_maxrss` on Linux."""


class Process(Base):
    """One process, as it said itself last."""

    __tablename__ = "processes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    host: Mapped[str]
    pid: Mapped[int]
    serves: Mapped[bool]
    works: Mapped[bool]
    """Whether it does due work."""
    version: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    figures: Mapped[dict[str, Any]]


class Heart:
    """Of this process. The first beat comes after a while: what ends before was never told of."""

    def __init__(self, settings: Settings, database: Database, *, serves: bool, works: bool) -> None:
        self.id = new_id()
        self._settings = settings
        self._database = database
        self._serves = serves
        self._works = works
        self._started_at = clock.now()
        self._recent = Recent()
        self._task: asyncio.Task[None] | None = None
        self._was_told = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._was_told:
            with suppress(Exception):  # The database may be away: it is then seen to be silent.
                await asyncio.wait_for(self._database.write(self._leave), SECONDS_TO_LEAVE)

    async def beat(self) -> None:
        """Writes how this process is now."""
        self._recent.mark()
        await self._database.write(self._tell)
        self._was_told = True

    def now(self) -> Process:
        """This process as it is now, whatever was written of it."""
        seconds, requests = self._recent.requests()
        return Process(
            id=self.id,
            host=socket.gethostname(),
            pid=os.getpid(),
            serves=self._serves,
            works=self._works,
            version=__version__,
            started_at=self._started_at,
            seen_at=clock.now(),
            figures={
                "seconds": seconds,
                "requests": requests,
                "sockets": open_sockets(),
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT,
                "disks": disks(self._settings),
                **outcomes(),
            },
        )

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(BEAT.total_seconds())
            try:
                await self.beat()
            except Exception as error:  # noqa: BLE001 — the database is away in any of many ways; the next beat may do
                log.warning("process.not_told", error=repr(error))

    async def _tell(self, session: AsyncSession) -> None:
        await session.merge(self.now())
        gone = delete(Process).where(Process.seen_at < clock.now() - FORGOTTEN)
        await session.execute(gone.execution_options(synchronize_session=False))

    async def _leave(self, session: AsyncSession) -> None:
        own = delete(Process).where(Process.id == self.id)
        await session.execute(own.execution_options(synchronize_session=False))


async def processes(session: AsyncSession, own: Process) -> list[Process]:
    """All that were seen within a day, `own` as it is now, the oldest first."""
    seen = select(Process).where(Process.id != own.id, Process.seen_at > clock.now() - FORGOTTEN)
    return sorted([own, *await session.scalars(seen)], key=lambda process: (process.started_at, process.id))


def is_silent(process: Process) -> bool:
    return process.seen_at < clock.now() - SILENT


def disks(settings: Settings) -> list[dict[str, Any]]:
    """Room left where this process keeps data and files, as far as these are disks of this machine. One that holds both
    is told once."""
    files = urlsplit(settings.storage)
    places = {"data": settings.data_dir}
    if files.scheme == "file":
        places["files"] = Path(unquote(files.path))
    found, known = list[dict[str, Any]](), set[int]()
    for holds, place in places.items():
        with suppress(OSError):
            if (device := place.stat().st_dev) not in known:
                known.add(device)
                room = shutil.disk_usage(place)
                found.append({"holds": holds, "size": room.total, "free": room.free})
    return found
