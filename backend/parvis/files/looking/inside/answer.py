"""What the process says: frames of a letter, a length and as many bytes. The last one is `E`; without it nothing holds.

`P`: a page's number, width and height, the length of its large picture, that and its small one. `T`: words.
`E`: facts, as JSON; `reason` in them says why the file could not be read.
"""

import json
import struct
import sys
from io import BytesIO
from typing import Any, BinaryIO

FRAME = struct.Struct(">cI")
PAGE = struct.Struct(">HHHI")
LONGEST_TEXT = 1_000_000
MOST_PAGES = 20
LARGE, SMALL = 1400, 400
"""Pixels: the width of a page's two pictures, at most."""
TALLEST = 2
"""How many times as high as wide a page's picture is, at most."""
QUALITY, EFFORT = 80, 2


class Refused(Exception):
    """The file cannot be read, for one of `looking/reasons.py`."""


class Answer:
    def __init__(self, out: BinaryIO | None = None) -> None:
        self._out = out or sys.stdout.buffer

    def text(self, words: str) -> bool:
        """Says the words, as many as are kept. Returns whether there were more."""
        kept = words.replace("\0", "").encode("utf-8", "replace").decode()[:LONGEST_TEXT]
        self._say(b"T", kept.encode())
        return len(words) > LONGEST_TEXT

    def page(self, number: int, image: Any) -> None:
        """Says what a page looks like. `image`: a Pillow image, which may be as large as it likes."""
        large = _within(image, LARGE)
        small = _within(large, SMALL)
        written = [_webp(one) for one in (large, small)]
        self._say(b"P", PAGE.pack(number, *large.size, len(written[0])) + b"".join(written))

    def end(self, **facts: Any) -> None:
        self._say(b"E", json.dumps(facts).encode())

    def _say(self, letter: bytes, content: bytes) -> None:
        self._out.write(FRAME.pack(letter, len(content)) + content)
        self._out.flush()


def _within(image: Any, width: int) -> Any:
    if image.width <= width and image.height <= TALLEST * width:
        return image
    smaller = image.copy()
    smaller.thumbnail((width, TALLEST * width))
    return smaller


def _webp(image: Any) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", quality=QUALITY, method=EFFORT)
    return written.getvalue()
