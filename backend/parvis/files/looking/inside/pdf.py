"""PDF: its words, and its first pages drawn."""

import codecs
import math
from typing import Any

from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

from .answer import LARGE, LONGEST_TEXT, MOST_PAGES, TALLEST, Answer, Refused
from .limits import seconds_used

MOST_READ = 5_000
READ_UNTIL, DRAWN_UNTIL = 4.0, 8.0
"""Seconds of processor after which no other page is begun, so that those made are told."""


def prepare() -> None:
    """Loads what is loaded by need: the library itself, the encoding of its words, the writer of pictures."""
    PdfDocument.new().close()
    codecs.lookup("utf-16-le")
    Image.init()


def look(content: bytes, answer: Answer) -> None:
    document = _opened(content)
    is_cut = answer.text(_words(document, len(document)))
    _draw(document, answer)
    answer.end(page_count=len(document), is_cut=is_cut)


def draw(content: bytes, answer: Answer) -> None:
    """The pages alone, of a document whose words were read elsewhere."""
    document = _opened(content)
    _draw(document, answer)
    answer.end(page_count=len(document))


def _opened(content: bytes) -> PdfDocument:
    try:
        document = PdfDocument(content)
        len(document)
    except PdfiumError as error:
        raise Refused("protected" if "password" in str(error).lower() else "broken") from None
    return document


def _draw(document: PdfDocument, answer: Answer) -> None:
    for number in range(min(len(document), MOST_PAGES)):
        if seconds_used() > DRAWN_UNTIL:
            break
        image = _drawn(document, number)
        if image is None:
            break
        answer.page(number + 1, image)


def _words(document: PdfDocument, count: int) -> str:
    found: list[str] = []
    length = 0
    for number in range(min(count, MOST_READ)):
        if length > LONGEST_TEXT or seconds_used() > READ_UNTIL:
            break
        try:
            page = document[number]
            words = page.get_textpage().get_text_bounded()
            page.close()
        except PdfiumError:
            continue
        found.append(words.replace("\r\n", "\n").replace("\x02", "").replace("\ufffe", ""))
        length += len(words)
    return "\n\n".join(found)


def _drawn(document: PdfDocument, number: int) -> Any | None:
    """None: of a page that has no size, or cannot be read."""
    try:
        page = document[number]
        width, height = page.get_size()
        if not (width > 0 and height > 0 and math.isfinite(width * height)):
            return None
        scale = min(LARGE / width, TALLEST * LARGE / height)
        if min(width, height) * scale < 1:
            return None
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    except (PdfiumError, ValueError, OverflowError):
        return None
    return image
