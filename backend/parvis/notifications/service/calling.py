"""Telling everybody of a community that those who run it call them: after the post, by a job, some at a time."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.choices.policy import told_so
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts.models import Post

from .mailing import mail_soon, mark_from
from .telling import News, tell

CALL = "notifications.call"
FOLLOW = "notifications.follow"
AT_ONCE = 500
BEFORE = timedelta(minutes=1)
"""A post is said a moment before its fact."""


async def call(session: AsyncSession, post_id: UUID, community_id: UUID) -> None:
    """Has everybody told that a post of this community calls them."""
    await enqueue(session, CALL, {"post_id": str(post_id), "community_id": str(community_id)})


def call_everybody(database: Database) -> Handler:
    """The handler of `notifications.call`. Who was told before it was cut short is not told again."""

    async def told(job: LeasedJob) -> None:
        post_id, community_id = UUID(job.payload["post_id"]), UUID(job.payload["community_id"])
        last: UUID | None = None
        while some := await database.write(_call_some, post_id, community_id, last):
            last = some[-1]

    return told


async def follow(session: AsyncSession, community_id: UUID, said_at: datetime) -> None:
    """Has those mailed who want to be told at once of what is said in their communities, from then on."""
    payload = {"community_id": str(community_id), "said_at": said_at.isoformat()}
    await enqueue(session, FOLLOW, payload, unique=str(community_id))


def mail_followers(database: Database) -> Handler:
    """The handler of `notifications.follow`: what is mailed is read when it is, so that doing it again adds nothing."""

    async def mailed(job: LeasedJob) -> None:
        community_id, said_at = UUID(job.payload["community_id"]), datetime.fromisoformat(job.payload["said_at"])
        last: UUID | None = None
        while some := await database.write(_mail_some, community_id, said_at, last):
            last = some[-1]

    return mailed


async def _mail_some(session: AsyncSession, community_id: UUID, said_at: datetime, last: UUID | None) -> list[UUID]:
    """Those (at most 500) who come after `last`. Returns them."""
    wanting = select(Membership.member_id).join(Community, Community.circle_id == Membership.circle_id)
    wanting = wanting.where(
        Community.id == community_id, holds(), told_so("followed", "mail", "at_once", Membership.member_id)
    )
    wanting = wanting.order_by(Membership.member_id).limit(AT_ONCE)
    some = list(await session.scalars(wanting if last is None else wanting.where(Membership.member_id > last)))
    await mark_from(session, some, said_at - BEFORE)
    await mail_soon(session, some)
    return some


async def _call_some(session: AsyncSession, post_id: UUID, community_id: UUID, last: UUID | None) -> list[UUID]:
    """Tells those (at most 500) who come after `last`. Returns them."""
    post = await session.get(Post, post_id)
    if post is None or post.deleted_at is not None:
        return []
    people = select(Membership.member_id).join(Community, Community.circle_id == Membership.circle_id)
    people = people.where(Community.id == community_id, holds()).order_by(Membership.member_id).limit(AT_ONCE)
    some = list(await session.scalars(people if last is None else people.where(Membership.member_id > last)))
    await tell(session, some, News("post", post_id, "call", post.author_id, post_id, post.said_at))
    return some
