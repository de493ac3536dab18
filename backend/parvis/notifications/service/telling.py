"""Telling members what concerns them: at most 500 in a unit of work, in a number of statements that does not grow.

Units that tell wait for each other, so that what each member is told is numbered without two of the same number.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.accounts.queries.people import is_active
from parvis.kernel import clock
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.events import record
from parvis.kernel.ids import new_id
from parvis.notifications.events import NotificationsChanged
from parvis.notifications.models import Act, Inbox, Notification, NotificationKind, Reason
from parvis.profiles.models import Block

from .choosing import deaf_to, kind_of, ways
from .digests import turn_soon
from .forgetting import schedule
from .mailing import HAVE_THEIR_OWN, mail_soon

KEPT_ACTS = 50
"""Of one notification: the last."""
OF_WALLS: frozenset[Reason] = frozenset({"mention", "call", "accepted", "reply", "comment"})
"""Said in a community: who silenced it is not told. What becomes of an event that one answered is told."""


@dataclass(frozen=True, slots=True)
class News:
    """What somebody did, about what, when. `said_id`: the comment, message or post, by which it is told once."""

    kind: NotificationKind
    about_id: UUID
    reason: Reason
    actor_id: UUID | None
    said_id: UUID | None = None
    at: datetime = field(default_factory=clock.now)
    essential: bool = False
    """Whatever they chose."""


async def tell(
    session: AsyncSession, member_ids: Collection[UUID], news: News, *, quietly: Collection[UUID] = ()
) -> list[UUID]:
    """Tells these members (at most 500), but not who did it, nor those of whom one has blocked the other. What a member
    was told already about the same comment or post is not told again; a request that is made again is. Who wants to
    hear nothing of this kind, or of where it was said, is not told; who wants it by other ways alone does not find it
    among his notifications. `quietly`: of whom no fact says so, who find it later. Returns those who were told."""
    await one_at_a_time(session, "notifications")
    known = await _known(session, member_ids, news)
    wanted = await _to_be_told(session, set(member_ids) - await _told_of_it(session, known, news), news.actor_id)
    wanted, here, at_once = await _as_they_chose(session, wanted, news)
    if not wanted:
        return []
    numbers = await _number(session, wanted)
    ids = {member_id: known[member_id] if member_id in known else new_id() for member_id in wanted}
    await _put(session, news, numbers, {id_: ids[id_] for id_ in wanted if id_ not in known})
    shown = {ids[member_id] for member_id in wanted if member_id in here}
    await _add_acts(session, news, {ids[member_id]: number for member_id, number in numbers.items()}, shown)
    await schedule(session)
    await turn_soon(session)
    await mail_soon(session, at_once)
    for member_id in (id_ for id_ in wanted if id_ in here and id_ not in quietly):
        record(session, NotificationsChanged(member_id=member_id), actor_id=news.actor_id)
    return wanted


async def _known(session: AsyncSession, member_ids: Collection[UUID], news: News) -> dict[UUID, UUID]:
    """The notifications that these members have about it already, by member."""
    query = select(Notification.member_id, Notification.id).where(
        Notification.member_id.in_(member_ids), Notification.kind == news.kind, Notification.about_id == news.about_id
    )
    return dict((await session.execute(query)).all())


async def _told_of_it(session: AsyncSession, known: dict[UUID, UUID], news: News) -> set[UUID]:
    if news.said_id is None:
        return set()
    query = select(Notification.member_id).join(Act, Act.notification_id == Notification.id)
    return set(await session.scalars(query.where(Notification.id.in_(known.values()), Act.said_id == news.said_id)))


async def _to_be_told(session: AsyncSession, member_ids: set[UUID], actor_id: UUID | None) -> list[UUID]:
    query = select(Member.id).where(Member.id.in_(member_ids), is_active())
    if actor_id is not None:
        query = query.where(Member.id != actor_id, ~_apart(actor_id))
    return list(await session.scalars(query.order_by(Member.id)))


async def _as_they_chose(
    session: AsyncSession, wanted: list[UUID], news: News
) -> tuple[list[UUID], Collection[UUID], Collection[UUID]]:
    """Those who want to be told of it in some way; of them, those who want it among their notifications, and those who
    are to be mailed of it at once."""
    if not wanted or news.essential:
        return wanted, wanted, ()
    chosen = await ways(session, wanted, kind_of(news.reason))
    deaf: set[UUID] = set()
    if news.kind == "post" and news.reason in OF_WALLS:
        deaf = await deaf_to(session, wanted, news.about_id)
    told = [id_ for id_ in wanted if id_ in chosen.any and id_ not in deaf]
    has_its_own = news.reason in HAVE_THEIR_OWN
    return told, chosen.here, () if has_its_own else [id_ for id_ in told if chosen.mail[id_] == "at_once"]


def _apart(actor_id: UUID) -> ColumnElement[bool]:
    """Members of whom one has blocked the other."""
    return or_(
        Member.id.in_(select(Block.blocked_id).where(Block.blocker_id == actor_id)),
        Member.id.in_(select(Block.blocker_id).where(Block.blocked_id == actor_id)),
    )


async def _number(session: AsyncSession, member_ids: Sequence[UUID]) -> dict[UUID, int]:
    """The next number of each."""
    there = set(await session.scalars(select(Inbox.member_id).where(Inbox.member_id.in_(member_ids))))
    new = [{"member_id": id_, "last": 0, "all_read": 0} for id_ in member_ids if id_ not in there]
    if new:
        await session.execute(insert(Inbox), new)
    counted = update(Inbox).where(Inbox.member_id.in_(member_ids)).values(last=Inbox.last + 1)
    rows = await session.execute(counted.returning(Inbox.member_id, Inbox.last))
    return dict(rows.all())


async def _put(session: AsyncSession, news: News, numbers: dict[UUID, int], new: dict[UUID, UUID]) -> None:
    """The notifications of these members about it, moved to what they are told now."""
    about = {"kind": news.kind, "about_id": news.about_id, "at": news.at}
    if new:
        made = [{"id": id_, "member_id": member_id, "last": 0, "read": 0} | about for member_id, id_ in new.items()]
        await session.execute(insert(Notification), made)
    number = select(Inbox.last).where(Inbox.member_id == Notification.member_id).scalar_subquery()
    moved = update(Notification).where(
        Notification.member_id.in_(numbers), Notification.kind == news.kind, Notification.about_id == news.about_id
    )
    await session.execute(moved.values(last=number, at=news.at).execution_options(synchronize_session=False))


async def _add_acts(session: AsyncSession, news: News, numbers: dict[UUID, int], shown: Collection[UUID]) -> None:
    """By notification, `shown` or not; what is told again in place of what was, and the oldest go."""
    if news.said_id is None:
        same = (Act.reason == news.reason, Act.actor_id == news.actor_id)
        await _forget(session, Act.notification_id.in_(numbers), *same)
    said = {"reason": news.reason, "actor_id": news.actor_id, "said_id": news.said_id, "at": news.at}
    made = [
        {"id": new_id(), "notification_id": id_, "number": number, "here": id_ in shown} | said
        for id_, number in numbers.items()
    ]
    await session.execute(insert(Act), made)
    place = func.row_number().over(partition_by=Act.notification_id, order_by=Act.number.desc()).label("place")
    placed = select(Act.id, place).where(Act.notification_id.in_(numbers)).subquery()
    await _forget(session, Act.id.in_(select(placed.c.id).where(placed.c.place > KEPT_ACTS)))


async def _forget(session: AsyncSession, *which: ColumnElement[bool]) -> None:
    await session.execute(delete(Act).where(*which).execution_options(synchronize_session=False))
