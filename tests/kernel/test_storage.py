import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import anyio
import pytest

from parvis.kernel import clock
from parvis.kernel.config import Settings
from parvis.kernel.errors import NotFound, TooLarge, Unavailable
from parvis.kernel.storage import DigestMismatch, Storage, Stored, blob_key
from tests.make.services import S3, Bucket, started

BIG = bytes(range(256)) * 4096 * 12  # 12 MiB: more than one part of an upload.


class Peer:
    """A store as its own administrator sees it, beside the class under test."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.folder = folder
        if kind == "folder":
            self.settings = Settings(storage_url=f"file://{folder}/files")
            return
        self.bucket = Bucket.made()
        self.settings = Settings.model_validate(self.bucket.settings)

    def everything(self) -> list[str]:
        """All it holds, unfinished uploads too."""
        if hasattr(self, "bucket"):
            return self.bucket.everything()
        files = (self.folder / "files").rglob("*")
        return sorted(str(path.relative_to(self.folder / "files")) for path in files if path.is_file())


@pytest.fixture(params=["folder", *(["s3"] if started(S3) else [])])
def peer(request: pytest.FixtureRequest, tmp_path: Path) -> Peer:
    """An empty store of either kind."""
    return Peer(request.param, tmp_path)


@pytest.fixture
def storage(peer: Peer) -> Storage:
    return Storage.open(peer.settings)


async def pieces(content: bytes, size: int = 65536) -> AsyncIterator[bytes]:
    for at in range(0, len(content), size):
        yield content[at : at + size]


async def put(storage: Storage, content: bytes) -> Stored:
    return await storage.put_stream(pieces(content))


async def read(storage: Storage, key: str, start: int = 0, end: int | None = None) -> bytes:
    return b"".join([piece async for piece in await storage.get_stream(key, start, end)])


@pytest.mark.parametrize(
    "content", [b"", b"x", b"bonjour" * 100_000, BIG], ids=["empty", "one byte", "one part", "parts"]
)
async def test_what_is_stored_comes_back(storage: Storage, peer: Peer, content: bytes) -> None:
    stored = await put(storage, content)
    assert stored == Stored(blob_key(sha256(content).hexdigest()), len(content), sha256(content).hexdigest())
    assert await read(storage, stored.key) == content
    assert await storage.size(stored.key) == len(content)
    assert peer.everything() == [stored.key]


async def test_a_blob_lives_under_the_hash_of_its_bytes(storage: Storage) -> None:
    stored = await put(storage, b"abc")
    assert stored.key == "blobs/ba/78/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    "start, end",
    [(0, 1), (0, None), (1, 5), (5, None), (2**20 - 1, 2**20 + 1), (len(BIG) - 1, None), (3, 3), (9, 4), (5, 2**40)],
)
async def test_a_range_is_what_a_slice_would_be(storage: Storage, start: int, end: int | None) -> None:
    stored = await put(storage, BIG)
    assert await read(storage, stored.key, start, end) == BIG[start:end]


async def test_a_range_beyond_the_end_is_empty(storage: Storage) -> None:
    stored = await put(storage, b"abc")
    assert await read(storage, stored.key, 3) == b""
    assert await read(storage, stored.key, 10, 20) == b""


async def test_pieces_come_in_sizes_that_memory_can_hold(storage: Storage) -> None:
    stored = await put(storage, BIG)
    sizes = [len(piece) async for piece in await storage.get_stream(stored.key)]
    assert len(sizes) > 3
    assert max(sizes) <= 3 * 2**20


async def test_the_same_bytes_are_kept_once_and_answered_alike(storage: Storage, peer: Peer) -> None:
    first, second = await put(storage, BIG), await put(storage, BIG)
    assert first == second
    assert peer.everything() == [first.key]


async def test_many_at_once_do_not_meet(storage: Storage, peer: Peer) -> None:
    contents = [bytes([number % 3]) * 300_000 for number in range(9)]
    stored = await asyncio.gather(*(put(storage, content) for content in contents))
    assert [await read(storage, each.key) for each in stored] == contents
    assert len(peer.everything()) == 3


class Cut(Exception):
    """The sender is gone."""


@pytest.mark.parametrize("at", [0, 1, 65536, 5 * 2**20, len(BIG)])
async def test_a_stream_that_breaks_off_leaves_nothing(storage: Storage, peer: Peer, at: int) -> None:
    async def cut() -> AsyncIterator[bytes]:
        async for piece in pieces(BIG[:at]):
            yield piece
        raise Cut

    with pytest.raises(Cut):
        await storage.put_stream(cut())
    assert peer.everything() == []


@pytest.mark.parametrize("at", [0, 65536, 7 * 2**20])
async def test_a_stream_that_is_cancelled_leaves_nothing(storage: Storage, peer: Peer, at: int) -> None:
    waiting = asyncio.Event()

    async def stalled() -> AsyncIterator[bytes]:
        async for piece in pieces(BIG[:at]):
            yield piece
        waiting.set()
        await asyncio.Event().wait()

    receiving = asyncio.create_task(storage.put_stream(stalled()))
    await waiting.wait()
    receiving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await receiving
    assert peer.everything() == []


async def test_too_much_is_refused_while_it_arrives(storage: Storage, peer: Peer) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 65536
            yield bytes(65536)

    with pytest.raises(TooLarge):
        await storage.put_stream(endless(), max_bytes=2**20)
    assert taken == 2**20 + 65536
    assert peer.everything() == []
    assert (await storage.put_stream(pieces(bytes(2**20)), max_bytes=2**20)).size == 2**20


async def test_an_announced_hash_only_verifies(storage: Storage, peer: Peer) -> None:
    digest = sha256(b"abc").hexdigest()
    with pytest.raises(DigestMismatch):
        await storage.put_stream(pieces(b"abd"), expected_sha256=digest)
    assert peer.everything() == []
    stored = await storage.put_stream(pieces(b"abc"), expected_sha256=digest.upper())
    with pytest.raises(DigestMismatch):  # Nor does naming a blob that we hold give it to whoever has other bytes.
        await storage.put_stream(pieces(b"abd"), expected_sha256=digest)
    assert peer.everything() == [stored.key]


@pytest.mark.parametrize("key", [blob_key("0" * 64), "blobs/../../secret", "/etc/passwd", "blobs//x", "blobs", ""])
async def test_what_is_not_there_is_not_found(storage: Storage, key: str) -> None:
    await put(storage, b"abc")
    for ask in (storage.size, storage.get_stream):
        with pytest.raises(NotFound):
            await ask(key)
    await storage.delete(key)
    assert [key async for key, _ in storage.list()] == [blob_key(sha256(b"abc").hexdigest())]


async def test_existence_and_deletion(storage: Storage, peer: Peer) -> None:
    stored = await put(storage, b"abc")
    assert await storage.exists(stored.key)
    await storage.delete(stored.key)
    await storage.delete(stored.key)
    assert not await storage.exists(stored.key)
    assert peer.everything() == []


async def test_every_blob_is_listed(storage: Storage) -> None:
    stored = [await put(storage, bytes(size)) for size in (1, 20, 300)]
    assert {item async for item in storage.list()} == {(each.key, each.size) for each in stored}


async def test_what_a_dead_process_left_is_swept_and_what_is_arriving_is_not(storage: Storage, peer: Peer) -> None:
    stored = await put(storage, b"abc")
    leave_half(peer)
    assert await storage.sweep(clock.now() - timedelta(hours=1)) == 0
    assert len(peer.everything()) == 2
    assert await storage.sweep(clock.now() + timedelta(seconds=5)) == 1
    assert peer.everything() == [stored.key]


def leave_half(peer: Peer) -> None:
    if hasattr(peer, "bucket"):
        peer.bucket.client.put_object(Bucket=peer.bucket.name, Key="incoming/half", Body=b"hal")
    else:
        (peer.folder / "files" / "incoming" / "half#1").write_bytes(b"hal")


async def test_who_goes_away_at_any_moment_leaves_nothing_open(storage: Storage, peer: Peer) -> None:
    """Let go as a request is: anew at each wait, until it has ended."""
    stored = await storage.put_stream(pieces(BIG))
    for moment in range(40):
        with anyio.CancelScope() as request:
            asyncio.get_running_loop().call_later(moment / 5_000, request.cancel)
            async for _ in await storage.get_stream(stored.key):
                await asyncio.sleep(0)
    gc.collect()
    async with asyncio.timeout(10):
        while open_in(peer.folder):  # noqa: ASYNC110 — a thread still reads
            await asyncio.sleep(0.001)


def open_in(folder: Path) -> list[Path]:
    files: list[Path] = []
    for number in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            files.append(number.readlink())
    return [file for file in files if file.is_relative_to(folder / "files")]


async def test_memory_does_not_grow_with_the_file(storage: Storage) -> None:
    async def large() -> AsyncIterator[bytes]:
        for _ in range(128 * 16):
            yield bytes(65536)
            seen.append(resident_bytes())

    await put(storage, BIG)
    seen = [before := resident_bytes()]
    stored = await storage.put_stream(large())
    seen.extend([resident_bytes() async for _ in await storage.get_stream(stored.key)])
    assert stored.size == 128 * 2**20
    assert max(seen) - before < 48 * 2**20


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


async def test_a_store_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    away = Storage.open(
        Settings(storage_url="s3://b?endpoint=http://127.0.0.1:9", storage_access_key="a", storage_secret_key="b")
    )
    with pytest.raises(Unavailable):
        await away.put_stream(pieces(BIG))
    with pytest.raises(Unavailable):
        await away.size(blob_key("0" * 64))


@pytest.mark.parametrize("url", ["http://localhost/x", "s3://", "folder", "file://host/x", "ftp://x/y"])
def test_only_folders_and_s3_are_stores(url: str) -> None:
    with pytest.raises(ValueError, match="PARVIS_STORAGE_URL"):
        Storage.open(Settings(storage_url=url))
