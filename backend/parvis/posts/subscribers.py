"""What posts do about facts of others and their own: who left a community gives his seats there back, and comments are
found by their words."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.circles.events import AccessLost
from parvis.engagement.models import Comment
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .events import CommentAdded, CommentChanged
from .service.attending import give_up
from .service.indexing import index_comments


async def react(session: AsyncSession, fact: Fact) -> None:
    if fact.type == AccessLost.type:
        kind, _, id_ = fact.data["about"].partition(":")
        if kind == "community":
            await give_up(session, UUID(fact.data["member_id"]), UUID(id_))
    elif "scrubbed" not in fact.data:
        await _find_comment(session, UUID(fact.data["id"]))


async def _find_comment(session: AsyncSession, comment_id: UUID) -> None:
    """As it is now: what is deleted meanwhile is found by nobody."""
    held = select(Comment.id).where(Comment.id == comment_id).with_for_update()
    if await session.scalar(held) is not None:
        await index_comments(session, [comment_id])


listener = Listener.to("posts", [AccessLost, CommentAdded, CommentChanged], react)
