"""Answering to events, being reminded of them, and calling them off."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import exists, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, NotFound, require
from parvis.kernel.events import record
from parvis.posts import queries
from parvis.posts.events import EventAnswered, MyPostChanged
from parvis.posts.models import Answer, Attendance, Gathering, Post, PostPlace
from parvis.posts.queries import SeenPost

from . import gathering as gatherings
from .asked import MEMBERS_TAKE_PART
from .gathering import EventCancelled, EventOver
from .posts import AUTHOR_ONLY, standing
from .telling import tell_places

Unchanged = Callable[[int], None]
MOST_LEFT = 500
"""Events to come of one community that somebody answered to."""


class NotComing(Conflict):
    code = "not_coming"
    title = {
        "fr": "Dites d’abord que vous venez, ou peut-être.",
        "en": "Say first that you come, or may come.",
    }


async def answer(session: AsyncSession, actor: Actor, post_id: UUID, answer: Answer) -> SeenPost:
    """Says whether the actor comes, in place of what he said before. The same again changes nothing.

    Raises `NotFound`, `Forbidden`, `EventCancelled` and `EventOver`.
    """
    found, gathering = await _open(session, actor, post_id)
    mine = found.gathering.mine if found.gathering else None
    if mine is not None and mine.answer == answer:
        return found
    await gatherings.put_answer(session, gathering, actor.id, answer)
    return await _answered(session, actor, found)


async def take_back_answer(session: AsyncSession, actor: Actor, post_id: UUID) -> SeenPost:
    """As if the actor had never answered. Again changes nothing. Raises what `answer` does."""
    found, gathering = await _open(session, actor, post_id)
    mine = found.gathering.mine if found.gathering else None
    if mine is None:
        return found
    await gatherings.take_answer_away(session, gathering, mine)
    return await _answered(session, actor, found)


async def remind(
    session: AsyncSession, actor: Actor, post_id: UUID, minutes_before: int | None, *, by_mail: bool = False
) -> SeenPost:
    """Tells the actor so long before, or never. Raises what `answer` does, and `NotComing`."""
    found, gathering = await _open(session, actor, post_id)
    mine = found.gathering.mine if found.gathering else None
    if mine is None or mine.answer == "no":
        raise NotComing
    mine.remind_before, mine.by_mail = minutes_before, by_mail
    await session.flush()
    await gatherings.await_reminder(session, gathering, mine)
    record(session, MyPostChanged(member_id=actor.id, id=post_id), actor_id=actor.id)
    return await queries.post(session, actor, post_id)


async def cancel(session: AsyncSession, actor: Actor, post_id: UUID, unchanged: Unchanged) -> SeenPost:
    """Calls an event off: it stays to be read, and takes no answer. Again changes nothing.

    Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `EventOver`.
    """
    found = await standing(session, actor, post_id)
    if found.gathering is None:
        raise NotFound
    gathering, post = found.gathering.gathering, found.post
    require("cancel" in found.abilities(actor), AUTHOR_ONLY)
    if gathering.cancelled_at is not None:
        return found
    unchanged(post.version)
    if gathering.is_over:
        raise EventOver
    gathering.cancelled_at = clock.now()
    gathering.sequence += 1
    post.version += 1
    await session.flush()
    await tell_places(session, actor, post, turned="cancelled")
    return await queries.post(session, actor, post_id)


async def give_up(session: AsyncSession, member_id: UUID, community_id: UUID) -> None:
    """A member left a community, or was taken out: he does not come any more to what takes place there, unless he may
    still answer to it elsewhere. Who waits for his seats gets them."""
    for post_id in await _kept_from(session, member_id, community_id):
        await session.execute(select(Post.id).where(Post.id == post_id).with_for_update())
        mine = await session.get(Attendance, (post_id, member_id), populate_existing=True)
        if mine is None:
            continue
        gathering = await session.get_one(Gathering, post_id, populate_existing=True)
        await gatherings.take_answer_away(session, gathering, mine)
        await tell_places(session, None, await session.get_one(Post, post_id), EventAnswered)
        record(session, MyPostChanged(member_id=member_id, id=post_id))


async def _kept_from(session: AsyncSession, member_id: UUID, community_id: UUID) -> Sequence[UUID]:
    """Events to come in a community to which the member answered and may answer no more."""
    here, there = PostPlace, aliased(PostPlace)
    circles = select(Membership.circle_id).where(Membership.member_id == member_id, holds())
    still = (
        exists()
        .where(there.post_id == Attendance.post_id, there.removed_at.is_(None))
        .where(there.community_id.in_(select(Community.id).where(Community.circle_id.in_(circles))))
    )
    query = (
        select(Attendance.post_id)
        .join(Gathering, Gathering.post_id == Attendance.post_id)
        .where(Attendance.member_id == member_id, Gathering.ends_at > clock.now(), Gathering.cancelled_at.is_(None))
        .where(Attendance.post_id.in_(select(here.post_id).where(here.community_id == community_id)), not_(still))
    )
    return (await session.scalars(query.order_by(Attendance.post_id).limit(MOST_LEFT))).all()


async def _open(session: AsyncSession, actor: Actor, post_id: UUID) -> tuple[SeenPost, Gathering]:
    """An event that the actor may answer to, its post held."""
    found = await standing(session, actor, post_id)
    if found.gathering is None:
        raise NotFound
    require("attend" in found.abilities(actor), MEMBERS_TAKE_PART)
    gathering = found.gathering.gathering
    if gathering.cancelled_at is not None:
        raise EventCancelled
    if gathering.is_over:
        raise EventOver
    return found, gathering


async def _answered(session: AsyncSession, actor: Actor, found: SeenPost) -> SeenPost:
    await tell_places(session, actor, found.post, EventAnswered)
    record(session, MyPostChanged(member_id=actor.id, id=found.post.id), actor_id=actor.id)
    return await queries.post(session, actor, found.post.id)
