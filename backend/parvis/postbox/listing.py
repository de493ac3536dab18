"""The addresses by which a member answers, with what each is about as far as he may see it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from parvis.accounts.actor import Actor
from parvis.chat.models import Message
from parvis.chat.policy import shown_to
from parvis.engagement.mentions import words_of
from parvis.engagement.models import Comment
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.kernel.text import beginning
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.posts.policy import visible_to

from .answering import TITLE
from .models import ReplyAddress


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """`title` and `path`: None for what he may not see any more."""

    address: ReplyAddress
    title: str | None
    path: str | None


Seen = tuple[str, str]


async def addresses(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[SeenAddress], str | None]:
    """The last first. Four queries."""
    his = select(ReplyAddress).where(ReplyAddress.member_id == actor.id, ReplyAddress.revoked_at.is_(None))
    found: Page[ReplyAddress] = await paginate(session, his, (ReplyAddress.id.desc(),), page, lambda one: one)
    seen = await _seen(session, actor, found.items)
    return [SeenAddress(one, *seen.get(one.subject_id, (None, None))) for one in found.items], found.next


async def _seen(session: AsyncSession, actor: Actor, addresses: Sequence[ReplyAddress]) -> Mapping[UUID, Seen]:
    def of(kind: str) -> list[UUID]:
        return [one.subject_id for one in addresses if one.kind == kind]

    under = {row.id: row.post_id for row in await session.execute(_posts_of(of("comment")))}
    posts = await _posts(session, actor, [*of("post"), *under.values()])
    found = {id_: (title, f"/posts/{id_}") for id_, title in posts.items()}
    found |= {
        id_: (posts[post_id], f"/posts/{post_id}/comments/{id_}") for id_, post_id in under.items() if post_id in posts
    }
    messages = select(Message.id, Message.conversation_id, Message.text)
    messages = messages.where(Message.id.in_(of("message")), Message.deleted_at.is_(None), shown_to(actor))
    for id_, conversation_id, text in await session.execute(messages):
        found[id_] = (beginning(words_of(text), TITLE), f"/messages/{conversation_id}")
    return found


async def _posts(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, str]:
    query = select(Post.id, Post.title, Post.body)
    query = query.where(Post.id.in_(ids), Post.deleted_at.is_(None), visible_to(actor))
    rows = await session.execute(query)
    return {id_: title or beginning(words_of(body), TITLE) for id_, title, body in rows}


def _posts_of(comment_ids: Sequence[UUID]) -> Select[UUID, UUID]:
    """Comments with the post that each stands under."""
    placed = select(PostPlace.thread_id, PostPlace.post_id).where(_among(PostPlace.thread_id, comment_ids))
    reaching = select(PostReach.thread_id, PostReach.post_id).where(_among(PostReach.thread_id, comment_ids))
    standing = union(placed, reaching).subquery()
    query = select(Comment.id, standing.c.post_id).join(standing, standing.c.thread_id == Comment.thread_id)
    return query.where(Comment.id.in_(comment_ids))


def _among(thread_id: InstrumentedAttribute[UUID], comment_ids: Sequence[UUID]) -> ColumnElement[bool]:
    return thread_id.in_(select(Comment.thread_id).where(Comment.id.in_(comment_ids)))
