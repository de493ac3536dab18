"""Pictures made anew: what hostile bytes could do, they do to a process of their own, which has little and ends soon.

The child reads the picture from its input and writes another to its output: no metadata (place, device, comment) and no
byte of the original survives. It may take 10 s of processor, 512 MB, 20 s in all, and write no file.
"""

import asyncio
import contextlib
import struct
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import structlog

from parvis.kernel.errors import ParvisError, Text

log = structlog.get_logger()

CHILD = Path(__file__).with_name("picture_child.py")
SECONDS = 20.0
AT_ONCE = 2
Shape = Literal["whole", "square", "photos"]
LONGEST_ANSWER = 8 * 2**20
TOO_MANY_PIXELS = 3
"""How the child ends when a picture is too large to be opened."""


class UnreadablePicture(ParvisError):
    status, code = 422, "unreadable_picture"
    title = {
        "fr": "Cette image ne peut pas être lue.",
        "en": "This picture cannot be read.",
    }


TOO_LARGE: Text = {
    "fr": "Elle a trop de points : 40 millions au plus.",
    "en": "It has too many pixels: 40 million at most.",
}
BROKEN: Text = {
    "fr": "Le fichier est abîmé, ou n’est pas une image PNG, JPEG ou WebP.",
    "en": "The file is damaged, or is not a PNG, JPEG or WebP picture.",
}


@dataclass(frozen=True)
class Photo:
    """A WebP, and how many pixels it has."""

    content: bytes
    width: int
    height: int


SIZED = struct.Struct(">III")
"""What the child says of a photo before it: its width, height and length."""


class PictureMaker:
    """One per process: so many children at once, and no more."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def make_png(self, picture: bytes, longest_side: int) -> bytes:
        """A PNG of what a PNG, JPEG or WebP shows, no side longer than asked. Raises `UnreadablePicture`."""
        return await self._make(picture, longest_side, "whole", b"\x89PNG")

    async def make_square(self, picture: bytes, side: int) -> bytes:
        """A WebP of the middle of what a PNG, JPEG or WebP shows. Raises `UnreadablePicture`."""
        return await self._make(picture, side, "square", b"RIFF")

    async def make_photos(self, picture: bytes, longest_sides: Sequence[int]) -> list[Photo]:
        """A WebP of what a PNG, JPEG or WebP shows for each longest side, from the largest to the smallest.

        Raises `UnreadablePicture`.
        """
        made = await self._make(picture, ",".join(map(str, longest_sides)), "photos", b"RIFF", SIZED.size)
        photos, at = [], 0
        for _ in longest_sides:
            width, height, size = SIZED.unpack_from(made, at)
            at += SIZED.size + size
            photos.append(Photo(made[at - size : at], width, height))
        return photos

    async def _make(self, picture: bytes, sides: int | str, shape: Shape, beginning: bytes, offset: int = 0) -> bytes:
        async with self._turns:
            status, made = await _run(picture, str(sides), shape)
        if status == 0 and made.startswith(beginning, offset) and len(made) <= LONGEST_ANSWER:
            return made
        log.info("picture.refused", status=status, size=len(picture))
        raise UnreadablePicture(TOO_LARGE if status == TOO_MANY_PIXELS else BROKEN)


async def _run(picture: bytes, sides: str, shape: Shape) -> tuple[int | None, bytes]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",  # Neither the environment nor the current folder decides what it imports.
        str(CHILD),
        sides,
        shape,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    try:
        made, _ = await asyncio.wait_for(child.communicate(picture), SECONDS)
    except TimeoutError:
        return None, b""
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    return child.returncode, made
