"""What a process of its own read of a Word document, held to its shape and made the tree of a page."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from parvis.pages.tree import Node

from .nodes import Imported, LeftOut, block, cell, code, item, listed, run, squared, task, web_address, with_title

MARKS = {"b": "bold", "i": "italic", "u": "underline", "s": "strike", "c": "code"}
TICKED = re.compile(r"\s*([☐☑☒✓✔])\s*")
DEEPEST = 16


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Paragraph(_Shape):
    style: Annotated[str, Field(max_length=10)]
    item: tuple[Literal["bullet", "ordered"], Annotated[int, Field(ge=0, le=8)]] | None
    runs: list[tuple[str, Annotated[str, Field(max_length=5)], str]]

    @property
    def said(self) -> str:
        return "".join(words for words, _, _ in self.runs)

    @property
    def means(self) -> str:
        """Its style; code, where all of it is written as that is."""
        is_code = bool(self.said.strip()) and all("c" in marks or not words.strip() for words, marks, _ in self.runs)
        return "code" if is_code and not self.style and self.item is None else self.style


class Table(_Shape):
    rows: list[list[list["Paragraph | Table"]]]


class WordDocument(_Shape):
    blocks: list[Paragraph | Table]
    lost: dict[LeftOut, Annotated[int, Field(ge=0)]]


def read(said: str) -> Imported:
    """Raises `ValueError` for what is not of that shape."""
    found = WordDocument.model_validate_json(said)
    imported = Imported(lost=Counter(found.lost))
    reader = _Reader(imported)
    titled = [one for one in found.blocks if isinstance(one, Paragraph) and one.style == "title" and one.said.strip()]
    if titled:
        imported.title = " ".join(titled[0].said.split())
    imported.nodes = reader.blocks([one for one in found.blocks if not titled or one is not titled[0]])
    while imported.nodes and imported.nodes[-1] == {"type": "paragraph"}:
        imported.nodes.pop()
    return with_title(imported)


class _Reader:
    def __init__(self, imported: Imported) -> None:
        self._imported = imported

    def blocks(self, found: Sequence[Paragraph | Table], depth: int = 0) -> list[Node]:
        nodes: list[Node] = []
        at = 0
        while at < len(found):
            one = found[at]
            end = at + 1
            if isinstance(one, Table):
                nodes += self._table(one, depth)
            elif one.item is not None and not one.style.startswith("h"):
                while end < len(found) and _is_listed(found[end]):
                    end += 1
                nodes += self._list([each for each in found[at:end] if isinstance(each, Paragraph)], one.item[1])
            elif one.means in {"quote", "code"} or TICKED.match(one.said):
                while end < len(found) and _is_alike(one, found[end]):
                    end += 1
                nodes += self._alike([each for each in found[at:end] if isinstance(each, Paragraph)])
            else:
                nodes.append(self._paragraph(one))
            at = end
        return nodes

    def _paragraph(self, one: Paragraph) -> Node:
        if re.fullmatch(r"h[1-9]", one.style) and one.said.strip():
            return block("heading", self._line(one), level=int(one.style[1]))
        return block("paragraph", self._line(one))

    def _alike(self, some: Sequence[Paragraph]) -> list[Node]:
        if some[0].means == "code":
            return [code("\n".join(one.said for one in some))]
        if some[0].style == "quote":
            return [block("blockquote", [block("paragraph", self._line(one)) for one in some])]
        return listed("bulletList", [self._task(one) for one in some])

    def _task(self, one: Paragraph) -> Node:
        found = TICKED.match(one.said)
        assert found is not None
        content = self._line(_cut(one, found.end()))
        return task(found[1] != "☐", [block("paragraph", content)])

    def _list(self, some: Sequence[Paragraph], level: int) -> list[Node]:
        """Items of this level and of those below it; another kind at this level begins another list."""
        nodes: list[Node] = []
        at = 0
        while at < len(some):
            kind, end = _kind(some[at]), at
            items: list[Node] = []
            while end < len(some) and (_level(some[end]) > level or _kind(some[end]) == kind):
                if _level(some[end]) > level:
                    below = end
                    while end < len(some) and _level(some[end]) > level:
                        end += 1
                    inner = self._list(some[below:end], min(map(_level, some[below:end])))
                    items = items or [item("listItem", ())]
                    items[-1]["content"] += inner
                else:
                    items.append(self._item(some[end]))
                    end += 1
            if end == at:
                break
            nodes += listed(f"{kind}List", items)
            at = end
        return nodes

    def _item(self, one: Paragraph) -> Node:
        if TICKED.match(one.said):
            return self._task(one)
        return item("listItem", [block("paragraph", self._line(one))])

    def _table(self, table: Table, depth: int) -> list[Node]:
        if depth:
            self._imported.lost["nested_tables"] += 1
            return [self._paragraph(one) for one in _flat(table, DEEPEST)]
        rows = [[cell(False, self.blocks(inside, depth + 1)) for inside in row] for row in table.rows]
        return squared(rows)

    def _line(self, one: Paragraph) -> list[Node]:
        found: list[Node] = []
        for words, marks, href in one.runs:
            address = web_address(href) if href else None
            self._imported.lost["links"] += bool(href) and address is None
            found += run(words, [MARKS[mark] for mark in marks if mark in MARKS], address)
        return found


def _is_listed(one: Paragraph | Table) -> bool:
    return isinstance(one, Paragraph) and one.item is not None and not one.style.startswith("h")


def _is_alike(one: Paragraph, other: Paragraph | Table) -> bool:
    if not isinstance(other, Paragraph) or other.means != one.means or other.item is not None:
        return False
    return one.means in {"quote", "code"} or bool(TICKED.match(other.said))


def _kind(one: Paragraph) -> str:
    return one.item[0] if one.item else "bullet"


def _level(one: Paragraph) -> int:
    return one.item[1] if one.item else 0


def _cut(one: Paragraph, length: int) -> Paragraph:
    runs = []
    for words, marks, href in one.runs:
        runs.append((words[length:], marks, href))
        length = max(0, length - len(words))
    return one.model_copy(update={"runs": runs})


def _flat(table: Table, deepest: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for row in table.rows if deepest else ():
        for inside in row:
            for one in inside:
                found += _flat(one, deepest - 1) if isinstance(one, Table) else [one]
    return found
