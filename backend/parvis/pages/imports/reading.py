"""Files opened to make pages of them: text here, Word documents by a process of their own, which has little and ends
soon."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from parvis.files.looking.looker import Looker
from parvis.files.looking.reasons import REASONS
from parvis.files.models import File
from parvis.kernel.errors import ParvisError, Text, TooLarge, UnsupportedMedia
from parvis.kernel.storage import Storage

from . import markdown, word
from .nodes import Imported

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BYTES = {"word": 20 * 2**20, "markdown": 2**20}
AT_ONCE = 2
TOO_HEAVY: Text = {
    "fr": "Un document Word pèse 20 Mo au plus, un texte 1 Mo.",
    "en": "A Word document weighs 20 MB at most, a text 1 MB.",
}
NEITHER: Text = {
    "fr": "Une page se fait d’un document Word (.docx) ou d’un texte Markdown (.md).",
    "en": "A page is made of a Word document (.docx) or a Markdown text (.md).",
}


class UnreadableDocument(ParvisError):
    status, code = 422, "unreadable_document"
    title = {
        "fr": "Ce document ne peut pas être lu.",
        "en": "This document cannot be read.",
    }


@dataclass(frozen=True, slots=True)
class Importer:
    """One per process: so many documents at once, and no more."""

    looker: Looker
    turns: asyncio.Semaphore

    @classmethod
    def new(cls) -> "Importer":
        return cls(Looker(), asyncio.Semaphore(AT_ONCE))

    async def read(self, storage: Storage, file: File) -> Imported:
        """Raises `UnsupportedMedia`, `TooLarge` and `UnreadableDocument`."""
        kind = kind_of(file)
        if file.size > MOST_BYTES[kind]:
            raise TooLarge(TOO_HEAVY)
        async with self.turns:
            pieces = await storage.get_stream(file.blob_key)
            if kind == "word":
                return await self._word(pieces)
            return await asyncio.to_thread(_markdown, b"".join([piece async for piece in pieces]))

    async def _word(self, pieces: AsyncIterator[bytes]) -> Imported:
        found = await self.looker.look(pieces, "word")
        if found.facts.reason is not None:
            raise UnreadableDocument(REASONS[found.facts.reason])
        try:
            return await asyncio.to_thread(word.read, found.text)
        except (ValueError, RecursionError):
            raise UnreadableDocument(REASONS["too_much"]) from None


def kind_of(file: File) -> str:
    """Raises `UnsupportedMedia`."""
    if file.media_type == WORD:
        return "word"
    named = file.name.lower().endswith((".md", ".markdown"))
    if file.media_type in {"text/plain", "text/markdown"} or (named and file.media_type.startswith("text/")):
        return "markdown"
    raise UnsupportedMedia(NEITHER)


def _markdown(content: bytes) -> Imported:
    try:
        return markdown.read(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError):
        raise UnreadableDocument(REASONS["broken"]) from None
