"""Digests: what was told and said since the last, in the morning of each member's own clock; on Mondays the week's."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.accounts.queries.people import is_active
from parvis.chat.models import ChatPreferences
from parvis.choices.models import KINDS, Rhythm
from parvis.choices.policy import pauses, told_so
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.i18n import DEFAULT_ZONE
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.mail import Template, send_mail

from . import pieces
from .choosing import OF_REASONS
from .mailing import OLDEST, Addressee, addressee_of, is_as_it_was, keep_mailed, mail_to, move_mark
from .offering import with_acts
from .pieces import ToMail

DIGEST = "notifications.digest"
MORNING = 7
MONDAY = 0
AT_ONCE = 200
PERIOD: dict[Rhythm, timedelta] = {"daily": timedelta(days=1), "weekly": timedelta(days=7)}
TEMPLATES: dict[Rhythm, Template] = {"daily": "daily_digest", "weekly": "weekly_digest"}
MOST_PIECES = 20


async def turn_soon(session: AsyncSession) -> None:
    """Sees to it that digests are looked for at the next full hour, as at each."""
    await _turn_at(session, _hour(clock.now()) + timedelta(hours=1))


def send_digests(database: Database) -> Handler:
    """The handler of `notifications.digest`: to those for whom it is morning at that hour. Begun again, it finds what
    is not mailed yet."""

    async def run(job: LeasedJob) -> None:
        hour = datetime.fromisoformat(job.payload["hour"])
        await database.write(_turn_at, max(hour, _hour(clock.now())) + timedelta(hours=1))
        for rhythm in ("daily", "weekly"):
            last: UUID | None = None
            while some := await database.read(_readers, rhythm, hour, last):
                for member_id in some:
                    await send_digest(database, member_id, rhythm)
                last = some[-1]

    return run


async def send_digest(database: Database, member_id: UUID, rhythm: Rhythm) -> bool:
    """Mails him what he wants to be told of so often. Whether there was anything."""
    now = clock.now()
    async with database.reading() as session:
        addressee = await addressee_of(session, member_id)
        if addressee is None or addressee.paused:
            return False
        found = await _gathered(session, addressee, rhythm, now)
    return bool(found) and await database.write(_send, addressee, rhythm, found, now)


async def _gathered(session: AsyncSession, addressee: Addressee, rhythm: Rhythm, now: datetime) -> list[ToMail]:
    """What waits for him first, what is written to him, then what goes on without him."""
    reader, kinds, mark = addressee.reader, addressee.of_rhythm[rhythm], addressee.mark
    reasons = [reason for kind in kinds for reason in OF_REASONS.get(kind, ())]
    found = await pieces.told(session, reader, reasons, now - OLDEST, pieces.SHORT)
    if "messages" in kinds:
        found += await pieces.messages(session, reader, mark.messages_until or now - OLDEST, now, pieces.SHORT)
    if "followed" in kinds:
        since = mark.followed_until or now - PERIOD[rhythm]
        but = [one.post_id for one in found if one.post_id is not None]
        found += await pieces.followed(session, reader, since, now, but, pieces.SHORT)
    return await with_acts(session, reader.actor, found[:MOST_PIECES])


async def _send(
    session: AsyncSession, addressee: Addressee, rhythm: Rhythm, found: Sequence[ToMail], now: datetime
) -> bool:
    """With all of it, unless another worker has just mailed the same."""
    if not await is_as_it_was(session, addressee):
        return False
    kinds = addressee.of_rhythm[rhythm]
    acts = [id_ for one in found for id_ in one.acts]
    if acts and not await keep_mailed(session, acts):
        return False
    await move_mark(session, addressee.reader.actor.id, now, messages="messages" in kinds, followed="followed" in kinds)
    data: dict[str, str | int] = {"count": len(found), "link": "/notifications"}
    answers = found[0].answers if len(found) == 1 else None
    send_mail(session, mail_to(addressee, TEMPLATES[rhythm], data, rhythm, [one.piece for one in found], answers))
    return True


async def _readers(session: AsyncSession, rhythm: Rhythm, hour: datetime, last: UUID | None) -> Sequence[UUID]:
    """Those (at most 200) after `last` for whom it is the morning of a digest then, and who want one."""
    zone = func.coalesce(ChatPreferences.time_zone, DEFAULT_ZONE)
    zones = set(await session.scalars(select(ChatPreferences.time_zone).distinct())) | {DEFAULT_ZONE}
    there = [name for name in zones if _is_morning(hour.astimezone(ZoneInfo(name)), rhythm)]
    if not there:
        return []
    wanted = or_(*(told_so(kind, "mail", rhythm, Member.id) for kind in KINDS))
    query = select(Member.id).outerjoin(ChatPreferences, ChatPreferences.member_id == Member.id)
    query = query.where(is_active(), zone.in_(there), ~pauses(Member.id), wanted).order_by(Member.id).limit(AT_ONCE)
    return (await session.scalars(query if last is None else query.where(Member.id > last))).all()


def _is_morning(here: datetime, rhythm: Rhythm) -> bool:
    return here.hour == MORNING and (rhythm == "daily" or here.weekday() == MONDAY)


def _hour(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


async def _turn_at(session: AsyncSession, hour: datetime) -> None:
    await enqueue(session, DIGEST, {"hour": hour.isoformat()}, run_at=hour, unique=hour.isoformat())
