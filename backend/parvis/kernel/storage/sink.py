"""A new file in the folder, written beside what else goes on: one piece while the next one comes. The disk is told
to begin before all is there."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self

from . import folder
from .failures import store_errors

AHEAD = 16 * 2**20
"""Bytes after which the disk begins: at the end it has little left to do."""


class Sink:
    """Takes pieces for one file: `async with Sink(path) as sink`. The file is made with its second piece, so that a
    small one goes to the disk in one step. Its methods raise `InsufficientStorage` and `Unavailable`."""

    def __init__(self, path: Path, *, is_renamed: bool = False) -> None:
        """`is_renamed`: it gets its lasting name once it is whole; this one need not outlive a power cut."""
        self._path, self._is_renamed = path, is_renamed
        self._file: folder.Growing | None = None
        self._first: bytes | None = None
        self._writing: asyncio.Future[None] | None = None
        self._flushing: asyncio.Future[None] | None = None
        self._begun = self.size = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        going_on = {going for going in (self._writing, self._flushing) if going is not None}
        if going_on:  # Else they might write to what the number stands for next.
            await asyncio.wait(going_on)
        if self._file is not None:
            self._file.close()

    async def add(self, piece: bytes) -> None:
        await self._written()
        self.size += len(piece)
        if self._file is None and self._first is None:
            self._first = piece
            return
        if self._file is not None and self._has_enough() and (self._flushing is None or self._flushing.done()):
            self._begun = self.size - len(piece)
            await self._flushed()
            self._flushing = asyncio.ensure_future(asyncio.to_thread(self._file.begin_flushing))
        self._writing = asyncio.ensure_future(asyncio.to_thread(self._write, piece))

    async def flush(self) -> None:
        """What was added is on the disk."""
        await self._written()
        await self._flushed()
        self._writing = asyncio.ensure_future(asyncio.to_thread(self._bring_to_disk))
        await self._written()

    def _has_enough(self) -> bool:
        return self.size - self._begun > AHEAD

    def _write(self, piece: bytes) -> None:
        self._opened().add(piece)

    def _bring_to_disk(self) -> None:
        self._opened().flush()

    def _opened(self) -> folder.Growing:
        """The file, with the piece that waited for it. Blocking."""
        if self._file is None:
            self._file = folder.Growing(self._path, is_renamed=self._is_renamed)
            if self._first is not None:
                self._file.add(self._first)
                self._first = None
        return self._file

    async def _flushed(self) -> None:
        if self._flushing is not None:
            with store_errors():
                await asyncio.shield(self._flushing)
            self._flushing = None

    async def _written(self) -> None:
        if self._writing is not None:
            with store_errors():
                await asyncio.shield(self._writing)
            self._writing = None
