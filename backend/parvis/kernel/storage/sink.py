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
    """Takes pieces for one file: `async with Sink(path) as sink`. Its methods raise `InsufficientStorage` and
    `Unavailable`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing: asyncio.Future[int] | None = None
        self._flushing: asyncio.Future[None] | None = None
        self._begun = self.size = 0

    async def __aenter__(self) -> Self:
        with store_errors():
            self._file = await asyncio.to_thread(folder.Growing, self._path)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        going_on = {going for going in (self._writing, self._flushing) if going is not None}
        if going_on:  # Else they might write to what the number stands for next.
            await asyncio.wait(going_on)
        self._file.close()

    async def add(self, piece: bytes) -> None:
        await self._written()
        if self.size - self._begun >= AHEAD and (self._flushing is None or self._flushing.done()):
            self._begun = self.size
            await self._flushed()
            self._flushing = asyncio.ensure_future(asyncio.to_thread(self._file.begin_flushing))
        self._writing = asyncio.ensure_future(asyncio.to_thread(self._file.add, piece))
        self.size += len(piece)

    async def flush(self) -> None:
        """What was added is on the disk."""
        await self._written()
        await self._flushed()
        with store_errors():
            await asyncio.to_thread(self._file.flush)

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
