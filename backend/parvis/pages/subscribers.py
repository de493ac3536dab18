"""What is said of pages, after it was kept: it is found by its words, and members are told of what concerns them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.subscribers import index_page_comments
from parvis.engagement.models import Comment
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .events import PageThreadChanged
from .threads.telling import tell_of_comment


async def react(session: AsyncSession, fact: Fact) -> None:
    """Told on several topics, it is told to each member once."""
    comment_id = fact.data.get("comment_id")
    if comment_id is not None:
        await _find(session, UUID(comment_id))
        await tell_of_comment(session, UUID(comment_id), fact.at)


async def _find(session: AsyncSession, comment_id: UUID) -> None:
    """As it is now: what is deleted meanwhile is found by nobody."""
    held = select(Comment.id).where(Comment.id == comment_id).with_for_update()
    if await session.scalar(held) is not None:
        await index_page_comments(session, [comment_id])


listener = Listener.to("pages", [PageThreadChanged], react)
