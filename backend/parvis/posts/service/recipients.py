"""Those who are told an announcement: written some at a time, and what each did with it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.queries.publics import shown_today
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.errors import NotFound, invalid
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts import queries
from parvis.posts.events import AnnouncementTold, MyPostChanged
from parvis.posts.models import Announcement, Post, PostReach, Recipient
from parvis.posts.queries import SeenPost
from parvis.posts.schemas.announced import FactIn

TELL = "posts.tell_recipients"
"""The job that tells recipients that what they were told changed."""
AT_ONCE = 500


async def add(session: AsyncSession, post: Post, member_ids: Sequence[UUID]) -> list[UUID]:
    """Tells these members (at most 500) an announcement; those who are told it already stay as they are. Returns the
    others."""
    known = select(Recipient.member_id).where(Recipient.post_id == post.id, Recipient.member_id.in_(member_ids))
    there = set(await session.scalars(known))
    new = [id_ for id_ in member_ids if id_ not in there]
    if not new:
        return []
    now, publics = clock.now(), await shown_today(session, new)
    rows = [{"post_id": post.id, "member_id": id_, "at": now, "public": publics.get(id_)} for id_ in new]
    await session.execute(insert(Recipient), rows)
    await _count(session, post.id, Counter(publics.values()), len(new))
    for member_id in new:
        record(session, AnnouncementTold(member_id=member_id, id=post.id, version=post.version))
    return new


async def see(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> None:
    """The actor has these before his eyes. Those that he is not told, or had before, are passed over."""
    now = clock.now()
    mine = update(Recipient).where(
        Recipient.member_id == actor.id, Recipient.post_id.in_(post_ids), Recipient.seen_at.is_(None)
    )
    seen = list(await session.scalars(mine.values(seen_at=now).returning(Recipient.post_id)))
    for post_id in sorted(seen):
        await session.execute(
            update(Announcement).where(Announcement.post_id == post_id).values(seen=Announcement.seen + 1)
        )


async def read(session: AsyncSession, actor: Actor, post_id: UUID, *, acknowledged: bool = False) -> SeenPost:
    """The actor has read it; `acknowledged`: and says so to who asked. Again changes nothing, nor does it where he is
    not told it. Raises `NotFound` for what is not visible to him, or does not ask."""
    found = await queries.post(session, actor, post_id)
    one = found.announcement
    if one is None or (acknowledged and not (one.announcement.asks and one.mine)):
        raise NotFound
    mine = select(Recipient).where(Recipient.post_id == post_id, Recipient.member_id == actor.id).with_for_update()
    row = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if row is None:
        return found
    now = clock.now()
    steps = {"seen": row.seen_at is None, "read": row.read_at is None}
    steps["acknowledged"] = acknowledged and row.acknowledged_at is None
    if not any(steps.values()):
        return found
    row.seen_at, row.read_at = row.seen_at or now, row.read_at or now
    row.acknowledged_at = row.acknowledged_at or (now if acknowledged else None)
    await session.flush()
    counted = {name: getattr(Announcement, name) + 1 for name, is_new in steps.items() if is_new}
    await session.execute(update(Announcement).where(Announcement.post_id == post_id).values(counted))
    record(session, MyPostChanged(member_id=actor.id, id=post_id), actor_id=actor.id)
    return await queries.post(session, actor, post_id)


async def change_facts(session: AsyncSession, post_id: UUID, facts: Sequence[FactIn] | None) -> bool:
    """Whether this changed what is to be known at a glance. Raises `Invalid` for what announces nothing."""
    if facts is None:
        return False
    announcement = await session.get(Announcement, post_id)
    if announcement is None:
        raise invalid("facts", "announcement_only", "Seule une annonce en a.", "Only an announcement has some.")
    wanted = [fact.model_dump() for fact in facts]
    if wanted == announcement.facts:
        return False
    announcement.facts = wanted
    await session.flush()
    return True


async def scrub(session: AsyncSession, post_id: UUID) -> None:
    """Takes away what an announcement says beside its words, and whom it was for."""
    gone: dict[str, Any] = {"facts": [], "rule": None, "audience_id": None, "excluded": [], "mix": {}}
    await session.execute(update(Announcement).where(Announcement.post_id == post_id).values(**gone))


async def forget(session: AsyncSession, rows: Sequence[Recipient]) -> None:
    """Of an account that is erased: they are counted no more."""
    for row in rows:
        done = {"seen": row.seen_at, "read": row.read_at, "acknowledged": row.acknowledged_at}
        less = {name: getattr(Announcement, name) - 1 for name, at in done.items() if at is not None}
        values = {"told": Announcement.told - 1, **less}
        await session.execute(update(Announcement).where(Announcement.post_id == row.post_id).values(values))
        announcement = await session.get(Announcement, row.post_id, populate_existing=True)
        if announcement is not None and row.public is not None:
            left = announcement.mix.get(row.public, 0) - 1
            announcement.mix = {**announcement.mix, row.public: max(left, 0)}
        await session.delete(row)
        await session.flush()


async def tell_later(session: AsyncSession, post_id: UUID) -> None:
    """Has those told that it changed whom alone it is for."""
    reach = await session.get(PostReach, post_id)
    if reach is not None and reach.scope == "recipients":
        await enqueue(session, TELL, {"post_id": str(post_id)})


def tell_recipients(database: Database) -> Handler:
    """The handler of `posts.tell_recipients`. Who was told before it was cut short is told again, which changes
    nothing."""

    async def told(job: LeasedJob) -> None:
        post_id, last = UUID(job.payload["post_id"]), None
        while some := await database.write(_tell_some, post_id, last):
            last = some[-1]

    return told


async def _tell_some(session: AsyncSession, post_id: UUID, last: UUID | None) -> list[UUID]:
    post = await session.get_one(Post, post_id)
    query = select(Recipient.member_id).where(Recipient.post_id == post_id).order_by(Recipient.member_id).limit(AT_ONCE)
    some = list(await session.scalars(query if last is None else query.where(Recipient.member_id > last)))
    for member_id in some:
        record(session, AnnouncementTold(member_id=member_id, id=post_id, version=post.version))
    return some


async def _count(session: AsyncSession, post_id: UUID, publics: Mapping[str, int], number: int) -> None:
    query = select(Announcement).where(Announcement.post_id == post_id).with_for_update()
    one = (await session.execute(query.execution_options(populate_existing=True))).scalar_one()
    one.told += number
    one.mix = dict(Counter(one.mix) + Counter(publics))
    await session.flush()
