"""Has strangers' files opened by a process of their own, one at a time, and reads what it says.

The process may take 10 s of processor, 512 MB and 20 s in all; it writes no file, opens none beside the libraries it
needs, starts no other, and has no network where the machine allows that to be taken away. LibreOffice needs more and
gets limits of its own: see `printing.py`.
"""

import asyncio
import contextlib
import struct
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import structlog
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from . import printing
from .inside.answer import FRAME, LONGEST_TEXT, MOST_PAGES, PAGE
from .inside.zips import LISTED, LONGEST_NAME
from .reasons import Reason

log = structlog.get_logger()

SECONDS = 20.0
MOST_ANSWERED = 48 * 2**20
"""Bytes that the process may say: twenty pages of a photograph each are some 10 MB."""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page's picture, in two sizes, as WebP."""

    number: int
    width: int
    height: int
    large: bytes
    small: bytes


Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME)]
Size = Annotated[int, Field(ge=0, lt=2**53)]
Number = Annotated[int, Field(ge=0, lt=2**31)]


class Facts(BaseModel):
    """How the process ends: held to its shape, for it could have been taken over."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Reason | None = None
    """Why the file could not be read; then nothing else holds."""
    lacks: Reason | None = None
    """Why less is shown of it than might be."""
    page_count: Number = 0
    is_cut: bool = False
    has_position: bool | None = None
    is_drawable: bool = False
    """Whether LibreOffice may be given it."""
    entries: Annotated[list[tuple[Name, Size]], Field(max_length=LISTED)] | None = None
    entry_count: Number = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What a file was found to hold."""

    facts: Facts
    pages: Sequence[DrawnPage] = ()
    text: str = ""


TOO_MUCH = Found(Facts(reason="too_much"))


class Looker:
    """One per process that does jobs."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def look(self, pieces: AsyncIterator[bytes], kind: str) -> Found:
        """What is inside the file that comes in these pieces. Raises what they raise."""
        async with self._turn:
            with tempfile.TemporaryDirectory(prefix="parvis-look-") as folder:
                path = Path(folder) / "file"
                await _fill(path, pieces)
                found = await run_inside(path, kind)
                if kind == "office" and found.facts.reason is None:
                    found = await _with_pages(found, path, Path(folder))
                return found


async def run_inside(path: Path, kind: str) -> Found:
    """What the process says of this file; `too_much` when it does not come to its end."""
    with path.open("rb") as file:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",  # Neither the environment nor the current folder decides what it imports.
            "-m",
            "parvis.files.looking.inside",
            kind,
            stdin=file,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={},
            cwd="/",
        )
    said: bytes | None = None
    try:
        said = await asyncio.wait_for(_all_it_says(child), SECONDS)
    except TimeoutError:
        pass
    finally:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    found = _read(said) if said is not None and child.returncode == 0 else TOO_MUCH
    if found.facts.reason is not None:
        log.info("look.refused", kind=kind, status=child.returncode, reason=found.facts.reason)
    return found


async def _fill(path: Path, pieces: AsyncIterator[bytes]) -> None:
    with path.open("wb") as file:
        async for piece in pieces:
            await asyncio.to_thread(file.write, piece)


async def _with_pages(found: Found, path: Path, folder: Path) -> Found:
    """With the pages that LibreOffice draws, where it is installed and the document shows nothing from elsewhere."""
    if not found.facts.is_drawable:
        return _lacking(found, "elsewhere")
    printed = await printing.printed(path, folder)
    drawn = await run_inside(printed, "pages") if printed is not None else TOO_MUCH
    if drawn.facts.reason is not None:
        return _lacking(found, "not_drawn")
    return replace(
        found, pages=drawn.pages, facts=found.facts.model_copy(update={"page_count": drawn.facts.page_count})
    )


def _lacking(found: Found, reason: Reason) -> Found:
    return replace(found, facts=found.facts.model_copy(update={"lacks": reason}))


async def _all_it_says(child: asyncio.subprocess.Process) -> bytes | None:
    """None: it says too much."""
    assert child.stdout is not None
    said = bytearray()
    while piece := await child.stdout.read(2**20):
        said += piece
        if len(said) > MOST_ANSWERED:
            return None
    await child.wait()
    return bytes(said)


def _read(said: bytes) -> Found:
    """What the frames say. A process that was taken over could say anything: what does not hold is `too_much`."""
    pages: list[DrawnPage] = []
    text, facts = "", None
    try:
        for letter, content in _frames(said):
            if letter == b"P":
                pages.append(_page(content, len(pages) + 1))
            elif letter == b"T":
                text = content.decode()
            elif letter == b"E":
                facts = Facts.model_validate_json(content)
    except (ValueError, struct.error):
        return TOO_MUCH
    if facts is None or len(pages) > MOST_PAGES or len(text) > LONGEST_TEXT:
        return TOO_MUCH
    return Found(facts) if facts.reason is not None else Found(facts, pages, text)


def _frames(said: bytes) -> Sequence[tuple[bytes, bytes]]:
    frames, at = [], 0
    while at < len(said):
        letter, size = FRAME.unpack_from(said, at)
        at += FRAME.size + size
        if at > len(said):
            raise ValueError("cut")
        frames.append((letter, said[at - size : at]))
    return frames


def _page(content: bytes, number: int) -> DrawnPage:
    told, width, height, size = PAGE.unpack_from(content)
    large, small = content[PAGE.size : PAGE.size + size], content[PAGE.size + size :]
    if told != number or not (large.startswith(b"RIFF") and small.startswith(b"RIFF")):
        raise ValueError("not a page")
    return DrawnPage(number, width, height, large, small)
