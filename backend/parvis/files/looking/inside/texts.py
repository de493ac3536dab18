"""Words as they are: text, code, tables; and those that a page of HTML shows."""

import codecs
import contextlib
import re
from html.parser import HTMLParser

from .answer import LONGEST_TEXT, Answer, Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
UNSEEN = {"script", "style", "title", "template", "noscript", "svg", "math", "object"}
BLOCKS = {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "section", "article", "pre", "table"}


def prepare() -> None:
    for encoding in ("utf-16", "cp1252", "utf-8-sig"):
        codecs.lookup(encoding)


def look(content: bytes, answer: Answer) -> None:
    is_cut = answer.text(decoded(content))
    answer.end(is_cut=is_cut)


def look_at_page(content: bytes, answer: Answer) -> None:
    page = _Page()
    with contextlib.suppress(AssertionError, RecursionError, _Enough):
        page.feed(decoded(content))
        page.close()
    words = "\n".join(line for line in (" ".join(line.split()) for line in "".join(page.words).split("\n")) if line)
    answer.end(is_cut=answer.text(words))


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what Windows writes in the west. Raises `Refused` of what is no text."""
    encoding = next((encoding for mark, encoding in MARKS if content.startswith(mark)), None)
    if encoding is not None:
        return content.decode(encoding, "replace")
    try:
        words = codecs.getincrementaldecoder("utf-8")().decode(content)  # It may be cut in the middle of a character.
    except UnicodeDecodeError:
        words = content.decode("cp1252", "replace")
    if CONTROLS.search(words):
        raise Refused("broken")
    return words


class _Enough(Exception):
    """More would not be kept."""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._length = 0
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN and len(self._unseen) < 100:
            self._unseen.append(tag)
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self.words.append(data)
        self._length += len(data)
        if self._length > LONGEST_TEXT:
            raise _Enough
