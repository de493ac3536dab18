"""Who is told of what is said of a page: those named in it, those who took part before, who made the page."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, Folder
from parvis.documents.queries.rights import readers_of
from parvis.engagement.mentions import named_in
from parvis.engagement.models import Comment, Thread
from parvis.notifications.models import Reason
from parvis.notifications.service.telling import News, tell

from .queries import KIND

MOST_TOLD = 500
"""Of those who took part: the first in the order of their ids."""


async def tell_of_comment(session: AsyncSession, comment_id: UUID, at: datetime) -> None:
    """Each once of each comment, by what concerns him most, and nobody who may not read the page now."""
    found = await session.execute(
        select(Comment, Thread, Document, Folder.guard_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Document, Document.id == Thread.subject_id)
        .join(Folder, Folder.id == Document.folder_id)
        .where(Comment.id == comment_id, Thread.subject_kind == KIND, Document.trashed_at.is_(None))
        .where(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None), Folder.gone_id.is_(None))
    )
    row = found.one_or_none()
    if row is None or row[0].author_id is None:
        return
    said, _, document, above = row
    before = await _before(session, said)
    named = set(named_in(said.body))
    owner = {document.created_by} if said.parent_id is None and document.created_by else set()
    telling: tuple[tuple[Reason, set[UUID]], ...] = (
        ("mention", named),
        ("answered", before - named),
        ("comment", owner - named - before),
    )
    for reason, people in telling:
        reading = await readers_among(session, document.guard_id or above, people - {said.author_id})
        if reading:
            await tell(session, reading, News("page", document.id, reason, said.author_id, said.id, at))


async def readers_among(session: AsyncSession, guard_id: UUID, ids: Collection[UUID]) -> list[UUID]:
    """Those of these who read behind a guard now."""
    if not ids:
        return []
    readers = (await readers_of(session, guard_id)).subquery()
    return list(await session.scalars(select(readers.c[0]).where(readers.c[0].in_(ids)).distinct()))


async def _before(session: AsyncSession, said: Comment) -> set[UUID]:
    """Who said something in the discussion before this."""
    query = select(Comment.author_id).where(
        Comment.thread_id == said.thread_id, Comment.id < said.id, Comment.author_id.is_not(None)
    )
    return {id_ for id_ in await session.scalars(query.distinct().order_by(Comment.author_id).limit(MOST_TOLD)) if id_}
