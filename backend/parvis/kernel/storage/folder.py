"""What a folder needs beyond the store's own calls: flushing to disk, and clearing up by age. Blocking."""

import os
from pathlib import Path


def publish(temporary: Path, final: Path) -> None:
    """Moves a whole file to its name; when this returns, a power cut does not undo it."""
    final.parent.mkdir(parents=True, exist_ok=True)
    _flush(temporary)
    temporary.replace(final)
    for folder in list(final.parents)[:3]:
        _flush(folder)


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
