"""Mailing members what they were told: soon after, or together in the morning, once a day or a week.

What a mail says is read as its reader may read it when it is written, without what he has read by then; that it was
mailed is kept in the unit of work that sends it, so that nothing is mailed twice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import acting_later
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service.notices import organisation_name
from parvis.chat.queries.unread import preferences, quiet_end
from parvis.choices.models import Kind, Rhythm
from parvis.choices.queries import choices_of
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.mail import About, Mail, Piece, Template, send_mail
from parvis.notifications.models import Act, DueMail, MailMark, Reason

from . import pieces
from .choosing import OF_REASONS
from .offering import with_acts
from .pieces import Reader, ToMail

MAIL = "notifications.mail"
WAITS = timedelta(minutes=2)
"""Who reads it meanwhile is not mailed, and what comes meanwhile is in the same mail."""
AT_ONCE = 100
OLDEST = timedelta(days=14)
"""What was told longer ago is not mailed any more."""
CHOICES = "/settings/notifications"
HAVE_THEIR_OWN: frozenset[Reason] = frozenset(
    {
        "announcement",
        "not_read",
        "invitation",
        "contact_asked",
        "mentoring_asked",
        "mentoring_accepted",
        "mentoring_declined",
        "reminder",
        "decided",
    }
)
"""A mail tells of these by itself, to who wants them at once."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is mailed, where, what he chose. `held_until`: he wants nothing at once before."""

    reader: Reader
    email: str
    signed: str
    of_rhythm: dict[Rhythm, list[Kind]]
    held_until: datetime | None
    paused: bool
    mark: MailMark


async def mail_soon(session: AsyncSession, member_ids: Collection[UUID]) -> None:
    """Has these members mailed what they want to be told of at once, in a while. As many statements for all."""
    if not member_ids:
        return
    there = set(await session.scalars(select(DueMail.member_id).where(DueMail.member_id.in_(member_ids))))
    due = _minute_after(clock.now() + WAITS)
    new = [{"member_id": id_, "due_at": due} for id_ in member_ids if id_ not in there]
    if new:
        await session.execute(insert(DueMail), new)
        await _wake(session, due)


async def mark_from(session: AsyncSession, member_ids: Collection[UUID], since: datetime) -> None:
    """What is said in communities from then on is mailed to those of these members who were mailed none of it before,
    however late their mail leaves. As many statements for all."""
    if not member_ids:
        return
    marks = select(MailMark.member_id, MailMark.followed_until).where(MailMark.member_id.in_(member_ids))
    there = dict((await session.execute(marks)).all())
    new = [{"member_id": id_, "followed_until": since} for id_ in member_ids if id_ not in there]
    if new:
        await session.execute(insert(MailMark), new)
    bare = update(MailMark).where(MailMark.member_id.in_(member_ids), MailMark.followed_until.is_(None))
    await session.execute(bare.values(followed_until=since).execution_options(synchronize_session=False))


def mail_due(database: Database) -> Handler:
    """The handler of `notifications.mail`: each in a unit of work of his own."""

    async def run(_job: LeasedJob) -> None:
        while some := await database.read(_due, clock.now()):
            for member_id in some:
                await _mail_at_once(database, member_id)

    return run


async def _due(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    query = select(DueMail.member_id).where(DueMail.due_at <= now).order_by(DueMail.due_at, DueMail.member_id)
    return (await session.scalars(query.limit(AT_ONCE))).all()


async def _mail_at_once(database: Database, member_id: UUID) -> None:
    now = clock.now()
    async with database.reading() as session:
        addressee = await addressee_of(session, member_id)
        found = await _at_once(session, addressee, now) if addressee and not addressee.held_until else []
    if addressee is not None and addressee.held_until is not None:
        await database.write(_postpone, member_id, _minute_after(addressee.held_until))
    else:
        await database.write(_send_each, member_id, addressee, found, now)


async def _at_once(session: AsyncSession, addressee: Addressee, now: datetime) -> list[ToMail]:
    """What is mailed to him now, a mail for each."""
    reader, kinds = addressee.reader, addressee.of_rhythm["at_once"]
    reasons = [reason for kind in kinds for reason in OF_REASONS.get(kind, ()) if reason not in HAVE_THEIR_OWN]
    found = await pieces.told(session, reader, reasons, now - OLDEST, pieces.WHOLE)
    if "messages" in kinds:
        since = addressee.mark.messages_until or now - OLDEST
        found += await pieces.messages(session, reader, since, now, pieces.WHOLE)
    if "followed" in kinds:
        since = addressee.mark.followed_until or now - WAITS * 2
        but = [one.post_id for one in found if one.post_id is not None]
        found += await pieces.followed(session, reader, since, now, but, pieces.WHOLE)
    return await with_acts(session, reader.actor, found)


async def _send_each(
    session: AsyncSession,
    member_id: UUID,
    addressee: Addressee | None,
    found: Sequence[ToMail],
    now: datetime,
) -> None:
    gone = delete(DueMail).where(DueMail.member_id == member_id, DueMail.due_at <= now).returning(DueMail.member_id)
    is_due = (await session.execute(gone)).first() is not None
    if addressee is None or not is_due or not await is_as_it_was(session, addressee):
        return
    kinds = addressee.of_rhythm["at_once"]
    await move_mark(session, member_id, now, messages="messages" in kinds, followed="followed" in kinds)
    for one in found:
        if one.acts and not await keep_mailed(session, one.acts):
            continue
        data = {"news": one.what, "about": one.about, "link": one.piece.link}
        bare = pieces.only_said(one.piece)
        mail = mail_to(addressee, "told", data, one.kind, [bare], one.answers)
        send_mail(session, replace(mail, acts=one.piece.acts))


async def _postpone(session: AsyncSession, member_id: UUID, until: datetime) -> None:
    await session.execute(update(DueMail).where(DueMail.member_id == member_id).values(due_at=until))
    await _wake(session, until)


async def addressee_of(session: AsyncSession, member_id: UUID) -> Addressee | None:
    """Who he is now; None for who is not active, or has no address that is his. Nine queries."""
    actor = await acting_later(session, member_id)
    mine = (Address.member_id == member_id, Address.is_primary.is_(True), identifying())
    email = await session.scalar(select(Address.email).where(*mine))
    if actor is None or email is None:
        return None
    choices, hours = await choices_of(session, member_id), await preferences(session, member_id)
    of_rhythm: dict[Rhythm, list[Kind]] = {"at_once": [], "daily": [], "weekly": [], "never": []}
    for kind, by_channel in choices.chosen.items():
        of_rhythm[by_channel["mail"]].append(kind)
    language = actor.language if is_language(actor.language) else DEFAULT_LANGUAGE
    mark = await session.get(MailMark, member_id) or MailMark(member_id=member_id)
    return Addressee(
        Reader(actor, language, hours.time_zone),
        email,
        await organisation_name(session),
        of_rhythm,
        choices.paused_until or quiet_end(hours),
        choices.paused_until is not None,
        mark,
    )


async def is_as_it_was(session: AsyncSession, addressee: Addressee) -> bool:
    """Whether nobody else has mailed him since this was read. Holds him until the commit."""
    await session.execute(select(Member.id).where(Member.id == addressee.reader.actor.id).with_for_update())
    until = select(MailMark.messages_until, MailMark.followed_until)
    until = until.where(MailMark.member_id == addressee.reader.actor.id)
    now = (await session.execute(until)).one_or_none() or (None, None)
    return tuple(now) == (addressee.mark.messages_until, addressee.mark.followed_until)


async def keep_mailed(session: AsyncSession, act_ids: Sequence[UUID]) -> bool:
    """Keeps that these are mailed now. Whether any was not before."""
    mine = update(Act).where(Act.id.in_(act_ids), Act.mailed_at.is_(None)).values(mailed_at=clock.now())
    return (await session.execute(mine.returning(Act.id))).first() is not None


async def move_mark(session: AsyncSession, member_id: UUID, until: datetime, *, messages: bool, followed: bool) -> None:
    """What was said until then is not mailed again."""
    if not messages and not followed:
        return
    mark = await session.get(MailMark, member_id)
    if mark is None:
        mark = MailMark(member_id=member_id)
        session.add(mark)
    if messages:
        mark.messages_until = until
    if followed:
        mark.followed_until = until
    await session.flush()


def mail_to(
    addressee: Addressee,
    template: Template,
    data: Mapping[str, str | int],
    of_list: str,
    said: Sequence[Piece],
    about: About | None = None,
) -> Mail:
    """A mail of a list, which its reader may leave. `about`: what his answer would answer."""
    return Mail(
        template,
        addressee.email,
        addressee.reader.language,
        {"organisation": addressee.signed, **data},
        CHOICES,
        of_list,
        str(addressee.reader.actor.id),
        said,
        about=about,
    )


def _minute_after(at: datetime) -> datetime:
    return (at + timedelta(minutes=1)).replace(second=0, microsecond=0)


async def _wake(session: AsyncSession, due: datetime) -> None:
    await enqueue(session, MAIL, {}, run_at=due, unique=due.isoformat())
