"""Telling an announcement again to those who have not read it: seldom, and to nobody who was told much."""

import asyncio
from collections.abc import Sequence
from time import perf_counter
from uuid import UUID

from sqlalchemy import ColumnElement, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.queries.people import is_active
from parvis.announcements import policy, queries
from parvis.announcements.aims import told_enough
from parvis.announcements.queries import Sent
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Database
from parvis.kernel.errors import Conflict
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.notifications.service.telling import News, tell
from parvis.posts.models import Announcement, Recipient

from .mails import write_to_some
from .writing import AT_ONCE, REST, Sending, sending

REMIND = "announcements.remind"


class RemindedLately(Conflict):
    code = "reminded_lately"
    title = {
        "fr": "Les personnes qui ne l’ont pas lue ont été relancées il y a moins de sept jours.",
        "en": "Those who have not read it were reminded less than seven days ago.",
    }


async def remind(session: AsyncSession, actor: Actor, post_id: UUID) -> Sent:
    """Raises `NotFound`, `Forbidden` and `RemindedLately`."""
    found = await queries.sent(session, actor, post_id)
    await session.execute(select(Announcement.post_id).where(Announcement.post_id == post_id).with_for_update())
    announcement = await session.get_one(Announcement, post_id, populate_existing=True)
    now = clock.now()
    if policy.may_be_reminded_from(announcement) > now:
        raise RemindedLately
    announcement.reminded_at = now
    await session.flush()
    await enqueue(session, REMIND, {"post_id": str(post_id)}, unique=str(post_id))
    audit(session, actor.id, "announcement.reminded", "post", post_id)
    return found


def remind_recipients(database: Database) -> Handler:
    """The handler of `announcements.remind`. Who was reminded before it was cut short is not reminded again."""

    async def run(job: LeasedJob) -> None:
        post_id, number = UUID(job.payload["post_id"]), 0
        while True:
            began = perf_counter()
            some = await database.write(_remind_some, post_id, number)
            if not some:
                break
            number += len(some)
            await asyncio.sleep((perf_counter() - began) * REST)

    return run


async def _remind_some(session: AsyncSession, post_id: UUID, number: int) -> Sequence[UUID]:
    """Reminds some of those who have not read it. Returns them."""
    now = await sending(session, post_id)
    if now is None or now.announcement.reminded_at is None:
        return []
    query = select(Recipient.member_id).join(Member, Member.id == Recipient.member_id)
    query = query.where(Recipient.post_id == post_id, is_active(), *_waiting(now)).order_by(Recipient.member_id)
    some = list(await session.scalars(query.limit(AT_ONCE)))
    if not some:
        return []
    mine = update(Recipient).where(Recipient.post_id == post_id, Recipient.member_id.in_(some))
    await session.execute(mine.values(reminded_at=clock.now()))
    news = News("post", post_id, "not_read", None, at=clock.now(), essential=now.announcement.essential)
    await tell(session, some, news)
    if now.announcement.by_mail:
        await write_to_some(session, now.post, now.announcement, some, number, again=True)
    return some


def _waiting(now: Sending) -> Sequence[ColumnElement[bool]]:
    since = now.announcement.reminded_at
    not_yet = or_(Recipient.reminded_at.is_(None), Recipient.reminded_at < since)
    not_read = (Recipient.read_at.is_(None), Recipient.at < since, not_yet)
    return not_read if now.most is None else (*not_read, not_(told_enough(now.most)))
