"""Markdown read into the tree of a page."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from parvis.pages.tree import Node

from .nodes import (
    Imported,
    block,
    callout,
    cell,
    code,
    item,
    listed,
    run,
    squared,
    task,
    web_address,
    with_title,
)

READER = MarkdownIt("commonmark", {"html": False, "maxNesting": 40}).enable(["table", "strikethrough"])
MARKS = {"strong": "bold", "em": "italic", "s": "strike"}
ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]\s*", re.IGNORECASE)
KINDS = {"NOTE": "info", "IMPORTANT": "info", "TIP": "success", "WARNING": "warning", "CAUTION": "warning"}
TICKED = re.compile(r"\[([ xX])\](?:\s+|$)")
HTML = re.compile(r"</?[a-zA-Z][^<>]*>")
LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,32}")


def read(source: str) -> Imported:
    imported = Imported()
    imported.nodes = _Reader(imported).blocks(SyntaxTreeNode(READER.parse(source)).children)
    return with_title(imported)


class _Reader:
    def __init__(self, imported: Imported) -> None:
        self._imported = imported

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[Node]:
        return [made for node in nodes for made in self._block(node)]

    def _block(self, node: SyntaxTreeNode) -> list[Node]:  # noqa: PLR0911 - one line for each kind of block.
        match node.type:
            case "paragraph":
                return [block("paragraph", self._line(node.children))]
            case "heading":
                return [block("heading", self._line(node.children), level=int(node.tag[1]))]
            case "bullet_list":
                return listed("bulletList", [self._item(one) for one in node.children])
            case "ordered_list":
                first = node.attrs.get("start", 1)
                return listed("orderedList", [self._item(one) for one in node.children], start=int(first))
            case "blockquote":
                return [self._quote(node)]
            case "fence" | "code_block":
                language = node.info.split(maxsplit=1)[0] if node.info.strip() else ""
                return [code(node.content, language if LANGUAGE.fullmatch(language) else "")]
            case "table":
                return self._table(node)
            case "hr":
                return [block("horizontalRule")]
        return self.blocks(node.children)

    def _item(self, node: SyntaxTreeNode) -> Node:
        content = self.blocks(node.children)
        words = _first_words(content)
        found = TICKED.match(words["text"]) if words else None
        if words is None or found is None:
            return item("listItem", content)
        _cut(content[0], found.end())
        return task(found[1] in "xX", content)

    def _quote(self, node: SyntaxTreeNode) -> Node:
        content = self.blocks(node.children) or [block("paragraph")]
        words = _first_words(content)
        found = ALERT.match(words["text"]) if words else None
        if found is None:
            return block("blockquote", content)
        _cut(content[0], found.end())
        if not content[0].get("content"):
            content.pop(0)
        return callout(KINDS[found[1].upper()], content)

    def _table(self, node: SyntaxTreeNode) -> list[Node]:
        rows = []
        for part in node.children:
            for row in part.children:
                cells = [cell(one.type == "th", [block("paragraph", self._line(one.children))]) for one in row.children]
                rows.append(cells)
        if rows and not any(one["content"][0].get("content") for one in rows[0]):
            rows.pop(0)  # A table has to have a header row there, though it says nothing.
        return squared(rows)

    def _line(self, nodes: Sequence[SyntaxTreeNode], marks: Sequence[str] = (), href: str | None = None) -> list[Node]:
        return [made for node in nodes for made in self._run(node, marks, href)]

    def _run(self, node: SyntaxTreeNode, marks: Sequence[str], href: str | None) -> list[Node]:
        match node.type:
            case "text":
                self._imported.lost["embedded"] += bool(HTML.search(node.content))
                return run(node.content.replace("\n", " "), marks, href)
            case "code_inline":
                return run(node.content.replace("\n", " "), ["code"])
            case "softbreak":
                return run(" ", marks, href)
            case "hardbreak":
                return [{"type": "hardBreak"}]
            case "link":
                address = web_address(str(node.attrs.get("href", "")))
                self._imported.lost["links"] += address is None
                return self._line(node.children, marks, address)
            case "image":
                self._imported.lost["pictures"] += 1
                return run(node.content, marks, web_address(str(node.attrs.get("src", ""))))
        mark = MARKS.get(node.type)
        return self._line(node.children, [*marks, mark] if mark else marks, href)


def _first_words(content: Sequence[Node]) -> Node | None:
    """With which a list of blocks begins."""
    if not content or content[0]["type"] != "paragraph":
        return None
    runs = content[0].get("content", ())
    return runs[0] if runs and runs[0]["type"] == "text" and "marks" not in runs[0] else None


def _cut(paragraph: Node, length: int) -> None:
    """Takes so many letters away from where a paragraph begins, and a space or a break after them."""
    runs = paragraph["content"]
    runs[0]["text"] = runs[0]["text"][length:]
    while runs and (runs[0]["type"] == "hardBreak" or not runs[0].get("text", "x").strip(" ")):
        runs.pop(0)
    if not runs:
        del paragraph["content"]
