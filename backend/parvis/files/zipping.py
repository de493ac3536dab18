"""A folder on its way out: many files in one zip, written as it is sent.

Nothing is held but a piece of one file and the list of names. What is compressed already (pictures, films, office
documents) is stored as it is.
"""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import structlog
from starlette.responses import StreamingResponse
from starlette.types import Send

from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.storage import Storage

from .models import File
from .names import disposition, harmless
from .serving import INERT

log = structlog.get_logger()


class CutShort(Exception):
    """Who fetches a zip may not have the rest of it."""


class Sent(StreamingResponse):
    """A zip on its way. One that is cut short ends without its end: the server closes the connection, by which a client
    knows that this is not all."""

    async def stream_response(self, send: Send) -> None:
        try:
            await super().stream_response(send)
        except CutShort:
            log.info("zip.cut_short")


LOOSE = re.compile(r"text/|image/(?:bmp|svg)|audio/wav|application/(?:xml|x-ole-storage)")
"""What gets smaller."""


ZIPPED: dict[str, Any] = {
    "description": "The zip.",
    "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
}
"""How `answer` answers, for the published description."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is made for the zip, and no file of anybody's."""

    content: bytes
    media_type: str
    at: datetime


class Pieces:
    """What the zip writer takes for a file: keeps what is written until it is taken away."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """There is nothing behind."""

    def close(self) -> None:
        """There is nothing to give back."""

    def take(self) -> bytes:
        taken, self._written = b"".join(self._written), []
        return taken


class Names:
    """Paths in one zip: made harmless part by part, each once, also where letters of both sizes are one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, path: str) -> str:
        """`Plan.pdf`, and for another of that name `Plan (2).pdf`. A folder ends in a slash, and may come again."""
        parts = [harmless(part) for part in path.split("/") if part not in {"", ".", ".."}]
        if path.endswith("/"):
            return "/".join(parts) + "/"
        folder, name = "/".join(parts[:-1]), parts[-1] if parts else harmless("")
        stem, dot, extension = name.rpartition(".") if "." in name[1:] else (name, "", "")
        number, wanted = 1, f"{folder}/{name}".lstrip("/")
        while wanted.casefold() in self._taken:
            number += 1
            wanted = f"{folder}/{stem} ({number}){dot}{extension}".lstrip("/")
        self._taken.add(wanted.casefold())
        return wanted


async def packed(
    storage: Storage, entries: AsyncIterable[tuple[str, File | Made | None]]
) -> AsyncGenerator[bytes, None]:
    """The zip, in pieces, of files under their paths (`Cours/Plan.pdf`); of a folder, without a file, the path ends in
    a slash. One whose blob is gone is left out. Who stops in the middle closes it, and an entry before its zip."""
    pieces, names = Pieces(), Names()
    with ZipFile(pieces, "w") as zipped:
        async for path, file in entries:
            if file is None:
                zipped.writestr(entry(names.take(f"{path.rstrip('/')}/"), clock.now()), b"")
                continue
            if isinstance(file, Made):
                about = entry(names.take(path), file.at, _packing(file.media_type))
                async with aclosing(written(zipped, about, pieces, _whole(file.content))) as out:
                    async for piece in out:
                        yield piece
                continue
            try:
                content = await storage.get_stream(file.blob_key)
            except NotFound:
                log.warning("zip.file_gone", file=str(file.id))
                continue
            about = entry(names.take(path), file.created_at, _packing(file.media_type))
            async with aclosing(written(zipped, about, pieces, content)) as out:
                async for piece in out:
                    yield piece
    yield pieces.take()


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _packing(media_type: str) -> int:
    return ZIP_DEFLATED if LOOSE.match(media_type) else ZIP_STORED


def answer(name: str, pieces: AsyncIterator[bytes]) -> StreamingResponse:
    """A zip on its way, under its name."""
    headers = {
        "content-disposition": disposition("attachment", harmless(name)),
        "content-security-policy": INERT,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    return Sent(pieces, headers=headers, media_type="application/zip")


async def written(
    zipped: ZipFile, about: ZipInfo, pieces: Pieces, content: AsyncIterator[bytes]
) -> AsyncGenerator[bytes, None]:
    """What of the zip is made by writing one entry into it."""
    with zipped.open(about, "w", force_zip64=True) as writing:
        async for piece in content:
            await asyncio.to_thread(writing.write, piece)
            if made := pieces.take():
                yield made


def entry(name: str, at: datetime, compression: int = ZIP_DEFLATED) -> ZipInfo:
    about = ZipInfo(name, at.timetuple()[:6])
    about.compress_type = compression
    about.external_attr = 0o600 << 16
    return about
