"""The zip file of a copy: written piece by piece, a page of rows or a MiB of a file at a time, and never held whole."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

import orjson
import structlog
from sqlalchemy import select

from parvis.files.models import File
from parvis.files.names import harmless
from parvis.files.zipping import Pieces, entry, written
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.i18n import Language
from parvis.kernel.personal_data import AT_ONCE, Holding, PersonalData
from parvis.kernel.runtime import Parvis

from .readme import README_NAMES, readme

log = structlog.get_logger()

FORMAT = "parvis-personal-data/1"
DATA = "data.json"


async def archive(parvis: Parvis, data: PersonalData, member_id: UUID, language: Language) -> AsyncIterator[bytes]:
    """All that the member is given: `data.json`, what explains it, and the files, in pieces of a zip file."""
    now, pieces = clock.now(), Pieces()
    with ZipFile(pieces, "w") as zipped:
        for name in README_NAMES.values():
            zipped.writestr(entry(name, now), readme(data, name))
        async for piece in written(zipped, entry(DATA, now), pieces, _json(parvis, data, member_id, now)):
            yield piece
        async for file in _files(parvis, data, member_id):
            about = entry(f"files/{file.id}/{harmless(file.name)}", now, ZIP_STORED)
            async for piece in written(zipped, about, pieces, _bytes_of(parvis, file)):
                yield piece
    yield pieces.take()
    log.info("export.written", language=language)


async def _json(parvis: Parvis, data: PersonalData, member_id: UUID, now: datetime) -> AsyncIterator[bytes]:
    """One object; under the name of each holding, the list of its rows, one a line."""
    yield b'{"format": ' + orjson.dumps(FORMAT) + b', "made_at": ' + orjson.dumps(now)
    for held in data.holdings():
        if not held.is_given:
            continue
        yield b",\n" + orjson.dumps(held.key) + b": ["
        first = True
        async for row in _rows(parvis, data, held, member_id):
            yield (b"\n  " if first else b",\n  ") + orjson.dumps(row)
            first = False
        yield b"]" if first else b"\n]"
    yield b"}\n"


async def _rows(parvis: Parvis, data: PersonalData, held: Holding, member_id: UUID) -> AsyncIterator[dict[str, Any]]:
    cursor: str | None = None
    while True:
        async with parvis.database.reading() as session:
            page, cursor = await data.rows(session, held, member_id, cursor)
        for row in page:
            yield row
        if cursor is None:
            return


async def _files(parvis: Parvis, data: PersonalData, member_id: UUID) -> AsyncIterator[File]:
    """Those whose rows are given."""
    for held in data.holdings():
        if held.table is not File.__table__ or not held.is_given:
            continue
        mine = select(File).where(held.of(member_id)).order_by(File.id).limit(AT_ONCE)
        after: UUID | None = None
        while True:
            async with parvis.database.reading() as session:
                page = (await session.scalars(mine if after is None else mine.where(File.id > after))).all()
            for file in page:
                yield file
            if len(page) < AT_ONCE:
                break
            after = page[-1].id


async def _bytes_of(parvis: Parvis, file: File) -> AsyncIterator[bytes]:
    try:
        pieces = await parvis.storage.get_stream(file.blob_key)
    except NotFound:  # Deleted since it was listed: nothing of it is left to give.
        log.warning("export.file_gone", file=str(file.id))
        return
    async for piece in pieces:
        yield piece
