"""The file itself: a tar archive of members, the manifest last. Without it nothing was taken whole."""

import os
import tarfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from .sealing import MAGIC, Opener, Sealer

BLOCK = tarfile.BLOCKSIZE
HEAD, MANIFEST = "head.json", "manifest.json"


class Broken(Exception):
    """It is no backup of ours, or not a whole one."""


class _Target(Protocol):
    def write(self, plain: bytes, /) -> int: ...


class Writer:
    """Adds members one after the other; nothing is held but the piece at hand."""

    def __init__(self, target: _Target) -> None:
        self._target = target

    def add(self, name: str, content: bytes) -> None:
        self._begin(name, len(content))
        self._target.write(content)
        self._fill(len(content))

    async def add_stream(self, name: str, size: int, pieces: AsyncIterator[bytes]) -> None:
        """Raises `Broken` unless there are as many bytes as was said."""
        self._begin(name, size)
        written = 0
        async for piece in pieces:
            self._target.write(piece)
            written += len(piece)
        if written != size:
            raise Broken(f"{name} has {written} bytes, not {size}")
        self._fill(size)

    def end(self) -> None:
        self._target.write(bytes(2 * BLOCK))

    def _begin(self, name: str, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._target.write(member.tobuf(tarfile.PAX_FORMAT))

    def _fill(self, size: int) -> None:
        self._target.write(bytes(-size % BLOCK))


@contextmanager
def writing(path: Path, key: bytes | None) -> Iterator[Writer]:
    """The archive of that name, there only once it is whole and on the disk. Nobody else reads it.

    Raises FileExistsError when something of that name is there.
    """
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(0o600)
    try:
        with unfinished.open("r+b") as file:
            sealer = Sealer(file, key) if key else None
            writer = Writer(sealer or file)
            yield writer
            writer.end()
            if sealer:
                sealer.close()
            _to_disk(file)
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _to_disk(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


@contextmanager
def reading(path: Path, key: bytes | None) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """The members of an archive in their order, by name; each is to be read before the next.

    Raises `Broken`, and `WrongKey` wherever it is not as it was sealed.
    """
    with path.open("rb") as file:
        is_sealed = file.read(len(MAGIC)) == MAGIC
        if is_sealed and key is None:
            raise Broken("it is encrypted: say with which key (--key-file)")
        if not is_sealed:
            file.seek(0)
        source = Opener(file, cast(bytes, key)) if is_sealed else file
        try:
            yield _members(cast(BinaryIO, source))
        except tarfile.TarError as error:
            raise Broken(f"it is no backup, or is cut: {error}") from error


def _members(source: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None:
                raise Broken(f"{member.name} is no file")
            yield member.name, cast(BinaryIO, content)
