"""Holding files against their blobs, both ways: `parvis check`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.errors import NotFound
from parvis.kernel.runtime import Parvis
from parvis.kernel.storage import blob_key

from .models import DoomedBlob, File
from .uploads import queries as uploads

AT_ONCE = 500
ASKED_AT_ONCE = 16
"""Blobs of which the store is asked at the same time."""


@dataclass
class Findings:
    """What does not agree. Files without their bytes are lost; the rest is cleared away by itself."""

    files: int = 0
    lost: list[str] = field(default_factory=list)
    """Files whose blob is not there, or has another size."""
    orphans: list[str] = field(default_factory=list)
    """Blobs that no file has, and that nobody has set out to delete."""
    leftovers: list[str] = field(default_factory=list)
    """What parts are of that is no upload under way."""


async def check_files(parvis: Parvis) -> Findings:
    """Looks at every file, every blob and all parts."""
    found = Findings()
    after: UUID | None = None
    while True:
        async with parvis.database.reading() as session:
            page = await _page(session, after)
        found.files += len(page)
        found.lost += [str(file.id) for file in await _without_blob(parvis, page)]
        if len(page) < AT_ONCE:
            break
        after = page[-1].id
    await _look_at_blobs(parvis, found)
    folders = await parvis.storage.parts.all()
    for start in range(0, len(folders), AT_ONCE):
        async with parvis.database.reading() as session:
            ids = [UUID(hex=folder) for folder in folders[start : start + AT_ONCE]]
            found.leftovers += sorted(map(str, await uploads.unknown_among(session, ids)))
    return found


async def _page(session: AsyncSession, after: UUID | None) -> Sequence[File]:
    files = select(File).order_by(File.id).limit(AT_ONCE)
    return (await session.scalars(files if after is None else files.where(File.id > after))).all()


async def _without_blob(parvis: Parvis, files: Sequence[File]) -> Sequence[File]:
    turn = asyncio.Semaphore(ASKED_AT_ONCE)

    async def is_there(file: File) -> bool:
        async with turn:
            try:
                return await parvis.storage.size(file.blob_key) == file.size
            except NotFound:
                return False

    there = await asyncio.gather(*map(is_there, files))
    return [file for file, is_so in zip(files, there, strict=True) if not is_so]


async def _look_at_blobs(parvis: Parvis, found: Findings) -> None:
    hashes: list[str] = []
    async for key, _size in parvis.storage.list():
        hashes.append(key.rpartition("/")[2])
        if len(hashes) == AT_ONCE:
            found.orphans += await _unused(parvis, hashes)
            hashes = []
    found.orphans += await _unused(parvis, hashes)


async def _unused(parvis: Parvis, hashes: Sequence[str]) -> list[str]:
    async with parvis.database.reading() as session:
        used = set(await session.scalars(select(File.sha256).where(File.sha256.in_(hashes))))
        doomed = set(await session.scalars(select(DoomedBlob.sha256).where(DoomedBlob.sha256.in_(hashes))))
    return [blob_key(sha256) for sha256 in sorted(set(hashes) - used - doomed)]
