"""What changes the directory beside its members' own hand: facts about their accounts, the structure, and midnight."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import (
    DeletionCancelled,
    DeletionRequested,
    MemberActivated,
    MemberRestored,
    MemberSuspended,
    MemberUpdated,
    StructureChanged,
)
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.queries.structure import descendants
from parvis.kernel import clock
from parvis.kernel.db import Database, Write
from parvis.kernel.events import Fact
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.listeners import Listener

from .index import AT_ONCE, forget_unused_values, reindex

TURN = "directory.turn"
PLACE = "directory.place"


async def react(session: AsyncSession, fact: Fact) -> None:
    """Takes in what happened to one member at once; what happened to a place concerns many, and is a job."""
    if fact.type == StructureChanged.type:
        place = {"kind": fact.data["kind"], "id": fact.data["id"]}
        await enqueue(session, PLACE, place)
        return
    await reindex(session, [UUID(fact.data["member_id"])])
    await schedule(session)


listener = Listener.to(
    "directory",
    [
        MemberActivated,
        MemberUpdated,
        MemberSuspended,
        MemberRestored,
        DeletionRequested,
        DeletionCancelled,
        StructureChanged,
    ],
    react,
)


async def schedule(session: AsyncSession) -> None:
    """Sees to it that affiliations which begin or end meanwhile are taken in after next midnight."""
    await _turn_after(session, clock.now().date())


def turn_day(database: Database) -> Handler:
    """The handler of `directory.turn`: lists anew those for whom an affiliation began or ended since the day in its
    payload, and forgets values that nobody has."""

    async def turn(job: LeasedJob) -> None:
        since, today = date.fromisoformat(job.payload["since"]), clock.now().date()
        turned = or_(
            (Affiliation.starts_on > since) & (Affiliation.starts_on <= today),
            (Affiliation.ends_on > since) & (Affiliation.ends_on <= today),
        )
        await _all(database.write, select(Affiliation.member_id.label("id")).where(turned))
        while await database.write(forget_unused_values) == AT_ONCE:
            pass
        await database.write(_turn_after, today)

    return turn


def renew_place(database: Database) -> Handler:
    """The handler of `directory.place`: lists anew those who stand in a unit, programme or cohort."""

    async def renew(job: LeasedJob) -> None:
        place_id = UUID(job.payload["id"])
        standing = {
            "unit": Affiliation.unit_id.in_(descendants(place_id)),
            "programme": Affiliation.programme_id == place_id,
            "cohort": Affiliation.cohort_id == place_id,
        }[job.payload["kind"]]
        await _all(database.write, select(Affiliation.member_id.label("id")).where(standing))

    return renew


async def rebuild(write: Write) -> int:
    """Makes the whole directory anew, in batches. Returns how many members were looked at."""
    looked_at = await _all(write, select(Member.id.label("id")))
    await write(schedule)
    return looked_at


async def _all(write: Write, members: Select[UUID]) -> int:
    """Lists all these members anew, each batch in a unit of work of its own. Returns how many."""
    last: UUID | None = None
    done = 0
    while batch := await write(_some, members, last):
        last, done = batch[-1], done + len(batch)
    return done


async def _some(session: AsyncSession, members: Select[UUID], last: UUID | None) -> Sequence[UUID]:
    found = members.subquery()
    query = select(found.c.id).distinct().order_by(found.c.id).limit(AT_ONCE)
    batch = (await session.scalars(query if last is None else query.where(found.c.id > last))).all()
    if batch:
        await reindex(session, batch)
    return batch


async def _turn_after(session: AsyncSession, day: date) -> None:
    midnight = datetime.combine(day + timedelta(days=1), time.min, UTC)
    await enqueue(session, TURN, {"since": day.isoformat()}, run_at=midnight, unique=day.isoformat())
