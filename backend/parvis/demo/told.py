"""What those with a password are told: what others added to what they said. The last of it is unread."""

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.models import Address
from parvis.engagement.models import Comment, Thread
from parvis.notifications.models import Inbox, Reason
from parvis.notifications.service.telling import News, tell
from parvis.posts.models import Post

MOST = 12
UNREAD = 3


async def tell_of_answers(session: AsyncSession, email: str) -> None:
    """Tells whose address this is, in the order in which it happened."""
    member_id = (await session.scalars(select(Address.member_id).where(Address.email == email))).one()
    over = aliased(Comment)
    concerns = or_(
        Post.author_id == member_id,
        over.author_id == member_id,
        and_(Comment.author_id == member_id, Thread.accepted_id == Comment.id),
    )
    query = (
        select(Comment, Post.id, Post.author_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Post, Post.id == Thread.subject_id)
        .outerjoin(over, over.id == Comment.parent_id)
        .where(concerns)
    )
    found = (await session.execute(query.order_by(Comment.created_at.desc(), Comment.id).limit(MOST))).all()
    for said, post_id, author_id in reversed(found):
        is_own = said.author_id == member_id
        reason: Reason = "accepted" if is_own else "comment" if author_id == member_id else "reply"
        news = News("post", post_id, reason, author_id if is_own else said.author_id, said.id, said.created_at)
        await tell(session, [member_id], news)
    inbox = await session.get(Inbox, member_id, populate_existing=True)
    if inbox is not None:
        inbox.all_read = max(inbox.last - UNREAD, 0)
