"""Lines of a file of any size, told apart before anything of them is believed.

A line is what stands before a line feed: a quoted field holds no line break, so that a quote that is never closed costs
its own line and not the rest of the file.
"""

import csv
from collections.abc import AsyncIterator
from dataclasses import dataclass

from .reasons import Code

MOST_BYTES = 16 * 1024
DELIMITERS = (",", ";", "\t")
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RawLine:
    """A line and its number, from 1. `raw` is what it begins with when it is too long."""

    number: int
    raw: bytes
    is_too_long: bool = False


class UnreadableLine(Exception):
    """A line that cannot be taken apart. `rescued` holds the cells that still could."""

    def __init__(self, code: Code, rescued: list[str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.rescued = rescued or []


async def raw_lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[RawLine]:
    """The lines of a stream, a piece of which is held at a time; empty ones are passed over."""
    number, rest, dropped = 0, b"", False
    async for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        for raw in whole:
            number += 1
            if raw.strip() or dropped:
                yield _line(number, raw, dropped)
            dropped = False
        if len(rest) > MOST_BYTES:
            rest, dropped = rest[: MOST_BYTES + 1], True
    if rest.strip():
        yield _line(number + 1, rest, dropped)


def delimiter_of(header: str) -> str:
    """The one that the header uses most."""
    return max(DELIMITERS, key=header.count)


def cells_of(line: RawLine, delimiter: str) -> list[str]:
    """The cells, without the spaces around them. Raises `UnreadableLine`."""
    if line.is_too_long:
        raise UnreadableLine("too_long", _rescued(line.raw, delimiter))
    if b"\0" in line.raw:
        raise UnreadableLine("nul", _rescued(line.raw, delimiter))
    try:
        text = line.raw.decode()
    except UnicodeDecodeError:
        raise UnreadableLine("encoding", _rescued(line.raw, delimiter)) from None
    try:
        return [cell.strip() for cell in _split(text, delimiter)]
    except csv.Error:
        raise UnreadableLine("quotes", _rescued(line.raw, delimiter)) from None


def _line(number: int, raw: bytes, dropped: bool) -> RawLine:
    raw = raw.removesuffix(b"\r")
    raw = raw.removeprefix(BOM) if number == 1 else raw
    too_long = dropped or len(raw) > MOST_BYTES
    return RawLine(number, raw[:MOST_BYTES], too_long)


def _split(text: str, delimiter: str) -> list[str]:
    if '"' not in text:
        return text.split(delimiter)
    return next(csv.reader([text], delimiter=delimiter, strict=True))


def _rescued(raw: bytes, delimiter: str) -> list[str]:
    """What can still be told apart, to know whom a spoilt line was about."""
    text = raw.replace(b"\0", b"").replace(b"\r", b"").decode(errors="replace")
    return [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter), [])]
