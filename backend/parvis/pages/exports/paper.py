"""What is made a file: a page as somebody reads it, with the names and pictures that it refers to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from babel.dates import format_date

from parvis.kernel.errors import Text
from parvis.pages.tree import Node

Format = Literal["md", "html", "docx"]
MEDIA_TYPES: Mapping[Format, str] = {
    "md": "text/markdown",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SCHEMES = ("http://", "https://", "mailto:")
MOST_COLUMNS = 60
CALLOUTS: Mapping[str, Text] = {
    "info": {"fr": "À savoir", "en": "Good to know"},
    "warning": {"fr": "Attention", "en": "Take care"},
    "success": {"fr": "Réussite", "en": "All is well"},
}
FOR: Text = {"fr": "pour le {day}", "en": "by {day}"}
SOMEBODY: Text = {"fr": "quelqu’un", "en": "somebody"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the page: WebP, as it is kept, and how many pixels it has."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Paper:
    """`site`: the address of this site, without a slash at its end; `names`: of members, by their ids as texts;
    `pictures`: by their ids as texts, of those that are there; `is_article`: for a post, which shows none."""

    id: UUID
    title: str
    content: Node
    language: str
    site: str
    names: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Shown] = field(default_factory=dict)
    is_article: bool = False

    @property
    def blocks(self) -> Sequence[Node]:
        found: Sequence[Node] = self.content.get("content", ())
        return found


@dataclass(frozen=True, slots=True)
class Cell:
    """`across`, `down`: over how many columns and rows it goes."""

    node: Node
    is_header: bool
    across: int
    down: int


def attribute(node: Node, name: str) -> Any:
    return node.get("attrs", {}).get(name)


def text_attribute(node: Node, name: str) -> str:
    found = attribute(node, name)
    return found if isinstance(found, str) else ""


def level_of(node: Node) -> int:
    """Of a heading, below the page's name: 1 to 3."""
    return number_of(attribute(node, "level"), 1, 3)


def number_of(found: Any, least: int, most: int) -> int:
    """A number within bounds, whatever a client wrote."""
    return min(max(found, least), most) if isinstance(found, int) and not isinstance(found, bool) else least


def kind_of(node: Node) -> str:
    """Of a callout."""
    kind = text_attribute(node, "kind")
    return kind if kind in CALLOUTS else "info"


def link_of(paper: Paper, href: Any) -> str | None:
    """Where a link leads, when it may lead there: to a page, to an address of mail, or to a place of this site."""
    if not isinstance(href, str) or any(letter.isspace() or not letter.isprintable() for letter in href):
        return None
    if href.startswith("/") and not href.startswith(("//", "/\\")):
        return f"{paper.site}{href}"
    return href if href.lower().startswith(SCHEMES) else None


def mark_of(run: Node, kind: str) -> Node | None:
    return next((mark for mark in run.get("marks", ()) if mark["type"] == kind), None)


def document_address(paper: Paper, node: Node) -> str | None:
    """Where an embedded document is."""
    try:
        return f"{paper.site}/documents/{UUID(text_attribute(node, 'document_id'))}"
    except ValueError:
        return None


def picture_address(paper: Paper, node: Node) -> str | None:
    """Where a picture is, for those who may read the page."""
    try:
        return f"{paper.site}/api/v1/pages/{paper.id}/pictures/{UUID(text_attribute(node, 'file_id'))}"
    except ValueError:
        return None


def shown(paper: Paper, node: Node) -> Shown | None:
    return paper.pictures.get(text_attribute(node, "file_id"))


def task_facts(paper: Paper, node: Node) -> str:
    """Whose a task is, and until when."""
    assignee, due = text_attribute(node, "assignee"), text_attribute(node, "due")
    facts = []
    if assignee:
        facts.append(paper.names.get(assignee, SOMEBODY[paper.language]))
    try:
        if due:
            day = format_date(date.fromisoformat(due), "long", locale=paper.language)
            facts.append(FOR[paper.language].format(day=day))
    except ValueError:
        pass
    return ", ".join(facts)


def rows_of(table: Node) -> list[list[Cell]]:
    """Cells of a table as they were written, row by row: not where others go over them."""
    rows = []
    for row in table.get("content", ()):
        cells = [
            Cell(
                cell,
                cell["type"] == "tableHeader",
                number_of(attribute(cell, "colspan"), 1, MOST_COLUMNS),
                number_of(attribute(cell, "rowspan"), 1, 1_000),
            )
            for cell in row.get("content", ())
            if cell["type"] in {"tableHeader", "tableCell"}
        ]
        rows.append(cells[:MOST_COLUMNS])
    return [row for row in rows if row]


def placed(rows: Sequence[Sequence[Cell]]) -> tuple[dict[tuple[int, int], Cell], int]:
    """Each cell at the row and column where it begins, and how many columns there are."""
    at: dict[tuple[int, int], Cell] = {}
    taken: set[tuple[int, int]] = set()
    width = 0
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            if column + cell.across > MOST_COLUMNS:
                break
            at[row, column] = cell
            down = min(cell.down, len(rows) - row)
            taken |= {(row + below, column + beside) for below in range(down) for beside in range(cell.across)}
            column += cell.across
            width = max(width, column)
    return at, width
