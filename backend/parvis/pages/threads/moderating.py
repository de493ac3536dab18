"""What moderators do to comments of others in pages. Who may was judged by who calls."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder
from parvis.engagement import service as engagement
from parvis.engagement.models import Comment, Thread

from .service import forget_empty, tell


async def hide_comment(session: AsyncSession, actor: Actor, comment_id: UUID, *, hidden: bool) -> bool:
    """Hides a comment from all but its author and moderators, or no longer. Whether this changed anything."""
    held = await _held(session, comment_id)
    if held is None:
        return False
    thread, comment = held
    if not await (engagement.hide if hidden else engagement.show)(session, thread, comment):
        return False
    await _tell(session, actor, thread)
    return True


async def remove_comment(session: AsyncSession, actor: Actor, comment_id: UUID) -> None:
    """Leaves its place, if others answered it. Again changes nothing."""
    held = await _held(session, comment_id)
    if held is None or held[1].deleted_at is not None:
        return
    thread, comment = held
    await engagement.delete(session, thread, comment)
    await _tell(session, actor, thread)
    await forget_empty(session, thread.id)


async def _tell(session: AsyncSession, actor: Actor, thread: Thread) -> None:
    """To those who may read the page, also while it is in the trash: they have it from before."""
    query = select(Document.guard_id, Folder.guard_id).join(Folder, Folder.id == Document.folder_id)
    own, above = (await session.execute(query.where(Document.id == thread.subject_id))).one()
    await session.flush()
    await tell(session, actor, own or above, thread)


async def _held(session: AsyncSession, comment_id: UUID) -> tuple[Thread, Comment] | None:
    """None for one that went with its discussion, or its page."""
    thread_id = await session.scalar(select(Comment.thread_id).where(Comment.id == comment_id))
    if thread_id is None:
        return None
    thread = await engagement.hold(session, thread_id)
    comment = await session.get(Comment, comment_id, populate_existing=True)
    return None if comment is None else (thread, comment)
