"""Telling those whom an announcement is for: some at a time, so that who posts meanwhile waits for nobody.

Whom it names is read beside the writer, much at a time; those are told in small units of work, with a rest after each.
Cut short anywhere, it is begun anew, and tells nobody twice.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import perf_counter
from uuid import UUID

from sqlalchemy import exists, not_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.models import Member
from parvis.accounts.queries.organisation import organisation
from parvis.announcements.aims import Aim, named_by, told_before, told_enough
from parvis.announcements.policy import is_open
from parvis.audiences import rules
from parvis.audiences.models import Audience
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.notifications.service.telling import News, tell
from parvis.posts.models import Announcement, Post, PostPlace, Recipient
from parvis.posts.service import recipients

from .mails import write_to_some

WRITE = "announcements.write"
READ_AT_ONCE = 2_000
AT_ONCE = 20
"""Fewer than may be: a member who posts waits for one such unit at most."""
REST = 4.0
"""How long it rests after each unit, by how long that took."""
AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is told to whom, by whom, as it stands now. `most`: None for what is essential."""

    post: Post
    announcement: Announcement
    actor: Actor
    aim: Aim
    most: int | None


async def write_later(session: AsyncSession, post_id: UUID) -> None:
    """Has those told whom it is for."""
    await enqueue(session, WRITE, {"post_id": str(post_id)}, unique=str(post_id))


def write_recipients(database: Database) -> Handler:
    """The handler of `announcements.write`."""

    async def run(job: LeasedJob) -> None:
        post_id, last = UUID(job.payload["post_id"]), None
        while True:
            async with database.reading() as session:
                page = await _next(session, post_id, last)
            if page is None:
                break
            last, wanted = page
            for start in range(0, len(wanted), AT_ONCE):
                began = perf_counter()
                await database.write(_tell_some, post_id, wanted[start : start + AT_ONCE])
                await asyncio.sleep((perf_counter() - began) * REST)
        await database.write(_end, post_id)

    return run


async def sending(session: AsyncSession, post_id: UUID) -> Sending | None:
    """None for what was deleted, names nobody any more, or is by somebody who is not there any more."""
    announcement = await session.get(Announcement, post_id, populate_existing=True)
    post = await session.get(Post, post_id, populate_existing=True)
    if announcement is None or post is None or post.deleted_at is not None or post.author_id is None:
        return None
    actor = await acting_later(session, post.author_id)
    if actor is None:
        return None
    places = select(PostPlace.community_id).where(PostPlace.post_id == post_id, PostPlace.removed_at.is_(None))
    aim = Aim(
        rules.read(announcement.rule) if announcement.rule is not None else None,
        list(await session.scalars(places)),
        [UUID(id_) for id_ in announcement.excluded],
        await session.get(Audience, announcement.audience_id) if announcement.audience_id else None,
    )
    if not (announcement.told_to == "square" or aim.places or aim.rule is not None or aim.frozen is not None):
        return None
    most = None if announcement.essential else (await organisation(session)).weekly_announcements
    return Sending(post, announcement, actor, aim, most)


async def _next(session: AsyncSession, post_id: UUID, last: UUID | None) -> tuple[UUID, Sequence[UUID]] | None:
    """The next of those whom it names and who are not told yet: the last of them, and those who are to be told. None
    when there are no more."""
    now = await sending(session, post_id)
    if now is None or _is_over(now.announcement):
        return None
    is_told = exists().where(Recipient.post_id == post_id, Recipient.member_id == Member.id)
    named = select(Member.id).where(named_by(now.aim, now.actor), not_(is_told))
    if last is not None:
        named = named.where(Member.id > last)
    page = list(await session.scalars(named.order_by(Member.id).limit(READ_AT_ONCE)))
    if not page:
        return None
    wanted = select(Member.id).where(Member.id.in_(page))
    if now.aim.excluded:
        wanted = wanted.where(not_(told_before(now.aim, page)))
    if now.most is not None:
        wanted = wanted.where(not_(told_enough(now.most, page)))
    return page[-1], list(await session.scalars(wanted.order_by(Member.id)))


def _is_over(announcement: Announcement) -> bool:
    """Those who were there first are told, and nobody enters it any more."""
    return announcement.written_at is not None and not is_open(announcement)


async def _tell_some(session: AsyncSession, post_id: UUID, member_ids: Sequence[UUID]) -> None:
    """Unless it was deleted meanwhile."""
    stands = select(Post, Announcement).join(Announcement, Announcement.post_id == Post.id)
    stands = stands.where(Post.id == post_id, Post.deleted_at.is_(None), Post.author_id.is_not(None))
    row = (await session.execute(stands.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        return
    post, announcement = row
    new = await recipients.add(session, post, member_ids)
    news = News("post", post_id, "announcement", None, post_id, announcement.sent_at, announcement.essential)
    await tell(session, new, news)
    if announcement.by_mail:
        await write_to_some(session, post, announcement, new, announcement.told - len(new))


async def _end(session: AsyncSession, post_id: UUID) -> None:
    """While it is open, those who enter its audience are looked for again."""
    now = clock.now()
    first = update(Announcement).where(Announcement.post_id == post_id, Announcement.written_at.is_(None))
    await session.execute(first.values(written_at=now))
    announcement = await session.get(Announcement, post_id, populate_existing=True)
    if announcement is None or not is_open(announcement) or await sending(session, post_id) is None:
        return
    run_at = now + AGAIN_AFTER
    await enqueue(session, WRITE, {"post_id": str(post_id)}, run_at=run_at, unique=f"{post_id} {run_at:%Y%m%d%H}")
