"""Zip files, whatever they say of themselves: few entries, few bytes, and no more than they were packed into allows."""

import codecs
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from .answer import Answer, Refused

PIECE = 2**16
MOST_ENTRIES = 20_000
MOST_BYTES = 64 * 2**20
"""Of one entry, unpacked."""
MOST_RATIO, SMALLEST = 200, 4 * 2**20
"""Beyond so many times its packed size, and so many bytes, an entry was made to burst whoever opens it."""
LISTED = 500
LONGEST_NAME = 300


def prepare() -> None:
    """Loads what names are written in."""
    codecs.lookup("cp437")


def opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError):
        raise Refused("broken") from None
    if len(archive.infolist()) > MOST_ENTRIES:
        raise Refused("too_much")
    return archive


def pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The bytes of one entry."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Refused("protected")
    size = 0
    try:
        with archive.open(info) as entry:
            while piece := entry.read(PIECE):
                size += len(piece)
                if size > MOST_BYTES or (size > SMALLEST and size > MOST_RATIO * max(1, info.compress_size)):
                    raise Refused("too_much")
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise Refused("broken") from None


def look(content: bytes, answer: Answer) -> None:
    """An archive: the names of what is in it, and nothing of that."""
    entries = [
        (info.filename[:LONGEST_NAME].replace("\0", ""), info.file_size)
        for info in opened(content).infolist()
        if not info.is_dir()
    ]
    is_cut = answer.text("\n".join(_plain(name) for name, _size in entries))
    listed = [[_plain(name), size] for name, size in entries[:LISTED]]
    answer.end(entries=listed, entry_count=len(entries), is_cut=is_cut)


def _plain(name: str) -> str:
    """Without what turns or hides it."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)
