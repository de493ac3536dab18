"""A Word document as a list of what stands in it: paragraphs with their style, list and runs, and tables. As JSON:

    {"blocks": [{"style": "h1", "item": ["bullet", 0], "runs": [["words", "bi", "https://…"]]}, {"rows": […]}],
     "lost": {"pictures": 2}}

`item`: of which kind of list, how deep. `style`: `title`, `h1` to `h9`, `quote`, `code` or nothing. Of a run: b, i, u,
s, c for bold, italic, underlined, struck through and code; where it leads. A cell has blocks of its own.
"""

import json
import zipfile
from collections.abc import Mapping
from typing import Any

from . import xml, zips
from .answer import Answer, Refused

BODY, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
LEADS = "word/_rels/document.xml.rels"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFF = {"0", "false", "none", "off"}
MONOSPACED = ("consolas", "courier", "mono", "menlo")
MARKS = {"b": "b", "i": "i", "u": "u", "strike": "s", "dstrike": "s"}
LEFT_OUT = {
    "drawing": "pictures",
    "pict": "pictures",
    "object": "pictures",
    "footnoteReference": "notes",
    "endnoteReference": "notes",
    "commentReference": "comments",
    "oMath": "formulas",
    "del": "changes",
}
SKIPPED = {"drawing", "pict", "object", "Fallback", "del", "moveFrom", "instrText", "oMath", "sectPr"}
"""What is inside of these is not read."""
DEEPEST = 8
MOST_BLOCKS = 50_000


def prepare() -> None:
    zips.prepare()


def look(content: bytes, answer: Answer) -> None:
    archive = zips.opened(content)
    names = {info.filename for info in archive.infolist()}
    if BODY not in names:
        raise Refused("broken")
    leads = _leads(archive) if LEADS in names else {}
    styles, numbered = _styles(archive) if STYLES in names else ({}, {})
    reader = _Reader(styles, numbered, _lists(archive) if NUMBERING in names else {}, leads)
    xml.read(zips.pieces(archive, BODY), reader.start, reader.end, reader.words)
    said = json.dumps({"blocks": reader.blocks, "lost": reader.lost}, ensure_ascii=False)
    if answer.text(said):
        raise Refused("too_much")
    answer.end()


def _value(attributes: Mapping[str, str]) -> str:
    return attributes.get(f"{W} val", "")


def _leads(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """Where links lead."""
    found: dict[str, str] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag.endswith(" Relationship") and attributes.get("Type", "").endswith("/hyperlink"):
            found[attributes.get("Id", "")] = attributes.get("Target", "")

    xml.read(zips.pieces(archive, LEADS), start, _nothing, _nothing)
    return found


def _styles(archive: zipfile.ZipFile) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What styles of paragraphs mean, by their ids: their names are the same in each language. And in which list those
    stand that have one."""
    found: dict[str, str] = {}
    numbered: dict[str, str] = {}
    style = ""

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal style
        name = tag.rpartition(" ")[2]
        if name == "style":
            style = attributes.get(f"{W} styleId", "")
        elif name == "name" and style:
            found[style] = _meaning(_value(attributes).lower())
        elif name == "outlineLvl" and style and not found.get(style) and _value(attributes).isdigit():
            found[style] = f"h{min(int(_value(attributes)) + 1, 9)}"
        elif name == "numId" and style:
            numbered[style] = _value(attributes)

    xml.read(zips.pieces(archive, STYLES), start, _nothing, _nothing)
    return found, numbered


def _meaning(name: str) -> str:
    if name.startswith("heading ") and name[8:].isdigit():
        return f"h{min(max(int(name[8:]), 1), 9)}"
    if name == "title":
        return "title"
    if name in {"quote", "intense quote", "quotations"}:
        return "quote"
    return "code" if "preformatted" in name or name in {"code", "source code"} else ""


def _lists(archive: zipfile.ZipFile) -> Mapping[tuple[str, int], str]:
    """Of a list and a level: `bullet` or `ordered`."""
    formats: dict[tuple[str, int], str] = {}
    of: dict[str, str] = {}
    abstract, number, level = "", "", 0

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal abstract, number, level
        name = tag.rpartition(" ")[2]
        if name == "abstractNum":
            abstract = attributes.get(f"{W} abstractNumId", "")
        elif name == "lvl":
            level = _whole(attributes.get(f"{W} ilvl", ""))
        elif name == "numFmt":
            formats[abstract, level] = "bullet" if _value(attributes) in {"bullet", "none"} else "ordered"
        elif name == "num":
            number = attributes.get(f"{W} numId", "")
        elif name == "abstractNumId":
            of[number] = _value(attributes)

    xml.read(zips.pieces(archive, NUMBERING), start, _nothing, _nothing)
    return {(id_, level): kind for id_, one in of.items() for (which, level), kind in formats.items() if which == one}


def _whole(said: str) -> int:
    return min(int(said), DEEPEST) if said.isascii() and said.isdigit() and len(said) < 4 else 0


def _nothing(*_said: object) -> None:
    """Nobody asks for it."""


class _Reader:
    def __init__(
        self,
        styles: Mapping[str, str],
        numbered: Mapping[str, str],
        lists: Mapping[tuple[str, int], str],
        leads: Mapping[str, str],
    ) -> None:
        self.blocks: list[Any] = []
        self.lost: dict[str, int] = {}
        self._styles, self._of_styles, self._lists, self._leads = styles, numbered, lists, leads
        self._skipped = 0
        self._into: list[list[Any]] = [self.blocks]
        """Where paragraphs go: into the document, or a cell in it."""
        self._tables: list[list[Any]] = []
        self._paragraphs: list[dict[str, Any]] = []
        self._numbered: tuple[str, int] = ("", 0)
        self._marks: set[str] = set()
        self._href = ""
        self._is_text = False
        self._is_run = False
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name in LEFT_OUT and not self._skipped:
            self.lost[LEFT_OUT[name]] = self.lost.get(LEFT_OUT[name], 0) + 1
        if self._skipped or name in SKIPPED:
            self._skipped += 1
            return
        self._opened(name, attributes)

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        self._closed(tag.rpartition(" ")[2])

    def words(self, said: str) -> None:
        if self._is_text and not self._skipped:
            self._say(said)

    def _opened(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: C901, PLR0912 - an element a line.
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if name == "p":
            self._paragraphs.append({"style": "", "item": None, "runs": []})
            self._numbered = ("", 0)
        elif name == "tbl":
            self._tables.append([])
        elif name == "tr" and self._tables:
            self._tables[-1].append([])
        elif name == "tc" and self._tables and self._tables[-1]:
            self._into.append([])
        elif name == "pStyle" and paragraph is not None:
            paragraph["style"] = self._styles.get(_value(attributes), "")
            self._number(paragraph, self._of_styles.get(_value(attributes), ""))
        elif name == "ilvl":
            self._numbered = (self._numbered[0], _whole(_value(attributes)))
        elif name == "numId" and paragraph is not None:
            self._number(paragraph, _value(attributes))
        elif name == "hyperlink":
            self._href = self._leads.get(attributes.get(f"{R} id", ""), "")
        elif name == "r":
            self._marks, self._is_run = set(), True
        elif name in MARKS and self._is_run and _value(attributes).lower() not in OFF:
            self._marks.add(MARKS[name])
        elif name == "rFonts" and self._is_run:
            if any(one in attributes.get(f"{W} ascii", "").lower() for one in MONOSPACED):
                self._marks.add("c")
        elif name == "t":
            self._is_text = True
        elif name in {"br", "cr"}:
            self._say("\n")
        elif name == "tab" and self._is_run:
            self._say("\t")

    def _number(self, paragraph: dict[str, Any], id_: str) -> None:
        self._numbered = (id_, self._numbered[1])
        kind = self._lists.get(self._numbered)
        paragraph["item"] = [kind, self._numbered[1]] if kind else None

    def _closed(self, name: str) -> None:
        if name == "t":
            self._is_text = False
        elif name == "r":
            self._is_run = False
        elif name == "hyperlink":
            self._href = ""
        elif name == "p" and self._paragraphs:
            self._put(self._paragraphs.pop())
        elif name == "tc" and len(self._into) > 1 and self._tables:
            self._tables[-1][-1].append(self._into.pop())
        elif name == "tbl" and self._tables:
            self._put({"rows": self._tables.pop()})

    def _put(self, block: dict[str, Any]) -> None:
        self._count += 1
        if self._count > MOST_BLOCKS:
            raise Refused("too_much")
        self._into[-1].append(block)

    def _say(self, said: str) -> None:
        if not self._paragraphs:
            return
        runs, marks = self._paragraphs[-1]["runs"], "".join(sorted(self._marks))
        if runs and runs[-1][1:] == [marks, self._href]:
            runs[-1][0] += said
        else:
            runs.append([said, marks, self._href])
