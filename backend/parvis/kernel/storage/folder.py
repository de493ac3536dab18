"""What a folder needs beyond the store's own calls: flushing to disk, and clearing up by age. Blocking."""

import os
import shutil
from hashlib import sha256
from pathlib import Path

READ_AT_ONCE = 2**20


class Growing:
    """A new file that bytes are added to; flushed, they are safe, and so is its name, unless it is to be renamed."""

    def __init__(self, path: Path, *, is_renamed: bool = False) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._file = path.open("xb", buffering=0)
        self._is_named = is_renamed
        self.size = 0

    def add(self, piece: bytes) -> int:
        """Says how many bytes it has now."""
        left = memoryview(piece)
        while left:
            left = left[self._file.write(left) :]
        self.size += len(piece)
        return self.size

    def begin_flushing(self) -> None:
        """Brings to the disk what was added until now."""
        os.fdatasync(self._file.fileno())

    def flush(self) -> None:
        os.fsync(self._file.fileno())
        if not self._is_named:
            for folder in list(self._path.parents)[:2]:
                _flush(folder)
            self._is_named = True

    def close(self) -> None:
        self._file.close()


def publish(temporary: Path, final: Path) -> None:
    """Moves a whole, flushed file to its name; when this returns, a power cut does not undo it."""
    final.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(final)
    for folder in list(final.parents)[:3]:
        _flush(folder)


def name_too(known: Path, other: Path) -> None:
    """Gives a file another name beside its own. Where files have but one, it is copied."""
    other.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(known, other)
    except PermissionError:
        shutil.copyfile(known, other)
        _flush(other)


def digest_of(path: Path) -> str:
    """The hexadecimal SHA-256 of its bytes."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def remove(folder: Path) -> None:
    """Removes a folder and all in it; one that is not there is removed already."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(folder: Path, before: float) -> int:
    """Removes files last written before that Unix time. Says how many."""
    stale = [path for path in folder.glob("*") if path.stat().st_mtime < before]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
