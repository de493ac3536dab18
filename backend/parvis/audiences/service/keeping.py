"""Keeping who is in an audience, for what is given to all in it: written down, and made true as people change.

Nobody is put together with anybody by it, as in a circle: whoever is kept learns nothing of the others.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import acting_later
from parvis.audiences import rules
from parvis.audiences.compiling import who
from parvis.audiences.models import Audience, AudienceMember, KeptAudience, KeptAudienceMember
from parvis.circles.events import AccessGained, AccessLost
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

KEEP = "audiences.keep"
"""The job that writes down who is in an audience now, and forgets who is no more."""
TURN = "audiences.turn"
"""The job that has all audiences and communities settled, since dates pass."""
AFTER_MIDNIGHT = timedelta(minutes=10)
"""When the directory has taken in what the day changed."""
AT_ONCE = 500


async def keep(session: AsyncSession, audience_id: UUID) -> None:
    """From now on it is known who is in it, as soon as there is time. Again changes nothing."""
    if await session.get(KeptAudience, audience_id) is None:
        session.add(KeptAudience(audience_id=audience_id))
        await session.flush()
    await turn_after(session, clock.now().date())
    await keep_soon(session, audience_id)


async def release(session: AsyncSession, audience_id: UUID) -> None:
    """Nothing is given by it any more."""
    await session.execute(delete(KeptAudience).where(KeptAudience.audience_id == audience_id))
    await keep_soon(session, audience_id)


async def keep_soon(session: AsyncSession, audience_id: UUID, due: datetime | None = None) -> None:
    """Who is in it may have changed."""
    at = due or clock.now()
    await enqueue(session, KEEP, {"id": str(audience_id)}, run_at=at, unique=f"{audience_id} {at.isoformat()}")


async def keep_all_soon(session: AsyncSession, due: datetime | None = None) -> bool:
    """The same of all that are kept. Whether any is."""
    ids = (await session.scalars(select(KeptAudience.audience_id))).all()
    for audience_id in ids:
        await keep_soon(session, audience_id, due)
    return bool(ids)


async def turn_after(session: AsyncSession, day: date) -> None:
    """Has all looked at again when the day is over."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, UTC)
    await enqueue(session, TURN, {}, run_at=midnight + AFTER_MIDNIGHT, unique=day.isoformat())


def topic_of(audience_id: UUID) -> str:
    """What those in it are told that they gained or lost something about: nothing stands on it."""
    return f"audience:{audience_id}"


def keep_audiences(database: Database) -> Handler:
    """The handler of `audiences.keep`, in batches: begun again, it goes on."""

    async def settle(job: LeasedJob) -> None:
        audience_id = UUID(job.payload["id"])
        for step in (_take_out_some, _put_in_some):
            while await database.write(step, audience_id) == AT_ONCE:
                pass

    return settle


async def _take_out_some(session: AsyncSession, audience_id: UUID) -> int:
    """Takes out at most 500 who are in it no more. Returns how many."""
    people = await _people(session, audience_id)
    kept = KeptAudienceMember
    mine = select(kept.member_id).where(kept.audience_id == audience_id)
    if people is not None:
        mine = mine.where(kept.member_id.not_in(people))
    ids = (await session.scalars(mine.order_by(kept.member_id).limit(AT_ONCE))).all()
    if ids:
        await session.execute(delete(kept).where(kept.audience_id == audience_id, kept.member_id.in_(ids)))
        _tell(session, audience_id, ids, AccessLost)
    return len(ids)


async def _put_in_some(session: AsyncSession, audience_id: UUID) -> int:
    """Writes down at most 500 who are in it and are not yet. Returns how many."""
    people = await _people(session, audience_id)
    if people is None:
        return 0
    found, kept = people.subquery(), KeptAudienceMember
    known = select(kept.member_id).where(kept.audience_id == audience_id)
    new = select(found.c.member_id).where(found.c.member_id.not_in(known)).order_by(found.c.member_id)
    ids = (await session.scalars(new.limit(AT_ONCE))).all()
    if ids:
        await session.execute(insert(kept), [{"audience_id": audience_id, "member_id": id_} for id_ in ids])
        _tell(session, audience_id, ids, AccessGained)
    return len(ids)


async def _people(session: AsyncSession, audience_id: UUID) -> Select[UUID] | None:
    """Ids of those in an audience that is kept, held until the commit; None of one that is not, or is gone."""
    query = select(Audience).join(KeptAudience, KeptAudience.audience_id == Audience.id)
    query = query.where(Audience.id == audience_id).with_for_update(of=Audience)
    audience = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if audience is None:
        return None
    if audience.frozen and audience.frozen_at is not None:
        frozen = (AudienceMember.audience_id == audience_id, AudienceMember.generation == audience.generation)
        return select(AudienceMember.member_id).where(*frozen)
    owner = await acting_later(session, audience.owner_id) if audience.owner_id else None
    return who(rules.read(audience.rule), owner)


def _tell(
    session: AsyncSession, audience_id: UUID, ids: Sequence[UUID], access: type[AccessGained] | type[AccessLost]
) -> None:
    for member_id in ids:
        record(session, access(member_id=member_id, about=topic_of(audience_id)))
