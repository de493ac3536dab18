"""What those with a password are told: what others added to what they said, and where these named them. The last of it
is unread."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.models import Address
from parvis.chat.models import Message, MessageMention
from parvis.engagement.models import Comment, Thread
from parvis.notifications.models import Inbox, Reason
from parvis.notifications.service.telling import News, tell
from parvis.posts.models import Post

MOST = 12
UNREAD = 3


async def tell_of_answers(session: AsyncSession, email: str) -> None:
    """Tells whose address this is, in the order in which it happened."""
    member_id = (await session.scalars(select(Address.member_id).where(Address.email == email))).one()
    told = [*await _answers(session, member_id), *await _mentions(session, member_id)]
    for news in sorted(told, key=lambda one: (one.at, str(one.said_id)))[-MOST:]:
        await tell(session, [member_id], news)
    inbox = await session.get(Inbox, member_id, populate_existing=True)
    if inbox is not None:
        inbox.all_read = max(inbox.last - UNREAD, 0)


async def _answers(session: AsyncSession, member_id: UUID) -> Sequence[News]:
    """The last that was said under what the member said."""
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
    told = []
    for said, post_id, author_id in await session.execute(
        query.order_by(Comment.created_at.desc(), Comment.id).limit(MOST)
    ):
        is_own = said.author_id == member_id
        reason: Reason = "accepted" if is_own else "comment" if author_id == member_id else "reply"
        who = author_id if is_own else said.author_id
        told.append(News("post", post_id, reason, who, said.id, said.created_at))
    return told


async def _mentions(session: AsyncSession, member_id: UUID) -> Sequence[News]:
    """The last messages that name the member."""
    query = select(Message).join(MessageMention, MessageMention.message_id == Message.id)
    query = query.where(MessageMention.member_id == member_id).order_by(Message.created_at.desc(), Message.id)
    return [
        News("conversation", said.conversation_id, "mention", said.author_id, said.id, said.created_at)
        for said in await session.scalars(query.limit(MOST))
    ]
