"""Remembering for a while which posts somebody had before his eyes, so that none of them is mailed to him."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, insert, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts.models import Post, PostView, Recipient
from parvis.posts.policy import visible_to

from . import recipients

FORGET = "posts.forget_views"
KEPT = timedelta(days=15)
"""A day longer than anything is mailed after it was said."""
AT_ONCE = 500


async def unviewed(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> list[UUID]:
    """Those of these that others said of late, that the actor may read, and had not before his eyes until now."""
    viewed = exists().where(PostView.post_id == Post.id, PostView.member_id == actor.id)
    query = select(Post.id).where(
        Post.id.in_(post_ids),
        Post.said_at > clock.now() - KEPT,
        Post.deleted_at.is_(None),
        Post.author_id.is_distinct_from(actor.id),
        ~viewed,
        visible_to(actor),
    )
    return list(await session.scalars(query.order_by(Post.id)))


async def is_news(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> bool:
    """Whether there is anything to remember of what the actor has before his eyes."""
    told = select(Recipient.post_id).where(
        Recipient.member_id == actor.id, Recipient.post_id.in_(post_ids), Recipient.seen_at.is_(None)
    )
    if await session.scalar(told.limit(1)) is not None:
        return True
    return bool(await unviewed(session, actor, post_ids))


async def see(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> None:
    """The actor has these before his eyes. Those that he may not read, or had before, are passed over."""
    await session.execute(select(Member.id).where(Member.id == actor.id).with_for_update())
    await recipients.see(session, actor, post_ids)
    now = clock.now()
    new = [{"member_id": actor.id, "post_id": id_, "at": now} for id_ in await unviewed(session, actor, post_ids)]
    if new:
        await session.execute(insert(PostView), new)
        due = (now + KEPT + timedelta(days=1)).replace(hour=3, minute=45, second=0, microsecond=0)
        await enqueue(session, FORGET, {}, run_at=due, unique=due.isoformat())


def forget_views(database: Database) -> Handler:
    """The handler of `posts.forget_views`: what somebody saw so long ago is in no mail any more."""

    async def forget(_job: LeasedJob) -> None:
        while await database.write(_forget) == AT_ONCE:
            pass

    return forget


async def _forget(session: AsyncSession) -> int:
    """Takes at most 500 away. Returns how many."""
    old = select(PostView.member_id, PostView.post_id).where(PostView.at < clock.now() - KEPT)
    found = [tuple(row) for row in await session.execute(old.order_by(PostView.at).limit(AT_ONCE))]
    gone = delete(PostView).where(tuple_(PostView.member_id, PostView.post_id).in_(found))
    await session.execute(gone.execution_options(synchronize_session=False))
    return len(found)
