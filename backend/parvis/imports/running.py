"""Running an import, by a job or from the command line: steps of at most 500 rows, each durable, until it has ended.

A run that is cut goes on at the next try: reading begins anew, what follows goes on from its cursor.
"""

from collections.abc import AsyncIterator, Callable
from typing import TypeVar
from uuid import UUID

import structlog

from parvis.files.models import File
from parvis.kernel.errors import NotFound
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.kernel.runtime import Parvis

from .columns import Header, UnreadableFile, people_header, units_header
from .lines import RawLine, raw_lines
from .models import Import
from .parsing import Place, Refusal, place_by, said_by
from .queries.imports import import_of
from .queries.plans import Batch, next_batch
from .service import applying, comparing, imports, places, staging
from .service.steps import Stopped

log = structlog.get_logger()
T = TypeVar("T")

Tell = Callable[[Import], None]
"""Told after each step how far the import has come."""


def _nobody(_of: Import) -> None:
    """For jobs: whoever wants to know asks the database."""


def read_import(parvis: Parvis) -> Handler:
    """The handler of `imports.read`."""

    async def handle(job: LeasedJob) -> None:
        await read(parvis, UUID(job.payload["import_id"]))

    return handle


def apply_import(parvis: Parvis) -> Handler:
    """The handler of `imports.apply`."""

    async def handle(job: LeasedJob) -> None:
        await apply(parvis, UUID(job.payload["import_id"]))

    return handle


def forget_import(parvis: Parvis) -> Handler:
    """The handler of `imports.forget`: of an import that has ended its lines and files, later its report."""

    async def handle(job: LeasedJob) -> None:
        import_id = UUID(job.payload["import_id"])
        if job.payload.get("expire"):
            await parvis.database.write(imports.expire, import_id)
            return
        while await parvis.database.write(imports.forget, import_id, report=bool(job.payload.get("report"))):
            pass

    return handle


async def read(parvis: Parvis, import_id: UUID, tell: Tell = _nobody) -> Import:
    """Reads and compares: afterwards the import is ready, or has failed, or was cancelled meanwhile."""
    try:
        of = await _told(parvis, import_id, tell)
        if of.state == "reading" and of.phase == "reading":
            await _read_files(parvis, of, tell)
        await _compare(parvis, import_id, tell)
    except UnreadableFile as error:
        await parvis.database.write(imports.fail, import_id, error.code, error.columns)
    except Stopped:
        log.info("import.stopped", id=str(import_id))
    return await _told(parvis, import_id, tell)


async def apply(parvis: Parvis, import_id: UUID, tell: Tell = _nobody) -> Import:
    """Does what was found: afterwards the import is done, or was cancelled meanwhile."""
    write = parvis.database.write
    try:
        if (await _told(parvis, import_id, tell)).phase == "places":
            while await write(places.apply_places, import_id):
                await _told(parvis, import_id, tell)
            await write(applying.begin_people, import_id)
        if (await _told(parvis, import_id, tell)).phase == "people":
            while await write(applying.apply_people, import_id):
                await _told(parvis, import_id, tell)
        while await write(applying.close_absent, import_id):
            await _told(parvis, import_id, tell)
        await write(applying.finish_applying, import_id)
    except Stopped:
        log.info("import.stopped", id=str(import_id))
    return await _told(parvis, import_id, tell)


async def _read_files(parvis: Parvis, of: Import, tell: Tell) -> None:
    while await parvis.database.write(staging.clear, of.id):
        pass
    counts: dict[str, int] = {}
    if of.units_file_id is not None:
        counts = await _stage_places(parvis, of)
    await _stage_lines(parvis, of, tell)
    await parvis.database.write(comparing.begin_comparing, of.id, counts)


async def _stage_places(parvis: Parvis, of: Import) -> dict[str, int]:
    read, refusals = list[Place](), list[Refusal]()
    lines = raw_lines(await _bytes(parvis, of.units_file_id))
    header = await _header(lines, units_header)
    async for line in lines:
        found = place_by(line, header)
        if isinstance(found, Place):
            read.append(found)
        else:
            refusals.append(found)
        if len(read) + len(refusals) > places.MOST:
            raise UnreadableFile("places_too_many")
    async with parvis.database.reading() as session:
        fit, unfit = await places.judge_places(session, read)
        counts = await places.count_places(session, fit)
    refusals += unfit
    at_once = staging.AT_ONCE
    for start in range(0, max(len(fit), len(refusals)), at_once):
        some, others = fit[start : start + at_once], refusals[start : start + at_once]
        await parvis.database.write(staging.stage_places, of.id, some, others)
    return dict(counts)


async def _stage_lines(parvis: Parvis, of: Import, tell: Tell) -> None:
    counted = _Counted(await _bytes(parvis, of.file_id))
    lines = raw_lines(counted.pieces())
    header = await _header(lines, people_header)
    await parvis.database.write(staging.note_columns, of.id, header.fields)
    async for batch in _batches(lines, staging.AT_ONCE):
        said = [said_by(line, header) for line in batch]
        await parvis.database.write(staging.stage, of.id, said, counted.size)
        await _told(parvis, of.id, tell)


async def _compare(parvis: Parvis, import_id: UUID, tell: Tell) -> None:
    of = await _told(parvis, import_id, tell)
    while of.state == "reading" and of.phase == "comparing":
        batch = await _next_batch(parvis, of)
        await parvis.database.write(comparing.note, import_id, batch)
        of = await _told(parvis, import_id, tell)
    while await parvis.database.write(comparing.note_absent, import_id):
        await _told(parvis, import_id, tell)
    await parvis.database.write(comparing.finish_comparing, import_id)


async def _next_batch(parvis: Parvis, of: Import) -> Batch:
    async with parvis.database.reading() as session:
        return await next_batch(session, of, comparing.AT_ONCE, with_pairs=True)


async def _told(parvis: Parvis, import_id: UUID, tell: Tell) -> Import:
    async with parvis.database.reading() as session:
        of = await import_of(session, import_id)
    tell(of)
    return of


async def _bytes(parvis: Parvis, file_id: UUID | None) -> AsyncIterator[bytes]:
    """Raises `UnreadableFile` when it is gone."""
    async with parvis.database.reading() as session:
        file = await session.get(File, file_id) if file_id else None
    if file is None:
        raise UnreadableFile("file_gone")
    try:
        return await parvis.storage.get_stream(file.blob_key)
    except NotFound:
        raise UnreadableFile("file_gone") from None


async def _header(lines: AsyncIterator[RawLine], understood: Callable[[RawLine], Header]) -> Header:
    """The first line, understood. Raises `UnreadableFile`."""
    try:
        return understood(await anext(lines))
    except StopAsyncIteration:
        raise UnreadableFile("empty") from None


async def _batches(lines: AsyncIterator[T], most: int) -> AsyncIterator[list[T]]:
    batch = list[T]()
    async for line in lines:
        batch.append(line)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


class _Counted:
    """A stream, and how much of it has gone by."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces
        self.size = 0

    async def pieces(self) -> AsyncIterator[bytes]:
        async for piece in self._pieces:
            self.size += len(piece)
            yield piece
