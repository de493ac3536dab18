"""Nodes that an editor takes as they are: what is made of files holds to its rules of what stands in what."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal

from parvis.kernel.errors import Text
from parvis.pages.tree import Node

LeftOut = Literal["pictures", "notes", "comments", "formulas", "changes", "links", "embedded", "nested_tables"]
SCHEMES = ("http://", "https://", "mailto:")
IN_CALLOUTS = {"paragraph", "bulletList", "orderedList"}
BREAKS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+")


@dataclass(slots=True)
class Imported:
    """What was read of a file. `title`: what it calls itself, if anything."""

    title: str = ""
    nodes: list[Node] = field(default_factory=list)
    lost: Counter[LeftOut] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Loss:
    code: LeftOut
    count: int
    text: str


def losses(imported: Imported, language: str) -> list[Loss]:
    return [Loss(code, imported.lost[code], TEXTS[code][language]) for code in TEXTS if imported.lost[code]]


def block(kind: str, content: Sequence[Node] = (), /, **attributes: Any) -> Node:
    made: Node = {"type": kind}
    if attributes:
        made["attrs"] = attributes
    if content:
        made["content"] = list(content)
    return made


def run(words: str, marks: Sequence[str] = (), href: str | None = None) -> list[Node]:
    """Words, with breaks where their lines end. Code has no other marks."""
    kept: list[Node] = [{"type": one} for one in (["code"] if "code" in marks else dict.fromkeys(marks))]
    if href is not None and "code" not in marks:
        kept.append({"type": "link", "attrs": {"href": href}})
    found: list[Node] = []
    for at, line in enumerate(BREAKS.sub("", words).replace("\t", " ").split("\n")):
        if at:
            found.append({"type": "hardBreak"})
        if line:
            found.append({"type": "text", "text": line, "marks": kept} if kept else {"type": "text", "text": line})
    return found


def web_address(href: str) -> str | None:
    return href if href.lower().startswith(SCHEMES) and href.isprintable() and " " not in href else None


def item(kind: str, content: Sequence[Node], **attributes: Any) -> Node:
    """An item of a list, which begins with a paragraph."""
    blocks = list(content)
    if not blocks or blocks[0]["type"] != "paragraph":
        blocks.insert(0, block("paragraph"))
    return block(kind, blocks, **attributes)


def listed(kind: str, items: Sequence[Node], **attributes: Any) -> list[Node]:
    """A list; where some of its items are tasks, a list of those for themselves."""
    found = []
    for is_task, group in groupby(items, lambda one: bool(one["type"] == "taskItem")):
        some = list(group)
        found.append(block("taskList", some) if is_task else block(kind, some, **attributes))
    return found


def task(checked: bool, content: Sequence[Node]) -> Node:
    return item("taskItem", content, checked=checked, assignee=None, due=None)


def callout(kind: str, content: Sequence[Node]) -> Node:
    """A quote, when it holds what a callout may not."""
    if any(one["type"] not in IN_CALLOUTS for one in content):
        return block("blockquote", content)
    return block("callout", content or [block("paragraph")], kind=kind)


def code(words: str, language: str = "") -> Node:
    words = words.rstrip("\n").replace("\x00", "")
    content: list[Node] = [{"type": "text", "text": words}] if words else []
    return block("codeBlock", content, language=language or None)


def cell(is_header: bool, content: Sequence[Node]) -> Node:
    return block("tableHeader" if is_header else "tableCell", content or [block("paragraph")])


def squared(rows: Sequence[Sequence[Node]]) -> list[Node]:
    """A table whose rows are all as long; none where there is nothing."""
    width = max(map(len, rows), default=0)
    if not width:
        return []
    filled = [block("tableRow", [*row, *[cell(False, ()) for _ in range(width - len(row))]]) for row in rows]
    return [block("table", filled)]


def with_title(imported: Imported) -> Imported:
    """The first heading, where it alone has the highest level, is the page's name; headings are 1 to 3."""
    headings = [node for node in imported.nodes if node["type"] == "heading"]
    tops = [node for node in headings if node["attrs"]["level"] == 1]
    if not imported.title and len(tops) == 1 and imported.nodes[0] is tops[0]:
        imported.title = "".join(str(one.get("text", " ")) for one in tops[0].get("content", ())).strip()
        imported.nodes.pop(0)
        headings.remove(tops[0])
        for node in headings:
            node["attrs"]["level"] -= 1
    for node in headings:
        node["attrs"]["level"] = min(max(node["attrs"]["level"], 1), 3)
    imported.nodes = imported.nodes or [block("paragraph")]
    return imported


TEXTS: Mapping[LeftOut, Text] = {
    "pictures": {"fr": "Les images ne sont pas reprises.", "en": "Pictures are not taken over."},
    "notes": {"fr": "Les notes ne sont pas reprises.", "en": "Notes are not taken over."},
    "comments": {"fr": "Les commentaires ne sont pas repris.", "en": "Comments are not taken over."},
    "formulas": {"fr": "Les formules ne sont pas reprises.", "en": "Formulas are not taken over."},
    "changes": {
        "fr": "Ce qui est marqué comme supprimé n’est pas repris.",
        "en": "What is marked as deleted is not taken over.",
    },
    "links": {
        "fr": "Des liens qui ne mènent pas à une page web deviennent du texte.",
        "en": "Links that do not lead to a web page become plain text.",
    },
    "embedded": {"fr": "Le HTML reste écrit tel quel.", "en": "HTML stays as it is written."},
    "nested_tables": {
        "fr": "Un tableau dans un tableau devient du texte.",
        "en": "A table in a table becomes plain text.",
    },
}
