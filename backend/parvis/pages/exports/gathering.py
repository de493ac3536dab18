"""What a page refers to, gathered before it is made a file: names of members."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.queries import documents
from parvis.documents.written import Look
from parvis.kernel.runtime import Parvis
from parvis.pages import queries, tree
from parvis.pages.queries import Written
from parvis.pages.tree import Node, nodes_in
from parvis.profiles.queries.people import named

from .docx import docx
from .html import html
from .losses import Loss, losses_of
from .markdown import markdown
from .paper import Format, Paper, text_attribute

MOST_NAMES = 500
"""Of those to whom tasks are given."""


async def exported(
    parvis: Parvis, actor: Actor, document_id: UUID, format_: Format, language: str
) -> tuple[str, bytes]:
    """A page's name, and the page as a file. Raises `NotFound`."""
    paper = await paper_of(parvis, Look(actor, language), document_id)
    return paper.title, await made(parvis, paper, format_)


async def told_losses(parvis: Parvis, actor: Actor, document_id: UUID, format_: Format, language: str) -> list[Loss]:
    """What the page would lose. Raises `NotFound`."""
    _name, written = await parvis.database.read(_read, actor, document_id)
    content = await asyncio.to_thread(tree.of, written.updates)
    return losses_of(content, format_, language, missing=len(pictures_in(content)))


async def paper_of(parvis: Parvis, look: Look, document_id: UUID) -> Paper:
    """A page as it is read now. Raises `NotFound`."""
    name, written = await parvis.database.read(_read, look.actor, document_id)
    content = await asyncio.to_thread(tree.of, written.updates)
    assignees = [] if look.is_outside else assignees_in(content)
    names = await parvis.database.read(_names, look.actor, assignees)
    return Paper(document_id, name, content, look.language, parvis.settings.public_url.rstrip("/"), names)


async def made(_parvis: Parvis, paper: Paper, format_: Format) -> bytes:
    return await asyncio.to_thread(_made, paper, format_)


def assignees_in(content: Node) -> list[UUID]:
    found: dict[UUID, None] = {}
    for node in nodes_in(content):
        if node["type"] == "taskItem" and (id_ := _id(text_attribute(node, "assignee"))) is not None:
            found[id_] = None
    return list(found)[:MOST_NAMES]


def pictures_in(content: Node) -> list[UUID]:
    found: dict[UUID, None] = {}
    for node in nodes_in(content):
        if node["type"] == "image" and (id_ := _id(text_attribute(node, "file_id"))) is not None:
            found[id_] = None
    return list(found)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _read(session: AsyncSession, actor: Actor, document_id: UUID) -> tuple[str, Written]:
    await queries.refuse_hidden(session, actor, document_id)
    seen = await documents.document(session, actor, document_id)
    return seen.document.name, await queries.written(session, document_id)


async def _names(session: AsyncSession, actor: Actor, ids: list[UUID]) -> Mapping[str, str]:
    return {str(id_): one.name for id_, one in (await named(session, actor, ids)).items()}


def _made(paper: Paper, format_: Format) -> bytes:
    if format_ == "docx":
        return docx(paper)
    return (markdown if format_ == "md" else html)(paper).encode()
