"""Writing an announcement, and having it sent at a time to come."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.policy import may_announce
from parvis.announcements import queries
from parvis.announcements.events import AnnouncementDraftChanged
from parvis.announcements.kept import KeptDraft
from parvis.announcements.models import AnnouncementDraft
from parvis.announcements.policy import ANNOUNCERS_ONLY
from parvis.announcements.queries import Written
from parvis.announcements.schemas.drafts import AnnouncementIn
from parvis.engagement.mentions import without_names
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import Conflict, FieldError, Forbidden, Invalid, ParvisError, Text, invalid, require
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts.queries import SeenPost
from parvis.posts.service import attaching

from .sending import refuse_what_cannot_be_sent, send

SEND = "announcements.send_scheduled"
"""The job that sends one when its time has come."""
MOST_KEPT = 50
FARTHEST = timedelta(days=366)
NEEDED: Text = {"fr": "Complétez ceci avant d’envoyer.", "en": "Complete this before it is sent."}
Unchanged = Callable[[int], None]


class TooManyDrafts(Conflict):
    code = "too_many_drafts"
    title = {
        "fr": "Vous préparez déjà cinquante annonces : supprimez-en une d’abord.",
        "en": "You are writing fifty announcements already: throw one away first.",
    }


async def keep(session: AsyncSession, actor: Actor, draft: KeptDraft) -> Written:
    """Raises `Forbidden`, `NotFound`, `Invalid` and `TooManyDrafts`."""
    require(may_announce(actor), ANNOUNCERS_ONLY)
    await _refuse_what_cannot_be_sent(session, actor, draft)
    await one_at_a_time(session, f"announcement drafts of {actor.id}")
    mine = select(func.count()).where(AnnouncementDraft.author_id == actor.id)
    if (await session.scalar(mine) or 0) >= MOST_KEPT:
        raise TooManyDrafts
    kept = AnnouncementDraft(author_id=actor.id, draft=_kept(draft), send_at=draft.send_at, version=1)
    session.add(kept)
    await session.flush()
    await attaching.keep_aside(session, actor, kept.id, None, draft, [])
    await _await_time(session, kept)
    return await queries.draft(session, actor, kept.id)


async def change(
    session: AsyncSession, actor: Actor, draft_id: UUID, draft: KeptDraft, unchanged: Unchanged
) -> Written:
    """Puts this in its place. Raises `NotFound`, `PreconditionFailed`, `Forbidden` and `Invalid`."""
    kept = await _held(session, actor, draft_id)
    unchanged(kept.version)
    require(may_announce(actor), ANNOUNCERS_ONLY)
    await _refuse_what_cannot_be_sent(session, actor, draft)
    await attaching.keep_aside(session, actor, kept.id, KeptDraft.model_validate(kept.draft), draft, [])
    kept.draft, kept.send_at, kept.refused_at = _kept(draft), draft.send_at, None
    kept.changed_at = clock.now()
    kept.version += 1
    await session.flush()
    await _await_time(session, kept)
    return await queries.draft(session, actor, kept.id)


async def throw_away(session: AsyncSession, actor: Actor, draft_id: UUID) -> None:
    """Raises `NotFound`."""
    kept = await _held(session, actor, draft_id)
    await attaching.throw_away(session, draft_id)
    await _forget(session, kept)


async def send_now(session: AsyncSession, actor: Actor, draft_id: UUID) -> SeenPost:
    """Raises `NotFound`, `Forbidden` and `Invalid`."""
    kept = await _held(session, actor, draft_id)
    require(may_announce(actor), ANNOUNCERS_ONLY)
    draft = _whole(KeptDraft.model_validate(kept.draft))
    await attaching.bring_out(session, draft_id)
    await _forget(session, kept)
    return await send(session, actor, draft)


def send_scheduled(database: Database) -> Handler:
    """The handler of `announcements.send_scheduled`: it is sent, and no longer waits, in one unit of work."""

    async def run(job: LeasedJob) -> None:
        await database.write(_send_due, UUID(job.payload["id"]))

    return run


async def _send_due(session: AsyncSession, draft_id: UUID) -> None:
    """By who its author is now. What was moved, thrown away or sent meanwhile is passed over."""
    due = select(AnnouncementDraft.author_id).where(
        AnnouncementDraft.id == draft_id,
        AnnouncementDraft.send_at <= clock.now(),
        AnnouncementDraft.refused_at.is_(None),
    )
    author_id = await session.scalar(due.with_for_update())
    if author_id is None:
        return
    actor = await acting_later(session, author_id)
    try:
        async with session.begin_nested():
            if actor is None:
                raise Forbidden
            await send_now(session, actor, draft_id)
    except ParvisError:
        kept = await session.get_one(AnnouncementDraft, draft_id, populate_existing=True)
        kept.refused_at = clock.now()
        kept.version += 1
        await session.flush()
        _tell(session, kept)


async def _refuse_what_cannot_be_sent(session: AsyncSession, actor: Actor, draft: KeptDraft) -> None:
    """At the time that it says. Without one, anything may be missing."""
    if draft.send_at is None:
        return
    now = clock.now()
    if not now < draft.send_at <= now + FARTHEST:
        raise invalid("send_at", "range", "Choisissez un moment dans l’année qui vient.", "Choose within a year.")
    if draft.closes_at is not None and draft.closes_at <= draft.send_at:
        raise invalid("closes_at", "past", "Elle serait close avant de partir.", "It would close before it is sent.")
    await refuse_what_cannot_be_sent(session, actor, _whole(draft))


def _whole(draft: KeptDraft) -> AnnouncementIn:
    """Raises `Invalid` for what is missing."""
    try:
        return AnnouncementIn.model_validate(draft.model_dump(exclude={"send_at"}))
    except ValidationError as error:
        missing = {"/".join(str(part) for part in item["loc"]) or item["type"] for item in error.errors()}
        raise Invalid(fields=[FieldError(path, "needed", NEEDED) for path in sorted(missing)]) from None


async def _held(session: AsyncSession, actor: Actor, draft_id: UUID) -> AnnouncementDraft:
    await queries.draft(session, actor, draft_id)
    query = select(AnnouncementDraft).where(AnnouncementDraft.id == draft_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def _forget(session: AsyncSession, kept: AnnouncementDraft) -> None:
    await session.delete(kept)
    await session.flush()
    _tell(session, kept)


async def _await_time(session: AsyncSession, kept: AnnouncementDraft) -> None:
    if kept.send_at is not None:
        await enqueue(session, SEND, {"id": str(kept.id)}, run_at=kept.send_at)
    _tell(session, kept)


def _kept(draft: KeptDraft) -> dict[str, Any]:
    said = draft.model_dump(mode="json", exclude={"send_at"})
    return said | {"body": without_names(draft.body)}


def _tell(session: AsyncSession, kept: AnnouncementDraft) -> None:
    record(session, AnnouncementDraftChanged(member_id=kept.author_id, id=kept.id), actor_id=kept.author_id)
