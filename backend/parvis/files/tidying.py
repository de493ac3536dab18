"""Forgetting what nobody uses: files that were never claimed, then blobs that no file has.

A blob is doomed first and deleted an hour later, in three steps: marked as being deleted, in the same unit that sees
that no file has it; deleted; and crossed off. Whoever uploads the same bytes meanwhile saves it or is told to come
again, so that no file is ever without its blob.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis
from parvis.kernel.storage import blob_key

from .models import DoomedBlob, File

log = structlog.get_logger()

TIDY = "files.tidy"
FIND_ORPHANS = "files.find_orphans"
UNCLAIMED_FOR = timedelta(hours=24)
DOOMED_FOR = timedelta(hours=1)
SCANNED_EVERY = timedelta(days=1)
AT_ONCE = 500
Forget = Callable[[AsyncSession], Awaitable[int]]
"""Forgets a few of something, and says how many."""


async def schedule(session: AsyncSession) -> None:
    """Sees to it that files uploaded now are looked at again when they expire, and all blobs once a day."""
    await _tidy_at(session, clock.now() + UNCLAIMED_FOR + timedelta(hours=1))
    await _scan_tomorrow(session)


async def doom(session: AsyncSession, hashes: Sequence[str]) -> int:
    """Has the blobs that no file has deleted in an hour. Returns how many were not doomed yet."""
    used = await session.scalars(select(File.sha256).where(File.sha256.in_(hashes)))
    doomed = await session.scalars(select(DoomedBlob.sha256).where(DoomedBlob.sha256.in_(hashes)))
    unused = sorted(set(hashes) - set(used) - set(doomed))
    for sha256 in unused:
        await _doom_one(session, sha256)
    if unused:
        await _tidy_at(session, clock.now() + DOOMED_FOR + timedelta(minutes=1))
    return len(unused)


def tidy_files(parvis: Parvis, *others: Forget) -> Handler:
    """The handler of `files.tidy`: forgets unclaimed files after 24 hours, and doomed blobs after one; and with each of
    the `others` what was made of files that are gone."""

    async def tidy(_job: LeasedJob) -> None:
        while await parvis.database.write(_expire):
            pass
        for forget in others:
            while await parvis.database.write(forget):
                pass
        while hashes := await parvis.database.write(_begin_deleting):
            for sha256 in hashes:
                await parvis.storage.delete(blob_key(sha256))
            await parvis.database.write(_cross_off, hashes)
            log.info("files.deleted_blobs", count=len(hashes))

    return tidy


def find_orphans(parvis: Parvis) -> Handler:
    """The handler of `files.find_orphans`: dooms blobs that no file has, however they came to be; clears away what was
    half received more than a day ago."""

    async def scan(_job: LeasedJob) -> None:
        await parvis.storage.sweep(clock.now() - SCANNED_EVERY)
        hashes: list[str] = []
        async for key, _size in parvis.storage.list():
            hashes.append(key.rpartition("/")[2])
            if len(hashes) == AT_ONCE:
                await parvis.database.write(doom, hashes)
                hashes = []
        await parvis.database.write(doom, hashes)
        await parvis.database.write(_scan_tomorrow)

    return scan


async def _tidy_at(session: AsyncSession, at: datetime) -> None:
    due = at.replace(second=0, microsecond=0)
    if at - clock.now() > timedelta(hours=2):  # One for all the uploads of an hour.
        due = due.replace(minute=0)
    await enqueue(session, TIDY, {}, run_at=due, unique=due.isoformat())


async def _scan_tomorrow(session: AsyncSession) -> None:
    day = (clock.now() + SCANNED_EVERY).replace(hour=3, minute=0, second=0, microsecond=0)
    await enqueue(session, FIND_ORPHANS, {}, run_at=day, unique=day.date().isoformat())


async def _doom_one(session: AsyncSession, sha256: str) -> None:
    try:
        async with session.begin_nested():
            session.add(DoomedBlob(sha256=sha256))
            await session.flush()
    except IntegrityError:  # Somebody else just did.
        pass


async def _expire(session: AsyncSession) -> int:
    """Forgets at most 500 files. Returns how many."""
    old = (
        select(File.id)
        .where(File.claimed_kind.is_(None), File.created_at <= clock.now() - UNCLAIMED_FOR)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    expired = delete(File).where(File.id.in_(old.scalar_subquery())).returning(File.sha256)
    hashes = list(await session.scalars(expired))
    await doom(session, hashes)
    return len(hashes)


async def _begin_deleting(session: AsyncSession) -> list[str]:
    """Marks at most 500 blobs, and spares those that a file has again. Returns the marked ones, also those that a
    process which died had marked."""
    due = (
        select(DoomedBlob)
        .where(DoomedBlob.doomed_at <= clock.now() - DOOMED_FOR)
        .order_by(DoomedBlob.doomed_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    doomed = {blob.sha256: blob for blob in await session.scalars(due)}
    used = set(await session.scalars(select(File.sha256).where(File.sha256.in_(doomed))))
    for sha256 in used:
        await session.delete(doomed.pop(sha256))
    for blob in doomed.values():
        blob.is_being_deleted = True
    return list(doomed)


async def _cross_off(session: AsyncSession, hashes: Sequence[str]) -> None:
    await session.execute(delete(DoomedBlob).where(DoomedBlob.sha256.in_(hashes)))
