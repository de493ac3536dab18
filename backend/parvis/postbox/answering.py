"""What answers by mail are said under, as their members may see it now, and answers that wait."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import Message
from parvis.chat.policy import shown_to
from parvis.engagement.mentions import words_of
from parvis.engagement.models import Comment
from parvis.kernel.errors import NotFound
from parvis.kernel.text import beginning
from parvis.posts import queries as posts
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.posts.queries import SeenPost

from .models import HeldReply, ReplyAddress

WAITS = timedelta(days=7)
"""So long an answer waits for its author."""
TITLE = 120


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer is said under. `within`: a comment's post, a message's conversation; `root_id`: of the thread that
    a message belongs to; `title`: what it is called, and `path`: where it stands."""

    id: UUID
    within: UUID
    root_id: UUID | None = None
    title: str = ""
    path: str = ""


async def answered(session: AsyncSession, actor: Actor, address: ReplyAddress) -> Answered:
    """Raises `NotFound` for what the actor may not see any more."""
    return await FOUND[address.kind](session, actor, address.subject_id)


async def held_of(session: AsyncSession, actor: Actor, held_id: UUID) -> tuple[HeldReply, ReplyAddress]:
    """An own answer that waits, or was said; by an address that holds still. Raises `NotFound`."""
    query = select(HeldReply, ReplyAddress).join(ReplyAddress, ReplyAddress.id == HeldReply.address_id)
    query = query.where(HeldReply.id == held_id, ReplyAddress.member_id == actor.id, ReplyAddress.revoked_at.is_(None))
    row = (await session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


async def _post(session: AsyncSession, actor: Actor, post_id: UUID) -> Answered:
    found = await posts.post(session, actor, post_id)
    if found.post.deleted_at is not None:
        raise NotFound
    return Answered(post_id, post_id, title=_title(found), path=f"/posts/{post_id}")


async def _comment(session: AsyncSession, actor: Actor, comment_id: UUID) -> Answered:
    thread = select(Comment.thread_id).where(Comment.id == comment_id, Comment.deleted_at.is_(None)).scalar_subquery()
    under = select(Post.id).where(
        Post.id.in_(select(PostPlace.post_id).where(PostPlace.thread_id == thread))
        | Post.id.in_(select(PostReach.post_id).where(PostReach.thread_id == thread))
    )
    post_id = await session.scalar(under.limit(1))
    if post_id is None:
        raise NotFound
    await posts.comment(session, actor, post_id, comment_id)
    found = await posts.post(session, actor, post_id)
    path = f"/posts/{post_id}/comments/{comment_id}"
    return Answered(comment_id, post_id, title=_title(found), path=path)


async def _message(session: AsyncSession, actor: Actor, message_id: UUID) -> Answered:
    query = select(Message.conversation_id, Message.root_id, Message.text).where(
        Message.id == message_id, Message.deleted_at.is_(None), Message.kind == "said", shown_to(actor)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound
    title, path = beginning(words_of(row.text), TITLE), f"/messages/{row.conversation_id}"
    return Answered(message_id, row.conversation_id, row.root_id, title=title, path=path)


def _title(found: SeenPost) -> str:
    return found.post.title or beginning(words_of(found.post.body), TITLE)


FOUND: Mapping[str, Callable[[AsyncSession, Actor, UUID], Awaitable[Answered]]] = {
    "post": _post,
    "comment": _comment,
    "message": _message,
}
