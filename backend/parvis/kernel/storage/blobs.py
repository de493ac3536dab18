"""The store itself, over obstore: one class for a folder and for S3."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.store import LocalStore, S3Store

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.errors import NotFound, Unavailable
from parvis.kernel.ids import new_id

from . import folder
from .failures import store_errors
from .handing import Signer
from .incoming import PIECE, DigestMismatch, Incoming
from .parts import Part, Parts
from .sink import Sink

if TYPE_CHECKING:
    from obstore import GetResult

PART = 5 * 2**20
"""Bytes of one part of an upload, S3's least; 10,000 parts make 50 GB."""
PARTS_AT_ONCE = 2

KEY = re.compile(r"blobs/([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{60}")
INCOMING = "incoming"
BLOBS = "blobs"


@dataclass(frozen=True)
class Stored:
    """What was received: counted and hashed by us (hexadecimal SHA-256), and the key to read it back."""

    key: str
    size: int
    sha256: str


def blob_key(digest: str) -> str:
    """Where the blob with this hexadecimal SHA-256 lives: two levels of folders keep each of them small."""
    return f"{BLOBS}/{digest[:2]}/{digest[2:4]}/{digest}"


class Storage:
    """The blobs of one deployment. Each method raises `Unavailable` when the store does not answer."""

    def __init__(
        self,
        store: LocalStore | S3Store,
        root: Path | None,
        *,
        proxied: str = "",
        signer: Signer | None = None,
        redirect: int = 0,
    ) -> None:
        self._store = store
        self._root = root
        self._proxied = proxied
        self._signer = signer
        self._redirect = redirect
        self.parts = Parts(store, root)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """`file:///folder`, made if absent, or `s3://bucket?endpoint=http://…&region=…`.

        Raises ValueError for any other address.
        """
        parts = urlsplit(settings.storage)
        if parts.scheme == "file" and parts.path and not parts.netloc:
            root = Path(unquote(parts.path))
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            return cls(LocalStore(root), root, proxied=settings.storage_proxied)
        if parts.scheme == "s3" and parts.netloc:
            options = parse_qs(parts.query)
            signer = _signer(parts.netloc, options, settings)
            return cls(_s3(parts.netloc, options, settings), None, signer=signer, redirect=settings.storage_redirect)
        raise ValueError("PARVIS_STORAGE_URL must be file:///folder or s3://bucket?endpoint=…&region=…")

    async def put_stream(
        self, pieces: AsyncIterator[bytes], *, max_bytes: int | None = None, expected_sha256: str | None = None
    ) -> Stored:
        """Receives a blob. Nothing of it remains unless it is received whole.

        Raises `TooLarge` beyond `max_bytes`, `DigestMismatch` unless the hash is `expected_sha256` (hexadecimal),
        `InsufficientStorage`, and whatever `pieces` raises.
        """
        temporary = f"{INCOMING}/{new_id().hex}"
        incoming = Incoming(pieces, max_bytes)

        try:
            await self._receive(temporary, incoming)
            if expected_sha256 is not None and expected_sha256.lower() != incoming.digest:
                raise DigestMismatch
            key = blob_key(incoming.digest)
            await self._publish(temporary, key)
        except BaseException:
            await asyncio.shield(self._discard(temporary))
            raise
        return Stored(key, incoming.size, incoming.digest)

    async def join(self, parts: Sequence[Part], digest: str | None = None) -> Stored:
        """Makes a blob of what came in parts, which stay. `digest`: what its bytes were hashed to as they came, if they
        came at once.

        Raises as `put_stream` does.
        """
        if self._root is None or len(parts) != 1:
            return await self.put_stream(self.parts.read(parts))
        [alone] = parts
        temporary = f"{INCOMING}/{new_id().hex}"
        with store_errors():
            if digest is None:
                digest = await asyncio.to_thread(folder.digest_of, self._root / alone.key)
            await asyncio.to_thread(folder.name_too, self._root / alone.key, self._root / temporary)
        await self._publish(temporary, blob_key(digest))
        return Stored(blob_key(digest), alone.size, digest)

    async def get_stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The bytes from `start` to before `end`, in pieces of about 1 MiB. Raises `NotFound` before the first one."""
        size = await self.size(key)
        start, end = min(start, size), size if end is None else min(end, size)
        if end <= start:
            return _nothing()
        if self._root is not None:
            return _read(self._root / key, start, end)
        with store_errors():
            return _pieces(await obstore.get_async(self._store, key, options={"range": (start, end)}))

    def proxied(self, key: str) -> str | None:
        """Where the reverse proxy in front finds the blob by itself, if it was told to."""
        return f"{self._proxied}/{key}" if self._proxied else None

    def signed(self, key: str, said: Mapping[str, str]) -> str | None:
        """Where the store itself gives the blob for some seconds, with these headers, if that was chosen."""
        if self._signer is None or not self._redirect:
            return None
        return self._signer.sign(key, self._redirect, clock.now(), said)

    async def size(self, key: str) -> int:
        """The blob's bytes. Raises `NotFound`."""
        with store_errors():
            return (await obstore.head_async(self._store, _known(key)))["size"]

    async def exists(self, key: str) -> bool:
        with suppress(NotFound):
            await self.size(key)
            return True
        return False

    async def delete(self, key: str) -> None:
        """Removes a blob; one that is not there is removed already."""
        with suppress(NotFound):
            await self._remove(_known(key))

    async def list(self) -> AsyncIterator[tuple[str, int]]:
        """Every blob's key and bytes, in no order."""
        with store_errors():
            async for batch in obstore.list(self._store, BLOBS):
                for found in batch:
                    yield found["path"], found["size"]

    async def sweep(self, before: datetime) -> int:
        """Removes what processes that died before that instant left half-received. Says how many.

        On S3 the parts of an interrupted upload are the bucket's to expire (`AbortIncompleteMultipartUpload`).
        """
        if self._root is not None:
            return await asyncio.to_thread(folder.sweep, self._root / INCOMING, before.timestamp())
        with store_errors():
            stale = [
                found["path"]
                async for batch in obstore.list(self._store, INCOMING)
                for found in batch
                if found["last_modified"] < before
            ]
        for key in stale:
            await self._remove(key)
        return len(stale)

    async def _receive(self, temporary: str, incoming: Incoming) -> None:
        async def upload(parts: AsyncIterator[bytes]) -> None:
            with store_errors():
                await obstore.put_async(
                    self._store, temporary, parts, chunk_size=PART, use_multipart=True, max_concurrency=PARTS_AT_ONCE
                )

        if self._root is None:
            await incoming.pour(upload)
            return
        async with Sink(self._root / temporary, is_renamed=True) as sink:
            async for piece in incoming.received():
                await sink.add(piece)
            await sink.flush()

    async def _publish(self, temporary: str, key: str) -> None:
        """Gives the blob its name. On a folder, bytes and names are flushed first: acknowledged means kept."""
        if self._root is not None:
            with store_errors():
                await asyncio.to_thread(folder.publish, self._root / temporary, self._root / key)
            return
        with store_errors():
            await obstore.copy_async(self._store, temporary, key)
        await self._remove(temporary)

    async def _discard(self, temporary: str) -> None:
        with suppress(Unavailable):  # The error that brought us here is the one to tell; `sweep` comes by later.
            await self._remove(temporary)

    async def _remove(self, key: str) -> None:
        with suppress(NotFound), store_errors():
            await obstore.delete_async(self._store, key)


def _known(key: str) -> str:
    """Only keys of our own making reach the store."""
    if not KEY.fullmatch(key):
        raise NotFound
    return key


def _s3(bucket: str, options: dict[str, list[str]], settings: Settings) -> S3Store:
    endpoint = options.get("endpoint", [None])[-1]
    access_key, secret_key = settings.storage_access_key, settings.storage_secret_key
    return S3Store(
        bucket,
        endpoint=endpoint,
        region=options.get("region", ["us-east-1"])[-1],
        access_key_id=access_key.get_secret_value() if access_key else None,
        secret_access_key=secret_key.get_secret_value() if secret_key else None,
        virtual_hosted_style_request=options.get("style") == ["virtual"],
        client_options={"allow_http": bool(endpoint and endpoint.startswith("http://")), "timeout": "30s"},
        retry_config={"max_retries": 3},
    )


def _signer(bucket: str, options: dict[str, list[str]], settings: Settings) -> Signer | None:
    access_key, secret_key = settings.storage_access_key, settings.storage_secret_key
    if access_key is None or secret_key is None:
        return None
    region = options.get("region", ["us-east-1"])[-1]
    endpoint = options.get("endpoint", [f"https://s3.{region}.amazonaws.com"])[-1].rstrip("/")
    scheme, _, host = endpoint.partition("://")
    virtual = options.get("style") == ["virtual"]
    address = f"{scheme}://{bucket}.{host}" if virtual else f"{endpoint}/{bucket}"
    return Signer(address, region, access_key.get_secret_value(), secret_key.get_secret_value())


async def _read(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    """In pieces of 1 MiB, each read while the one before is sent. Who is cut off at any moment leaves nothing open."""
    with store_errors():
        file = await _opened(path)
    coming: asyncio.Future[bytes] | None = None
    try:
        while start < end:
            coming = coming or _read_ahead(file.fileno(), start, end)
            with store_errors():
                piece = await asyncio.shield(coming)
            if not piece:
                raise Unavailable  # Shorter than it was a moment ago: the folder is not as we left it.
            start += len(piece)
            coming = _read_ahead(file.fileno(), start, end) if start < end else None
            yield piece
    finally:
        if coming is None or coming.done():
            file.close()
        else:  # It still reads from this number, which would soon stand for another file.
            coming.add_done_callback(partial(_close, file))


async def _opened(path: Path) -> FileIO:
    opening = asyncio.get_running_loop().run_in_executor(None, partial(FileIO, path))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        opening.add_done_callback(_close_opened)
        raise


def _read_ahead(number: int, start: int, end: int) -> asyncio.Future[bytes]:
    return asyncio.get_running_loop().run_in_executor(None, os.pread, number, min(PIECE, end - start), start)


def _close(file: FileIO, reading: asyncio.Future[bytes]) -> None:
    reading.exception()
    file.close()


def _close_opened(opening: asyncio.Future[FileIO]) -> None:
    if opening.exception() is None:
        opening.result().close()


async def _pieces(found: "GetResult") -> AsyncIterator[bytes]:
    with store_errors():
        async for piece in found.stream(min_chunk_size=PIECE):
            yield bytes(piece)


async def _nothing() -> AsyncIterator[bytes]:
    for piece in tuple[bytes, ...]():
        yield piece
