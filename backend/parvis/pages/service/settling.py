"""What was written in a page, brought together in the background: one state instead of many updates, its text to be
found by, and that the document changed told to those who see it in their lists.

Nothing is ever in neither: what was brought together goes in the unit of work that keeps the state it is in.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, Folder
from parvis.documents.service.spaces import take_room
from parvis.documents.service.telling import tell_document
from parvis.files import service as files
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.errors import NotFound
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.pages import tree, yjs
from parvis.pages.models import PageUpdate, WrittenPage
from parvis.pages.queries import Written, written
from parvis.pages.tasks.finding import Stock, stock_of
from parvis.pages.tasks.keeping import take_stock

from .picturing import note_shown

SETTLE = "pages.settle"
"""The job that brings a page together."""
KEEP = "pages.keep_version"
"""The job that keeps a version when nobody has written for a while."""
AFTER = timedelta(seconds=20)
KEPT_AFTER = timedelta(minutes=10)
MANY = 500
"""Updates that do not wait so long."""
LONGEST_TEXT = 1_000_000
"""Letters by which a page is found."""


async def settle_later(session: AsyncSession, document_id: UUID, state_seq: int, seq: int) -> None:
    """With the first that is written after a state, and again when much was."""
    said = {"document_id": str(document_id)}
    if seq == state_seq + 1:
        await enqueue(session, SETTLE, said, run_at=clock.now() + AFTER, unique=f"{document_id} {state_seq}")
    elif (seq - state_seq) % MANY == 0:
        await enqueue(session, SETTLE, said, unique=f"{document_id} {state_seq} {seq}")


def settle_pages(database: Database) -> Handler:
    """The handler of `pages.settle`."""

    async def settle(job: LeasedJob) -> None:
        document_id = UUID(job.payload["document_id"])
        try:
            found = await database.read(written, document_id)
        except NotFound:
            return
        await database.write(_settle, document_id, found.seq, await asyncio.to_thread(_bring_together, found))

    return settle


@dataclass(frozen=True, slots=True)
class Together:
    """A page brought together: its state and its text, the pictures that it shows, and what it says of members."""

    state: bytes
    text: str
    shown: frozenset[UUID]
    stock: Stock


def _bring_together(found: Written) -> Together:
    document = yjs.document(found.updates)
    content = tree.read(document)
    text = tree.text_of(content)[:LONGEST_TEXT]
    return Together(document.get_update(), text, frozenset(tree.pictures_in(content)), stock_of(content))


async def _settle(session: AsyncSession, document_id: UUID, seq: int, made: Together) -> None:
    """Again changes nothing; and nothing when another process brought more together."""
    query = select(WrittenPage).where(WrittenPage.document_id == document_id).with_for_update()
    page = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if page is None or page.state_seq >= seq:
        return
    before = page.state_seq
    page.state, page.state_seq, page.text = made.state, seq, made.text
    gone = delete(PageUpdate).where(PageUpdate.document_id == document_id, PageUpdate.seq <= seq)
    await session.execute(gone.execution_options(synchronize_session=False))
    later = select(PageUpdate.content).where(PageUpdate.document_id == document_id)
    page.size = len(made.state) + sum([len(content) for content in await session.scalars(later)])
    if page.seq > seq:
        await settle_later(session, document_id, seq, seq + 1)
    await _count(session, page)
    await note_shown(session, document_id, made.shown)
    said = {"document_id": str(document_id)}
    await enqueue(session, KEEP, said, run_at=clock.now() + KEPT_AFTER, unique=f"{document_id}")
    await take_stock(session, document_id, before, made.stock)
    await _tell(session, page)


async def _count(session: AsyncSession, page: WrittenPage) -> None:
    """What the page says counts for its space, as much as it is by now."""
    stands_in = select(Folder.space_id).join(Document, Document.folder_id == Folder.id)
    space_id = stands_in.where(Document.id == page.document_id).scalar_subquery()
    space = (await session.execute(select(Folder).where(Folder.id == space_id))).scalar_one()
    more = await files.count_elsewhere(session, page.document_id, page.size)
    if more:
        await take_room(session, space, more)


async def _tell(session: AsyncSession, page: WrittenPage) -> None:
    """Lists show when it was last written in, and by whom. Its version stays, so that who renames it meanwhile can."""
    query = select(Document, Folder.guard_id).join(Folder, Folder.id == Document.folder_id)
    query = query.where(Document.id == page.document_id).with_for_update(of=Document)
    document, guard_id = (await session.execute(query.execution_options(populate_existing=True))).one()
    document.changed_at, document.changed_by = page.written_at, page.written_by
    document.size = len(page.state)
    await session.flush()
    if document.trashed_at is None:
        await tell_document(session, None, document, guard_id)
