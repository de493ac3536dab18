"""The tree of a page, between Yjs and the JSON of editors: nodes of a type, with attributes, content and marks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from . import yjs

Node = dict[str, Any]
DEEPEST = 64
BLOCKS = frozenset(
    {
        *("paragraph", "heading", "listItem", "taskItem", "blockquote", "codeBlock", "callout", "table", "tableRow"),
        *("tableHeader", "tableCell", "horizontalRule", "image", "fileEmbed", "bulletList", "orderedList", "taskList"),
    }
)
INLINE = frozenset({"hardBreak", "mention"})
MARKS = ("bold", "italic", "underline", "strike", "code", "link")


def read(document: "Doc[Any]") -> Node:
    """The whole page, of what the server knows: what it does not know is left out."""
    return {"type": "doc", "content": list(_children(yjs.root(document), 0))}


def of(updates: Sequence[bytes]) -> Node:
    """The same of what was written. Raises `Broken`."""
    return read(yjs.document(updates))


def write(document: "Doc[Any]", nodes: Sequence[Node]) -> None:
    """Puts these nodes at the end of a page."""
    into = yjs.root(document)
    with document.transaction():
        for node in nodes:
            _write(into, node)


def update_of(nodes: Sequence[Node], client_id: int | None = None) -> tuple[bytes, int]:
    """A new page with these nodes, as one update; and the client id that wrote it."""
    document = yjs.document([], client_id)
    write(document, nodes)
    return document.get_update(), document.client_id


def text_of(node: Node) -> str:
    """What it says, a block a line."""
    return "\n".join(line for line in _lines(node) if line)


def nodes_in(node: Node) -> Iterator[Node]:
    """It, and all below it."""
    yield node
    for child in node.get("content", ()):
        yield from nodes_in(child)


def pictures_in(node: Node) -> list[UUID]:
    """Ids of the pictures that it shows, each once."""
    found: dict[UUID, None] = {}
    for one in nodes_in(node):
        if one["type"] == "image":
            try:
                found[UUID(str(one.get("attrs", {}).get("file_id")))] = None
            except ValueError:
                continue
    return list(found)


def _children(parent: XmlFragment | XmlElement, depth: int) -> Iterator[Node]:
    if depth > DEEPEST:
        return
    for child in parent.children:
        if isinstance(child, XmlText):
            yield from _runs(child)
        elif isinstance(child, XmlElement) and (child.tag in BLOCKS or child.tag in INLINE):
            yield _element(child, depth)


def _element(element: XmlElement, depth: int) -> Node:
    found: Node = {"type": str(element.tag)}
    attributes = {str(name): _plain(value) for name, value in list(cast(Any, element.attributes))}
    content = list(_children(element, depth + 1))
    if attributes:
        found["attrs"] = dict(sorted(attributes.items()))
    if content:
        found["content"] = content
    return found


def _runs(text: XmlText) -> Iterator[Node]:
    for words, marks in text.diff():
        if not isinstance(words, str) or not words:
            continue
        run: Node = {"type": "text", "text": words}
        kept = [_mark(name, (marks or {})[name]) for name in MARKS if (marks or {}).get(name) is not None]
        if kept:
            run["marks"] = kept
        yield run


def _mark(name: str, value: Any) -> Node:
    attributes = {key: _plain(one) for key, one in value.items()} if isinstance(value, Mapping) else {}
    return {"type": name, "attrs": attributes} if attributes else {"type": name}


def _plain(value: Any) -> Any:
    """Yjs knows one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _write(into: XmlFragment | XmlElement, node: Node) -> None:
    element = XmlElement(node["type"])
    into.children.append(element)
    for name, value in node.get("attrs", {}).items():
        element.attributes[name] = value
    runs: list[Node] = []
    for child in node.get("content", ()):
        if child["type"] == "text":
            runs.append(child)
            continue
        _write_runs(element, runs)
        runs = []
        _write(element, child)
    _write_runs(element, runs)


def _write_runs(into: XmlElement, runs: Sequence[Node]) -> None:
    if not runs:
        return
    text = XmlText()
    into.children.append(text)
    at = 0
    for run in runs:
        marks = {mark["type"]: mark.get("attrs", {}) for mark in run.get("marks", ())}
        text.insert(at, run["text"], marks | {name: None for name in MARKS if name not in marks})
        at = len(text)


def _lines(node: Node) -> Iterator[str]:
    content = node.get("content", ())
    if any(child["type"] == "text" or child["type"] in INLINE for child in content):
        yield "".join(_said(child) for child in content)
        return
    if node["type"] == "fileEmbed":
        yield str(node.get("attrs", {}).get("name") or "")
    if node["type"] == "image":
        yield str(node.get("attrs", {}).get("alt") or "")
    for child in content:
        yield from _lines(child)


def _said(node: Node) -> str:
    if node["type"] == "text":
        return str(node["text"])
    if node["type"] == "mention":
        return f"@{node.get('attrs', {}).get('label') or ''}"
    return " "
