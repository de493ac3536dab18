"""What a page refers to, gathered before it is made a file: names of members, and pictures."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.queries import documents
from parvis.documents.written import Look
from parvis.files.making import read_whole
from parvis.files.pictures import PictureMaker
from parvis.files.readers import Readers
from parvis.kernel.runtime import Parvis
from parvis.pages import queries, tree
from parvis.pages.queries import Written
from parvis.pages.tree import Node, nodes_in
from parvis.profiles.queries.people import named

from .docx import docx
from .html import html
from .losses import Loss, losses_of
from .markdown import markdown
from .paper import Format, Paper, Shown, text_attribute

MOST_PICTURES, MOST_BYTES = 200, 24 * 2**20
"""In one file."""
WIDEST = 1_600
"""Pixels of a picture in a Word document."""
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
    return losses_of(
        content, format_, language, missing=await parvis.database.read(_missing, document_id, tree.pictures_in(content))
    )


async def paper_of(parvis: Parvis, look: Look, document_id: UUID) -> Paper:
    """A page as it is read now. Raises `NotFound`."""
    name, written = await parvis.database.read(_read, look.actor, document_id)
    content = await asyncio.to_thread(tree.of, written.updates)
    assignees = [] if look.is_outside else assignees_in(content)
    names = await parvis.database.read(_names, look.actor, assignees)
    pictures = await _pictures(parvis, document_id, tree.pictures_in(content))
    return Paper(document_id, name, content, look.language, parvis.settings.public_url.rstrip("/"), names, pictures)


async def made(parvis: Parvis, paper: Paper, format_: Format) -> bytes:
    if format_ == "docx":  # Not every word processor shows WebP.
        maker = parvis.part(PictureMaker)
        pictures = {
            id_: replace(one, content=await maker.make_png(one.content, WIDEST)) for id_, one in paper.pictures.items()
        }
        paper = replace(paper, pictures=pictures)
    return await asyncio.to_thread(_made, paper, format_)


async def _pictures(parvis: Parvis, document_id: UUID, ids: list[UUID]) -> Mapping[str, Shown]:
    """As many as there is room for, in the order in which they are shown."""
    files = await parvis.database.read(queries.pictures, document_id, ids)
    found: dict[str, Shown] = {}
    size = 0
    for id_ in ids[:MOST_PICTURES]:
        kept = files.get(id_)
        if kept is None or not parvis.part(Readers).is_let_out(kept[1]):
            continue
        size += kept[1].size
        if size > MOST_BYTES:
            break
        found[str(id_)] = Shown(await read_whole(parvis.storage, kept[1]), kept[0].width, kept[0].height)
    return found


async def _missing(session: AsyncSession, document_id: UUID, ids: list[UUID]) -> int:
    return len(ids) - len(await queries.pictures(session, document_id, ids[:MOST_PICTURES]))


def assignees_in(content: Node) -> list[UUID]:
    found: dict[UUID, None] = {}
    for node in nodes_in(content):
        if node["type"] == "taskItem" and (id_ := _id(text_attribute(node, "assignee"))) is not None:
            found[id_] = None
    return list(found)[:MOST_NAMES]


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
