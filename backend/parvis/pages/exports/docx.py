"""A page as a Word document: real headings, lists, tables, links and pictures, that any word processor works on."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Word
from docx.enum.dml import MSO_THEME_COLOR
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from parvis.kernel import clock
from parvis.pages.tree import Node

from .paper import (
    CALLOUTS,
    Paper,
    attribute,
    document_address,
    kind_of,
    level_of,
    link_of,
    mark_of,
    number_of,
    placed,
    rows_of,
    shown,
    task_facts,
    text_attribute,
)

Place = Word | _Cell
DEEPEST = 8
"""Levels of lists that a word processor knows, from 0."""
PIXEL = 9_525
"""In EMU, at 96 to the inch."""
MOST_LINKS = 5_000
"""Each with an address of its own; what leads elsewhere after them is words."""
INDENT = 360
"""Of a level, in twentieths of a point."""
BULLETS = "•◦▪"
COLOURS = {"info": ("3460A8", "EAF0F9"), "warning": ("B3641B", "FAF0E6"), "success": ("2E7D4F", "E9F4ED")}
FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), " ")
"""What XML cannot hold."""


def docx(paper: Paper) -> bytes:
    """Its pictures are PNG or JPEG: no other does every word processor show."""
    return _Writer(paper).made()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._word = Document()
        self._bullets = self._format_of(("bullet", BULLETS[level % len(BULLETS)]) for level in range(DEEPEST + 1))
        self._numbers = self._format_of(("decimal", f"%{level + 1}.") for level in range(DEEPEST + 1))
        self._bulleted = self._list_of(self._bullets, None)
        self._written: list[Paragraph] = []
        self._leads: dict[str, str] = {}

    def made(self) -> bytes:
        word, title = self._word, _fit(self._paper.title)
        about = word.core_properties
        about.title, about.author, about.comments = title[:255], "", ""
        about.created = about.modified = clock.now().replace(tzinfo=None, microsecond=0)
        about.language = self._paper.language
        word.add_heading(title, 0)
        self._blocks(word, self._paper.blocks)
        written = BytesIO()
        word.save(written)
        return written.getvalue()

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _blocks(self, place: Place, nodes: Sequence[Node], level: int = -1, indent: int = 0) -> None:
        """`level`: of the list that they stand in; -1: in none. `indent`: how much they are put in."""
        for node in nodes:
            self._block(place, node, level, indent)

    def _block(self, place: Place, node: Node, level: int, indent: int) -> None:  # noqa: C901, PLR0912 - a case a kind.
        inside = node.get("content", ())
        match node["type"]:
            case "paragraph":
                self._line(_indented(self._paragraph(place), indent), inside)
            case "heading":
                self._line(self._paragraph(place, style=f"Heading{level_of(node)}"), inside)
            case "bulletList":
                self._list(place, inside, level + 1, self._bulleted)
            case "orderedList":
                first = number_of(attribute(node, "start"), 1, 32_767)
                self._list(place, inside, level + 1, self._list_of(self._numbers, first, level + 1))
            case "taskList":
                self._tasks(place, inside, level + 1)
            case "blockquote":
                before = len(self._written)
                self._blocks(place, inside, level, indent + INDENT)
                for paragraph in self._written[before:]:
                    _rule(paragraph, "left", "A0A0A0", 12)
            case "callout":
                self._callout(place, node, level, indent)
            case "codeBlock":
                self._code(_indented(self._paragraph(place), indent), node)
            case "table":
                self._table(place, node)
            case "horizontalRule":
                _rule(self._paragraph(place), "bottom", "auto", 6)
            case "image":
                self._image(_indented(self._paragraph(place), indent), node)
            case "fileEmbed":
                name = _fit(text_attribute(node, "name"))
                self._link(_indented(self._paragraph(place), indent), name, document_address(self._paper, node), None)
            case _:
                self._blocks(place, inside, level, indent)

    def _paragraph(self, place: Place, style: str | None = None) -> Paragraph:
        """`style`: the id of one, which is not looked up: that would go through all of them each time."""
        made = place.add_paragraph()
        if style is not None:
            made._p.style = style  # noqa: SLF001
        self._written.append(made)
        return made

    def _list(self, place: Place, items: Sequence[Node], level: int, number: int) -> None:
        level = min(level, DEEPEST)
        for item in items:
            blocks = list(item.get("content", ())) or [{"type": "paragraph"}]
            if blocks[0]["type"] != "paragraph":
                blocks.insert(0, {"type": "paragraph"})
            first = self._paragraph(place, style="ListParagraph")
            _numbered(first, number, level)
            self._line(first, blocks[0].get("content", ()))
            self._blocks(place, blocks[1:], level, (level + 1) * INDENT)

    def _tasks(self, place: Place, items: Sequence[Node], level: int) -> None:
        level = min(level, DEEPEST)
        for item in items:
            blocks = list(item.get("content", ()))
            paragraph = _indented(self._paragraph(place, style="ListParagraph"), (level + 1) * INDENT)
            paragraph.paragraph_format.first_line_indent = Pt(-INDENT / 20)
            paragraph.add_run("☑\t" if attribute(item, "checked") is True else "☐\t")
            if blocks and blocks[0]["type"] == "paragraph":
                self._line(paragraph, blocks.pop(0).get("content", ()))
            if facts := task_facts(self._paper, item):
                paragraph.add_run(f" ({_fit(facts)})").italic = True
            self._blocks(place, blocks, level, (level + 1) * INDENT)

    def _callout(self, place: Place, node: Node, level: int, indent: int) -> None:
        kind = kind_of(node)
        before = len(self._written)
        label = _indented(self._paragraph(place), indent + INDENT // 2)
        label.add_run(CALLOUTS[kind][self._paper.language]).bold = True
        self._blocks(place, node.get("content", ()), level, indent + INDENT // 2)
        line, ground = COLOURS[kind]
        for paragraph in self._written[before:]:
            _rule(paragraph, "left", line, 24)
            _shaded(paragraph, ground)

    def _code(self, paragraph: Paragraph, node: Node) -> None:
        _shaded(paragraph, "F2F2F2")
        for at, line in enumerate("".join(str(run.get("text", "")) for run in node.get("content", ())).split("\n")):
            run = paragraph.add_run()
            if at:
                run.add_break()
            run.add_text(_fit(line))
            _in_code(run)

    def _table(self, place: Place, node: Node) -> None:
        rows = rows_of(node)
        at, width = placed(rows)
        if not width:
            return
        table = (
            self._word.add_table(len(rows), width)
            if not isinstance(place, _Cell)
            else place.add_table(len(rows), width)
        )
        table._tbl.tblStyle_val = "TableGrid"  # noqa: SLF001
        cells = table._cells  # noqa: SLF001 - `cell()` goes through all of them each time.
        for (row, column), cell in at.items():
            made = cells[row * width + column]
            last = cells[(min(row + cell.down, len(rows)) - 1) * width + column + cell.across - 1]
            if last is not made:
                made = made.merge(last)
            spare = made.paragraphs[0]
            self._blocks(made, cell.node.get("content", ()))
            if len(made.paragraphs) > 1 and made.paragraphs[0]._p is spare._p:  # noqa: SLF001 - it is all there is.
                made._tc.remove(spare._p)  # noqa: SLF001
            if cell.is_header:
                for run in [run for paragraph in made.paragraphs for run in paragraph.runs]:
                    run.bold = True
        if rows and all(cell.is_header for cell in rows[0]):
            _repeated(table.rows[0])
        self._paragraph(place)

    def _image(self, paragraph: Paragraph, node: Node) -> None:
        alt, picture = _fit(text_attribute(node, "alt")), shown(self._paper, node)
        if picture is None:
            paragraph.add_run(alt).italic = True
            return
        section = self._word.sections[0]
        room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
        width = number_of(attribute(node, "width"), 0, picture.width) or picture.width
        run = paragraph.add_run()
        run.add_picture(BytesIO(picture.content), Emu(min(width * PIXEL, int(room))))
        for described in run._r.iter(qn("wp:docPr")):  # noqa: SLF001 - python-docx has no word for it.
            described.set("descr", alt)

    # --- words --------------------------------------------------------------------------------------------------------

    def _line(self, paragraph: Paragraph, runs: Sequence[Node]) -> None:
        for run in runs:
            if run["type"] == "hardBreak":
                paragraph.add_run().add_break()
            elif run["type"] == "mention":
                paragraph.add_run(f"@{_fit(text_attribute(run, 'label'))}")
            elif run["type"] == "text":
                link = mark_of(run, "link")
                address = link_of(self._paper, attribute(link, "href")) if link else None
                self._link(paragraph, _fit(str(run.get("text", ""))), address, run)

    def _link(self, paragraph: Paragraph, words: str, address: str | None, marked: Node | None) -> None:
        run = paragraph.add_run(words)
        if marked is not None:
            _mark(run, marked)
        if address is None:
            return
        if address not in self._leads and len(self._leads) < MOST_LINKS:
            leads = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            self._leads[address] = leads
        if address not in self._leads:
            return
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._leads[address])
        run.font.underline = True
        run.font.color.theme_color = MSO_THEME_COLOR.HYPERLINK
        paragraph._p.replace(run._r, link)  # noqa: SLF001 - the same.
        link.append(run._r)  # noqa: SLF001

    # --- lists --------------------------------------------------------------------------------------------------------

    @property
    def _numbering(self) -> Any:
        return self._word.part.numbering_part.element

    def _format_of(self, levels: Any) -> int:
        """A way to number, or to put signs before items, level by level."""
        known = self._numbering.findall(qn("w:abstractNum"))
        id_ = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in known), default=0)
        made = OxmlElement("w:abstractNum")
        made.set(qn("w:abstractNumId"), str(id_))
        made.append(_valued("w:multiLevelType", "multilevel"))
        for level, (kind, sign) in enumerate(levels):
            one = OxmlElement("w:lvl")
            one.set(qn("w:ilvl"), str(level))
            for name, value in (("start", "1"), ("numFmt", kind), ("lvlText", sign), ("lvlJc", "left")):
                one.append(_valued(f"w:{name}", value))
            about, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
            indent.set(qn("w:left"), str((level + 1) * INDENT))
            indent.set(qn("w:hanging"), str(INDENT))
            about.append(indent)
            one.append(about)
            made.append(one)
        at = len(known)
        self._numbering.insert(at, made)
        return id_

    def _list_of(self, format_: int, first: int | None, level: int = 0) -> int:
        """A list of its own, which begins with `first` whatever stood before it."""
        made = self._numbering.add_num(format_)
        if first is not None:
            made.add_lvlOverride(min(level, DEEPEST)).add_startOverride(first)
        return int(made.numId)


def _mark(run: Run, node: Node) -> None:
    if mark_of(node, "bold"):
        run.bold = True
    if mark_of(node, "italic"):
        run.italic = True
    if mark_of(node, "underline"):
        run.underline = True
    if mark_of(node, "strike"):
        run.font.strike = True
    if mark_of(node, "code"):
        _in_code(run)


def _in_code(run: Run) -> None:
    run.font.name = "Consolas"


def _fit(words: str) -> str:
    """What XML can hold, of whatever was written."""
    return words.translate(FORBIDDEN).encode("utf-8", "replace").decode()


def _indented(paragraph: Paragraph, indent: int) -> Paragraph:
    if indent:
        paragraph.paragraph_format.left_indent = Pt(indent / 20)
    return paragraph


def _numbered(paragraph: Paragraph, number: int, level: int) -> None:
    about = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - python-docx has no word for it.
    about.get_or_add_ilvl().val = level
    about.get_or_add_numId().val = number


def _rule(paragraph: Paragraph, side: str, colour: str, width: int) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(width)), ("space", "8"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    about = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    about.insert_element_before(borders, *AFTER_BORDERS)


def _shaded(paragraph: Paragraph, colour: str) -> None:
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        ground.set(qn(f"w:{name}"), value)
    about = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    about.insert_element_before(ground, *AFTER_BORDERS[1:])


AFTER_BORDERS = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct"),
    *("w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment"),
    *("w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
"""What the standard has follow the borders of a paragraph."""


def _repeated(row: Any) -> None:
    """On each sheet over which its table goes."""
    row._tr.get_or_add_trPr().append(_valued("w:tblHeader", "true"))  # noqa: SLF001


def _valued(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made
