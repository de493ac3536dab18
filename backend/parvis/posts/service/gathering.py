"""The events that come and go with posts, and the seats that those who come have in them.

Whoever changes an event holds its post until the commit: answers that arrive together are judged one after the other.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.errors import Conflict, invalid
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts.events import SeatGiven
from parvis.posts.models import Answer, Attendance, Gathering, Post
from parvis.posts.schemas.gatherings import EventDraft

REMIND = "posts.remind"
"""The job that is due when some of those who come want to be reminded."""
SEAT = "posts.seat_waiting"
"""The job that goes on giving seats, where more were freed than one unit of work gives."""
AT_ONCE = 500
DAY_BEFORE = 1440
"""In minutes: when who says yes is reminded, unless he chooses otherwise."""


class EventCancelled(Conflict):
    code = "event_cancelled"
    title = {"fr": "Cet événement est annulé.", "en": "This event is cancelled."}


class EventOver(Conflict):
    code = "event_over"
    title = {"fr": "Cet événement est passé.", "en": "This event is over."}


async def add(session: AsyncSession, post: Post, draft: EventDraft | None) -> None:
    """The event of a new post. Raises `Invalid` for one that is over."""
    if draft is not None:
        gathering = Gathering(post_id=post.id, going=0, maybe=0, away=0, waiting=0, last=0, sequence=0)
        _put(gathering, draft)
        session.add(gathering)
        await session.flush()


async def change(session: AsyncSession, gathering: Gathering, draft: EventDraft) -> tuple[bool, bool]:
    """Puts this in place of what was said of an event. Whether that changes anything, and whether it takes place at
    another time or elsewhere. Raises `Invalid` and `EventCancelled`."""
    before, seats = _when_and_where(gathering), gathering.seats
    after = (*draft.moments(), draft.time_zone, draft.whole_day, draft.place, draft.link or "")
    if (before, seats) == (after, draft.seats):
        return False, False
    if gathering.cancelled_at is not None:
        raise EventCancelled
    if draft.seats is not None and draft.seats < gathering.going:
        raise invalid(
            "event/seats",
            "taken",
            "Davantage de places sont déjà prises.",
            "More seats are taken already.",
        )
    moved = before != after
    _put(gathering, draft)
    gathering.sequence += moved
    await session.flush()
    await give_seats(session, gathering)
    if moved:
        await _await_reminders(session, gathering)
    return True, moved


async def put_answer(session: AsyncSession, gathering: Gathering, member_id: UUID, answer: Answer) -> Attendance:
    """Makes this a member's answer: who says yes once all seats are taken waits for one."""
    mine = await session.get(Attendance, (gathering.post_id, member_id), populate_existing=True)
    if mine is None:
        mine = Attendance(post_id=gathering.post_id, member_id=member_id, answer="no", waits=False, by_mail=False)
        session.add(mine)
    else:
        _count(gathering, mine, -1)
    if answer == "yes" and mine.answer != "yes" and mine.remind_before is None:
        mine.remind_before = DAY_BEFORE
    mine.waits = answer == "yes" and gathering.is_full
    gathering.last += 1
    mine.answer, mine.number, mine.at = answer, gathering.last, clock.now()
    _count(gathering, mine, 1)
    await session.flush()
    await give_seats(session, gathering)
    await await_reminder(session, gathering, mine)
    return mine


async def take_answer_away(session: AsyncSession, gathering: Gathering, mine: Attendance) -> None:
    """And gives the seat to who waits for it."""
    _count(gathering, mine, -1)
    await session.delete(mine)
    await session.flush()
    await give_seats(session, gathering)


async def give_seats(session: AsyncSession, gathering: Gathering) -> None:
    """Gives the seats that are free to those who wait, in the order in which they came, and tells them: 500 now, the
    others by a job."""
    if gathering.waiting == 0 or gathering.is_full or gathering.is_over or gathering.cancelled_at is not None:
        return
    free = gathering.waiting if gathering.seats is None else gathering.seats - gathering.going
    waiting = select(Attendance).where(Attendance.post_id == gathering.post_id, Attendance.waits.is_(True))
    first = waiting.order_by(Attendance.number).limit(min(free, AT_ONCE)).execution_options(populate_existing=True)
    for one in (await session.scalars(first)).all():
        one.waits = False
        gathering.waiting -= 1
        gathering.going += 1
        record(session, SeatGiven(member_id=one.member_id, id=gathering.post_id))
    await session.flush()
    if gathering.waiting and not gathering.is_full:
        await enqueue(session, SEAT, {"post_id": str(gathering.post_id)}, unique=str(gathering.post_id))


async def await_reminder(session: AsyncSession, gathering: Gathering, mine: Attendance) -> None:
    """Sees to it that the member is reminded, if there is still time."""
    if mine.is_to_be_reminded and mine.remind_before is not None:
        await _await(session, gathering, mine.remind_before)


def seat_waiting(database: Database) -> Handler:
    """The handler of `posts.seat_waiting`."""

    async def seat(job: LeasedJob) -> None:
        while await database.write(_seat_some, UUID(job.payload["post_id"])):
            pass

    return seat


async def scrub(session: AsyncSession, post_id: UUID) -> None:
    """Takes away the words of an event."""
    gathering = await session.get(Gathering, post_id, populate_existing=True)
    if gathering is not None:
        gathering.place, gathering.link = "", ""
        await session.flush()


async def forget_attendances(session: AsyncSession, attendances: Sequence[Attendance]) -> None:
    """Of an account that is erased: their seats are given to who waits."""
    for one in attendances:
        gathering = await _held(session, one.post_id)
        if gathering is None:  # Its author's account was erased.
            await session.delete(one)
            await session.flush()
        else:
            await take_answer_away(session, gathering, one)


async def _seat_some(session: AsyncSession, post_id: UUID) -> bool:
    """Whether others are left who wait, and seats for them."""
    gathering = await _held(session, post_id)
    if gathering is None:
        return False
    before = gathering.waiting
    await give_seats(session, gathering)
    return 0 < gathering.waiting < before and not gathering.is_full


async def _held(session: AsyncSession, post_id: UUID) -> Gathering | None:
    await session.execute(select(Post.id).where(Post.id == post_id).with_for_update())
    return await session.get(Gathering, post_id, populate_existing=True)


async def _await_reminders(session: AsyncSession, gathering: Gathering) -> None:
    """Anew, for another time: what was due for the time before finds that it is not the event's any more."""
    wanted = select(Attendance.remind_before).where(
        Attendance.post_id == gathering.post_id, Attendance.remind_before.is_not(None)
    )
    for minutes in (await session.scalars(wanted.distinct())).all():
        if minutes is not None:
            await _await(session, gathering, minutes)


async def _await(session: AsyncSession, gathering: Gathering, minutes: int) -> None:
    due = gathering.starts_at - timedelta(minutes=minutes)
    if due > clock.now():
        starts_at = gathering.starts_at.isoformat()
        payload = {"post_id": str(gathering.post_id), "minutes": minutes, "starts_at": starts_at}
        unique = f"{gathering.post_id} {minutes} {starts_at}"
        await enqueue(session, REMIND, payload, run_at=due, unique=unique)


def _put(gathering: Gathering, draft: EventDraft) -> None:
    gathering.starts_at, gathering.ends_at = draft.moments()
    gathering.time_zone, gathering.whole_day = draft.time_zone, draft.whole_day
    gathering.place, gathering.link, gathering.seats = draft.place, draft.link or "", draft.seats
    if gathering.is_over:
        raise invalid("event/ends_at", "past", "Cette date est passée.", "This date has passed.")


def _when_and_where(gathering: Gathering) -> tuple[object, ...]:
    when = gathering.starts_at, gathering.ends_at, gathering.time_zone, gathering.whole_day
    return *when, gathering.place, gathering.link


def _count(gathering: Gathering, mine: Attendance, by: int) -> None:
    if mine.waits:
        gathering.waiting += by
    elif mine.answer == "yes":
        gathering.going += by
    elif mine.answer == "maybe":
        gathering.maybe += by
    else:
        gathering.away += by
