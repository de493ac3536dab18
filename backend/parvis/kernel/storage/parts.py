"""What comes of a blob over several requests: parts, each kept as it comes, read back as one when all are there.

In a folder, a request has a file of its own that grows, and is safe as far as was said; in an S3-compatible store it
makes an object every few MiB. No two requests ever write to the same part, so that one that was taken for dead and
comes back spoils nothing.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import obstore
from obstore.store import LocalStore, S3Store

from parvis.kernel.ids import new_id

from . import folder
from .failures import store_errors
from .incoming import PIECE, regrouped
from .sink import Sink

PARTS = "parts"
FLUSHED_EVERY = 32 * 2**20
"""Bytes of a growing file that a process which dies may lose; each flush to disk takes as long as a request."""
OBJECT = 5 * 2**20
"""Bytes of one object: the least that S3 joins by itself, held in memory until they are sent."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes that are safe. Said again under the same key, it has grown."""

    key: str
    start: int
    """How many bytes came before, by the same request."""
    size: int


class Parts:
    """The parts in one store. Each method raises `Unavailable` when it does not answer."""

    def __init__(self, store: LocalStore | S3Store, root: Path | None) -> None:
        self._store = store
        self._root = root

    def keep(self, of: str, pieces: AsyncIterator[bytes]) -> AsyncGenerator[Part]:
        """Keeps what comes for `of`, and says each part as it is safe. Raises `InsufficientStorage`, and whatever
        `pieces` raises."""
        key = f"{PARTS}/{of}/{new_id().hex}"
        return self._in_objects(key, pieces) if self._root is None else self._in_file(self._root, key, pieces)

    async def read(self, parts: Sequence[Part]) -> AsyncIterator[bytes]:
        """The bytes of these parts, one after the other."""
        for part in parts:
            if not part.size:
                continue
            with store_errors():
                found = await obstore.get_async(self._store, part.key, options={"range": (0, part.size)})
                async for piece in found.stream(min_chunk_size=PIECE):
                    yield bytes(piece)

    async def forget(self, of: str) -> None:
        """Removes all parts of `of`, also those that nobody said."""
        if self._root is not None:
            await asyncio.to_thread(folder.remove, self._root / PARTS / of)
            return
        with store_errors():
            async for batch in obstore.list(self._store, f"{PARTS}/{of}"):
                await obstore.delete_async(self._store, [found["path"] for found in batch])

    async def all(self) -> Sequence[str]:
        """Of what there are parts."""
        with store_errors():
            listed = await obstore.list_with_delimiter_async(self._store, PARTS)
        return [str(prefix).rpartition("/")[2] for prefix in listed["common_prefixes"]]

    @staticmethod
    async def _in_file(root: Path, key: str, pieces: AsyncIterator[bytes]) -> AsyncGenerator[Part]:
        said = 0
        async with Sink(root / key) as sink:
            async for piece in regrouped(pieces, PIECE):
                await sink.add(piece)
                if sink.size - said >= FLUSHED_EVERY:
                    await sink.flush()
                    said = sink.size
                    yield Part(key, 0, said)
            if sink.size > said:
                await sink.flush()
                yield Part(key, 0, sink.size)

    async def _in_objects(self, key: str, pieces: AsyncIterator[bytes]) -> AsyncGenerator[Part]:
        start = 0
        async for piece in regrouped(pieces, OBJECT):
            part = Part(f"{key}-{start:015}", start, len(piece))
            with store_errors():
                await obstore.put_async(self._store, part.key, piece, use_multipart=False)
            yield part
            start += part.size
