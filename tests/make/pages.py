"""Pages written as an editor would, and what stands in them."""

from typing import Any
from uuid import UUID

from parvis.kernel.runtime import Parvis
from parvis.pages import queries, tree, yjs
from parvis.pages.service.keeping import Writing, keep
from parvis.pages.tree import Node
from tests.make.communities import Someone

API = "/api/v1"


def page_url(page: dict[str, Any]) -> str:
    return f"{API}/pages/{page['id']}"


async def write_nodes(parvis: Parvis, someone: Someone, page: dict[str, Any], *nodes: Node) -> None:
    """At the end of the page."""
    document_id = UUID(page["id"])
    written = await parvis.database.read(queries.written, document_id)
    document = yjs.document(written.updates)
    before = document.get_state()
    tree.write(document, nodes)
    writing = Writing(someone.member.id, frozenset({document.client_id}), document.get_update(before))
    await parvis.database.write(keep, document_id, [writing])


def text(words: str, *marks: str, href: str | None = None) -> Node:
    kept: list[Node] = [{"type": mark} for mark in marks]
    if href is not None:
        kept.append({"type": "link", "attrs": {"href": href}})
    return {"type": "text", "text": words, "marks": kept} if kept else {"type": "text", "text": words}


def paragraph(*inside: Node | str) -> Node:
    return block("paragraph", *inside)


def block(kind: str, /, *inside: Node | str, **attributes: Any) -> Node:
    content = [text(one) if isinstance(one, str) else one for one in inside]
    made: Node = {"type": kind}
    if attributes:
        made["attrs"] = attributes
    if content:
        made["content"] = content
    return made


def listing(kind: str, /, *items: Node | str, **attributes: Any) -> Node:
    """A list whose items are a paragraph each, or blocks as they are."""
    inside = "taskItem" if kind == "taskList" else "listItem"
    made = [block(inside, paragraph(item)) if isinstance(item, str) else item for item in items]
    return block(kind, *made, **attributes)


def table(*rows: list[Node]) -> Node:
    return block("table", *[block("tableRow", *row) for row in rows])
