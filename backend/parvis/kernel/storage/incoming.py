"""A stream on its way in: counted, hashed, limited, and handed to the store in parts of equal size."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256
from typing import Any

from parvis.kernel.errors import ParvisError, TooLarge

PIECE = 2**20
"""Bytes handed on at a time: 1 MiB pieces are twice as fast as small ones, and memory does not grow with the file."""


async def regrouped(pieces: AsyncIterator[bytes], size: int) -> AsyncIterator[bytes]:
    """The same bytes in pieces of `size`; the last may be smaller."""
    waiting, held = list[bytes](), 0
    async for piece in pieces:
        waiting.append(piece)
        held += len(piece)
        if held < size:
            continue
        whole = b"".join(waiting)
        for start in range(0, held - held % size, size):
            yield whole[start : start + size] if held > size else whole
        waiting, held = ([whole[held - held % size :]], held % size) if held % size else ([], 0)
    if waiting:
        yield b"".join(waiting)


Upload = Callable[[AsyncIterator[bytes]], Awaitable[object]]


class DigestMismatch(ParvisError):
    """The bytes that arrived are not those that the client announced."""

    status, code = 422, "digest_mismatch"
    title = {
        "fr": "Le fichier reçu n’est pas celui qui était annoncé.",
        "en": "The file received is not the one announced.",
    }


class Abandoned(Exception):
    """What the store is told when the stream breaks off, so that it takes back what it holds."""


class Incoming:
    """Reads the sender in the caller's task while the store uploads in another.

    The store never sees the sender's errors or the caller's cancellation: it is told `Abandoned` and brought to its
    end, because an upload that is merely dropped leaves its parts behind.
    """

    def __init__(self, pieces: AsyncIterator[bytes], max_bytes: int | None) -> None:
        self._pieces = pieces
        self._max_bytes = max_bytes
        self._hash = sha256()
        self._ready: asyncio.Queue[bytes | None] = asyncio.Queue(1)
        self._broken = False
        self.size = 0

    @property
    def digest(self) -> str:
        """Hexadecimal SHA-256 of what was received."""
        return self._hash.hexdigest()

    async def pour(self, upload: Upload) -> None:
        """Receives everything. Raises `TooLarge`, what the sender raises, and what the store raises."""
        uploading = asyncio.ensure_future(upload(self._parts()))
        try:
            async for part in self.received():
                await self._hand_over(part, uploading)
            await self._hand_over(None, uploading)
            await asyncio.shield(uploading)
        except BaseException:
            self._abandon()
            await asyncio.wait({uploading})
            if not uploading.cancelled():
                uploading.exception()
            raise

    async def received(self) -> AsyncIterator[bytes]:
        """What comes, in pieces of 1 MiB. Raises `TooLarge`, and what the sender raises."""
        async for piece in regrouped(self._counted(), PIECE):
            self._hash.update(piece)
            yield piece

    async def _counted(self) -> AsyncIterator[bytes]:
        async for piece in self._pieces:
            self.size += len(piece)
            if self._max_bytes is not None and self.size > self._max_bytes:
                raise TooLarge
            yield piece

    async def _hand_over(self, part: bytes | None, uploading: asyncio.Future[Any]) -> None:
        handing: asyncio.Future[Any] = asyncio.ensure_future(self._ready.put(part))
        try:
            await asyncio.wait({handing, uploading}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            handing.cancel()
        if uploading.done() and part is not None:
            await uploading  # The store stopped listening: its error is the news.

    async def _parts(self) -> AsyncIterator[bytes]:
        while (part := await self._ready.get()) is not None:
            yield part
        if self._broken:
            raise Abandoned

    def _abandon(self) -> None:
        self._broken = True
        while not self._ready.empty():
            self._ready.get_nowait()
        self._ready.put_nowait(None)
