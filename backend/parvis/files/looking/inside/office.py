"""Office documents (ECMA-376, OpenDocument): their words, and whether LibreOffice may be given them.

A reader of our own: each format is a zip of XML in which words stand in a few elements. Pages are drawn by LibreOffice,
where it is installed; only of documents whose zip was gone through here, and which name nothing to be fetched.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping

from . import xml, zips
from .answer import LONGEST_TEXT, Answer, Refused
from .elsewhere import leads_away

WORDS_IN = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml|xl/worksheets/sheet\d+\.xml|content\.xml"
)
SHARED = "xl/sharedStrings.xml"
MANIFEST = "META-INF/manifest.xml"
RUNS = {"t"}
"""Elements of ECMA-376 whose text is words, in each of its vocabularies."""
CELLS = {"table-cell", "covered-table-cell", "tc"}
LINES = {"p", "h", "row", "table-row", "tr", "br", "line-break", "cr"}
GAPS = {"tab", "c", "s", *CELLS}
ODF_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
MOST_SHARED = 400_000
GAP = re.compile(r" *\t *")
NUMBER = re.compile(r"(\d+)")


def prepare() -> None:
    zips.prepare()


def look(content: bytes, answer: Answer) -> None:
    archive = zips.opened(content)
    names = {info.filename for info in archive.infolist()}
    if MANIFEST in names and b"encryption-data" in b"".join(zips.pieces(archive, MANIFEST)):
        raise Refused("protected")
    parts = sorted((name for name in names if WORDS_IN.fullmatch(name)), key=_in_order)
    if not parts:
        raise Refused("broken")
    reader = _Reader(_shared(archive) if SHARED in names else ())
    for name in parts:
        reader.read(zips.pieces(archive, name))
    is_cut = answer.text(reader.words())
    answer.end(is_cut=is_cut, is_drawable=_is_light(archive) and not leads_away(archive))


def _in_order(name: str) -> tuple[str, int]:
    found = NUMBER.search(name.rpartition("/")[2])
    return name.rpartition("/")[0], int(found[1]) if found else 0


def _is_light(archive: zipfile.ZipFile) -> bool:
    """Whether all of it, unpacked, is little enough for another program to be given it. The entries say their sizes,
    and the zip module holds them to that."""
    return sum(info.file_size for info in archive.infolist()) <= 4 * zips.MOST_BYTES and not any(
        info.file_size > zips.SMALLEST and info.file_size > zips.MOST_RATIO * max(1, info.compress_size)
        for info in archive.infolist()
    )


def _shared(archive: zipfile.ZipFile) -> list[str]:
    """The strings that cells of a sheet point to."""
    strings: list[str] = []
    parts: list[str] = []
    is_run = False

    def start(tag: str, _attributes: Mapping[str, str]) -> None:
        nonlocal is_run
        is_run = tag.endswith(" t")

    def end(tag: str) -> None:
        nonlocal is_run
        is_run = False
        if tag.endswith(" si"):
            strings.append("".join(parts))
            parts.clear()
            if len(strings) >= MOST_SHARED:
                raise xml.Enough

    def words(said: str) -> None:
        if is_run:
            parts.append(said)

    xml.read(zips.pieces(archive, SHARED), start, end, words)
    return strings


class _Reader:
    """Gathers words from one part of a document after the other, until there are enough."""

    def __init__(self, shared: "list[str] | tuple[()]") -> None:
        self._shared = shared
        self._said: list[str] = []
        self._length = 0
        self._depth = 0
        """In how many elements of words."""
        self._cell = ""
        self._cells = 0

    def read(self, pieces: Iterator[bytes]) -> None:
        self._depth = self._cells = 0
        xml.read(pieces, self._start, self._end, self._words)
        self._say("\n")

    def words(self) -> str:
        lines = ("".join(self._said)).split("\n")
        return "\n".join(line for line in (GAP.sub("\t", line).strip() for line in lines) if line)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        if name in GAPS:
            self._say("\t" if name != "s" or space != ODF_TEXT else " ")
        self._cells += name in CELLS
        if name == "c":
            self._cell = attributes.get("t", "n")
        if self._holds_words(space, name):
            self._depth += 1

    def _end(self, tag: str) -> None:
        space, _, name = tag.rpartition(" ")
        if self._holds_words(space, name):
            self._depth -= 1
        self._cells -= name in CELLS
        if name in LINES:
            self._say(" " if self._cells > 0 else "\n")

    def _holds_words(self, space: str, name: str) -> bool:
        if space == ODF_TEXT:
            return name in {"p", "h"}
        return name in RUNS or (name == "v" and space.endswith("/main"))

    def _words(self, said: str) -> None:
        if self._depth <= 0:
            return
        if self._cell == "s" and said.isdigit() and len(said) < 9:
            said = self._shared[int(said)] if int(said) < len(self._shared) else ""
        self._say(said)

    def _say(self, said: str) -> None:
        self._said.append(said)
        self._length += len(said)
        if self._length > 2 * LONGEST_TEXT:
            raise xml.Enough
