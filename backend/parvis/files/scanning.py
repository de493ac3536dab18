"""A scanner for malicious programs, where the organisation runs one (clamd): until it has said that a file is clean,
nobody but its owner reads it; what it finds is put in quarantine, and nobody reads it.

Without the setting there is no gate, and nothing is asked. What Parvis makes itself (pictures of pages, logos) is not
scanned: it holds no byte of anybody's file.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.config import Settings
from parvis.kernel.jobs import Handler, LeasedJob, NotNow, enqueue
from parvis.kernel.runtime import Parvis

from .models import File, Scan
from .service import RECEIVED

log = structlog.get_logger()

SCAN, SCAN_WAITING = "files.scan", "files.scan_waiting"
SECONDS = 120.0
AT_ONCE = 500
LONGEST_NAME = 120
LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Verdict:
    state: Scan
    finding: str = ""
    """What the scanner calls what it found."""


class Clamd:
    """Asks the daemon of ClamAV by its protocol: `INSTREAM`, then the file in pieces, each after its length."""

    def __init__(self, address: str) -> None:
        """`tcp://host:port` or `unix:///path`."""
        self._address = urlsplit(address)

    async def scan(self, pieces: AsyncIterator[bytes]) -> Verdict:
        """Raises `NotNow` when it does not answer, or not as it should."""
        try:
            async with asyncio.timeout(SECONDS):
                said = await self._ask(pieces)
        except (OSError, TimeoutError) as error:
            raise NotNow(f"the scanner does not answer: {error!r}") from error
        if said.endswith(" FOUND"):
            return Verdict("infected", said.removeprefix("stream: ").removesuffix(" FOUND")[:LONGEST_NAME])
        if said == "stream: OK":
            return Verdict("clean")
        if "size limit exceeded" in said:
            return Verdict("unscannable")
        raise NotNow(f"the scanner said {said[:200]!r}")

    async def _ask(self, pieces: AsyncIterator[bytes]) -> str:
        """On a bare socket: of one that the daemon closed, which it does to what is too large, its answer can still be
        read after sending failed."""
        loop = asyncio.get_running_loop()
        family, place = await self._resolved()
        with socket.socket(family, socket.SOCK_STREAM) as connection:
            connection.setblocking(False)
            await loop.sock_connect(connection, place)
            with contextlib.suppress(ConnectionError):
                await loop.sock_sendall(connection, b"zINSTREAM\0")
                async for piece in pieces:
                    await loop.sock_sendall(connection, struct.pack(">I", len(piece)) + piece)
                await loop.sock_sendall(connection, struct.pack(">I", 0))
            said = b""
            while b"\0" not in said and len(said) < LONGEST_ANSWER:
                part = await loop.sock_recv(connection, LONGEST_ANSWER)
                if not part:
                    break
                said += part
        return said.partition(b"\0")[0].decode("utf-8", "replace").strip()

    async def _resolved(self) -> tuple[socket.AddressFamily, Any]:
        """Which kind of socket, and where."""
        if self._address.scheme == "unix":
            return socket.AF_UNIX, self._address.path
        host, port = self._address.hostname, self._address.port
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, _kind, _protocol, _name, place = found[0]
        return family, place


def is_on(settings: Settings) -> bool:
    return bool(settings.clamd)


async def schedule(session: AsyncSession) -> None:
    """Has all that no scanner has seen yet looked for: what came before there was one, what it did not answer for."""
    await enqueue(session, SCAN_WAITING, {}, unique="all")


async def enqueue_received(session: AsyncSession) -> None:
    """The hook of `Database.before_commit` that has each file scanned which this unit received."""
    for file_id in session.info.get(RECEIVED, ()):
        await _scan_later(session, file_id)


def scan_files(parvis: Parvis) -> Handler:
    """The handler of `files.scan`. The scanner is asked outside of any transaction."""

    async def scan(job: LeasedJob) -> None:
        if not is_on(parvis.settings):
            return
        async with parvis.database.reading() as session:
            file = await session.get(File, UUID(job.payload["file_id"]))
        if file is None or file.scan is not None:
            return
        pieces = await parvis.storage.get_stream(file.blob_key)
        verdict = await Clamd(parvis.settings.clamd).scan(pieces)
        await parvis.database.write(_keep, file, verdict)

    return scan


def scan_waiting(parvis: Parvis) -> Handler:
    """The handler of `files.scan_waiting`: at most 500 in a transaction."""

    async def find(_job: LeasedJob) -> None:
        after: UUID | None = None
        while is_on(parvis.settings):
            found = await parvis.database.write(_scan_some, after)
            if not found:
                await parvis.database.write(_look_again_tomorrow)
                return
            after = found[-1]

    return find


async def _scan_some(session: AsyncSession, after: UUID | None) -> list[UUID]:
    query = select(File.id).where(File.scan.is_(None), File.account_id.is_not(None))
    if after is not None:
        query = query.where(File.id > after)
    ids = list(await session.scalars(query.order_by(File.id).limit(AT_ONCE)))
    for file_id in ids:
        await _scan_later(session, file_id)
    return ids


async def _look_again_tomorrow(session: AsyncSession) -> None:
    """For those of which it was tired of asking: the scanner was away for hours."""
    day = (clock.now() + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
    await enqueue(session, SCAN_WAITING, {}, run_at=day, unique=day.date().isoformat())


async def _scan_later(session: AsyncSession, file_id: UUID) -> None:
    await enqueue(session, SCAN, {"file_id": str(file_id)}, unique=str(file_id))


async def _keep(session: AsyncSession, read: File, verdict: Verdict) -> None:
    """Says of the file what the scanner said of its bytes, if they are still its own."""
    query = select(File).where(File.id == read.id).with_for_update()
    file = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if file is None or file.sha256 != read.sha256:
        return
    file.scan = verdict.state
    if verdict.state == "infected":
        detail = {"finding": verdict.finding, "owner_id": str(file.owner_id) if file.owner_id else None}
        audit(session, None, "file.quarantined", "file", file.id, detail)
    if verdict.state != "clean":
        log.warning("file.not_clean", file_id=str(file.id), scan=verdict.state, finding=verdict.finding)
