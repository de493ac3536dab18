"""Saying something later: kept aside until its time, where nothing that is read of posts can find it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.engagement.mentions import without_names
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import Conflict, Forbidden, NotFound, ParvisError, invalid
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts import scheduled as queries
from parvis.posts.events import ScheduledPostChanged
from parvis.posts.models import ScheduledPost
from parvis.posts.policy import Where
from parvis.posts.queries import SeenPost
from parvis.posts.scheduled import Scheduled
from parvis.posts.schemas.posts import PlacedDraft
from parvis.posts.schemas.scheduled import ScheduledDraft

from . import attaching
from .posts import places_to_post_in, publish

PUBLISH = "posts.publish_scheduled"
"""The job that says one of them when its time has come."""
MOST_WAITING = 50
FARTHEST = timedelta(days=366)
Unchanged = Callable[[int], None]


class TooManyScheduled(Conflict):
    code = "too_many_scheduled"
    title = {
        "fr": "Cinquante publications attendent déjà leur heure : annulez-en une d’abord.",
        "en": "Fifty posts wait for their time already: cancel one first.",
    }


async def schedule(session: AsyncSession, actor: Actor, draft: ScheduledDraft) -> Scheduled:
    """Says it when its time comes. Raises `NotFound`, `Forbidden`, `Invalid` and `TooManyScheduled`."""
    places = await _refuse_what_cannot_be_said(session, actor, draft)
    await _refuse_too_many(session, actor.id)
    kept = ScheduledPost(author_id=actor.id, draft=_kept(draft), publish_at=draft.publish_at, version=1)
    session.add(kept)
    await session.flush()
    await attaching.keep_aside(session, actor, kept.id, None, draft, places)
    await _await_time(session, kept)
    _tell(session, kept)
    return await queries.scheduled(session, actor, kept.id)


async def change(
    session: AsyncSession, actor: Actor, scheduled_id: UUID, draft: ScheduledDraft, unchanged: Unchanged
) -> Scheduled:
    """Puts this in its place. Raises `NotFound`, `PreconditionFailed`, `Forbidden` and `Invalid`."""
    kept = await _held(session, actor, scheduled_id)
    unchanged(kept.version)
    places = await _refuse_what_cannot_be_said(session, actor, draft)
    await attaching.keep_aside(session, actor, kept.id, PlacedDraft.model_validate(kept.draft), draft, places)
    kept.draft, kept.publish_at, kept.refused_at = _kept(draft), draft.publish_at, None
    kept.version += 1
    await session.flush()
    await _await_time(session, kept)
    _tell(session, kept)
    return await queries.scheduled(session, actor, kept.id)


async def cancel(session: AsyncSession, actor: Actor, scheduled_id: UUID) -> None:
    """Raises `NotFound`."""
    kept = await _held(session, actor, scheduled_id)
    await attaching.throw_away(session, scheduled_id)
    await _forget(session, kept)


async def publish_now(session: AsyncSession, actor: Actor, scheduled_id: UUID) -> SeenPost:
    """Says it at once. Raises `NotFound`, `Forbidden` and `Invalid`."""
    kept = await _held(session, actor, scheduled_id)
    draft = PlacedDraft.model_validate(kept.draft)
    await attaching.bring_out(session, scheduled_id)
    await _forget(session, kept)
    return await publish(session, actor, draft, draft.places, draft.discussion)


def publish_scheduled(database: Database) -> Handler:
    """The handler of `posts.publish_scheduled`: a post is said, and no longer waits, in one unit of work."""

    async def run(job: LeasedJob) -> None:
        await database.write(_publish_due, UUID(job.payload["id"]))

    return run


async def _publish_due(session: AsyncSession, scheduled_id: UUID) -> None:
    """By who he is now, where he may now. What was moved, cancelled or said meanwhile is passed over."""
    due = select(ScheduledPost.author_id).where(
        ScheduledPost.id == scheduled_id,
        ScheduledPost.publish_at <= clock.now(),
        ScheduledPost.refused_at.is_(None),
    )
    author_id = await session.scalar(due.with_for_update())
    if author_id is None:
        return
    actor = await acting_later(session, author_id)
    try:
        async with session.begin_nested():
            if actor is None:
                raise Forbidden
            await publish_now(session, actor, scheduled_id)
    except ParvisError:
        await _refuse(session, scheduled_id)


async def _refuse(session: AsyncSession, scheduled_id: UUID) -> None:
    kept = await session.get_one(ScheduledPost, scheduled_id, populate_existing=True)
    kept.refused_at = clock.now()
    kept.version += 1
    await session.flush()
    _tell(session, kept)


async def _held(session: AsyncSession, actor: Actor, scheduled_id: UUID) -> ScheduledPost:
    mine = select(ScheduledPost).where(ScheduledPost.id == scheduled_id, ScheduledPost.author_id == actor.id)
    query = mine.with_for_update().execution_options(populate_existing=True)
    kept = (await session.execute(query)).scalar_one_or_none()
    if kept is None:
        raise NotFound
    return kept


async def _forget(session: AsyncSession, kept: ScheduledPost) -> None:
    await session.delete(kept)
    await session.flush()
    _tell(session, kept)


async def _refuse_what_cannot_be_said(session: AsyncSession, actor: Actor, draft: ScheduledDraft) -> list[Where]:
    """Returns where it is to be said."""
    now = clock.now()
    if not now < draft.publish_at <= now + FARTHEST:
        raise invalid("publish_at", "range", "Choisissez un moment dans l’année qui vient.", "Choose within a year.")
    closes_at = draft.poll.closes_at if draft.poll else None
    if closes_at is not None and closes_at <= draft.publish_at:
        raise invalid(
            "poll/closes_at", "past", "Le sondage finirait avant de paraître.", "It would end before it begins."
        )
    if draft.event is not None and draft.event.moments()[1] <= draft.publish_at:
        raise invalid(
            "event/ends_at",
            "past",
            "L’événement serait passé avant de paraître.",
            "It would be over by then.",
        )
    return [(seen.community, seen.standing) for seen in await places_to_post_in(session, actor, draft.places)]


async def _refuse_too_many(session: AsyncSession, author_id: UUID) -> None:
    await one_at_a_time(session, f"scheduled by {author_id}")
    waiting = select(func.count()).where(ScheduledPost.author_id == author_id)
    if (await session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooManyScheduled


async def _await_time(session: AsyncSession, kept: ScheduledPost) -> None:
    await enqueue(session, PUBLISH, {"id": str(kept.id)}, run_at=kept.publish_at)


def _kept(draft: ScheduledDraft) -> dict[str, Any]:
    said = draft.model_dump(mode="json", exclude={"publish_at"})
    return said | {"body": without_names(draft.body)}


def _tell(session: AsyncSession, kept: ScheduledPost) -> None:
    record(session, ScheduledPostChanged(member_id=kept.author_id, id=kept.id), actor_id=kept.author_id)
