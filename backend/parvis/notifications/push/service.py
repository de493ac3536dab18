"""Adding devices and removing them, and what they show."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Session
from parvis.accounts.service.sessions import TOKEN_CANNOT
from parvis.kernel import clock
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import require
from parvis.kernel.events import record
from parvis.notifications.events import NotificationsChanged
from parvis.notifications.models import Inbox

from . import queries
from .encryption import decoded
from .models import PushDevice, Shows

MOST = 20
"""Devices of a member: beyond, the oldest are pushed to no more."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a push service gave a device, for us."""

    endpoint: str
    p256dh: str
    auth: str
    shows: Shows


async def register(session: AsyncSession, actor: Actor, given: Subscription) -> tuple[PushDevice, Session]:
    """The device of the actor's session is pushed to from now on, at this address alone: whoever was pushed to there,
    or whatever this session said before, is forgotten. What he was told before is not pushed. Raises `Forbidden` for a
    token, which is in no session."""
    require(actor.session_id is not None, TOKEN_CANNOT)
    await one_at_a_time(session, "push devices")
    hashed = sha256(given.endpoint.encode()).digest()
    same = or_(PushDevice.endpoint_hash == hashed, PushDevice.session_id == actor.session_id)
    gone = await session.scalars(delete(PushDevice).where(same).returning(PushDevice.member_id))
    others = set(gone) - {actor.id}
    last = await session.scalar(select(Inbox.last).where(Inbox.member_id == actor.id)) or 0
    device = PushDevice(
        member_id=actor.id,
        session_id=actor.session_id,
        endpoint=given.endpoint,
        endpoint_hash=hashed,
        key=decoded(given.p256dh),
        secret=decoded(given.auth),
        shows=given.shows,
        pushed=last,
    )
    session.add(device)
    await session.flush()
    await _keep_the_last(session, actor)
    for member_id in (actor.id, *sorted(others)):
        record(session, NotificationsChanged(member_id=member_id), actor_id=actor.id)
    return device, await session.get_one(Session, actor.session_id)


async def remove(session: AsyncSession, actor: Actor, device_id: UUID) -> None:
    """Nothing is pushed to it from now on. Raises `NotFound`."""
    await session.delete(await queries.device(session, actor, device_id))
    await session.flush()
    record(session, NotificationsChanged(member_id=actor.id), actor_id=actor.id)


async def show(session: AsyncSession, actor: Actor, up_to: int) -> None:
    """One of the actor's devices shows him Parvis, and all that he was told up to a number: the others need not."""
    last = select(func.coalesce(func.max(Inbox.last), 0)).where(Inbox.member_id == actor.id)
    reached = min(up_to, await session.scalar(last) or 0)
    mine = update(PushDevice).where(PushDevice.member_id == actor.id).execution_options(synchronize_session=False)
    await session.execute(mine.values(shown_at=clock.now()))
    await session.execute(mine.where(PushDevice.shown < reached).values(shown=reached))


async def forget(session: AsyncSession, device_id: UUID) -> None:
    """Its push service says that it is not there any more."""
    gone = await session.scalars(delete(PushDevice).where(PushDevice.id == device_id).returning(PushDevice.member_id))
    for member_id in gone:
        record(session, NotificationsChanged(member_id=member_id))


async def forget_session(session: AsyncSession, session_id: UUID) -> None:
    """The session has ended, and its device with it."""
    await session.execute(delete(PushDevice).where(PushDevice.session_id == session_id))


async def remember(session: AsyncSession, device_id: UUID, up_to: int | None, *, was_sent: bool) -> None:
    """The device was pushed to, or need not be, up to a number."""
    mine = update(PushDevice).where(PushDevice.id == device_id).execution_options(synchronize_session=False)
    if was_sent:
        await session.execute(mine.values(pushed_at=clock.now()))
    if up_to is not None:
        await session.execute(mine.where(PushDevice.pushed < up_to).values(pushed=up_to))


async def _keep_the_last(session: AsyncSession, actor: Actor) -> None:
    old = select(PushDevice.id).where(PushDevice.member_id == actor.id).order_by(PushDevice.id.desc()).offset(MOST)
    too_many = list(await session.scalars(old))
    await session.execute(delete(PushDevice).where(PushDevice.id.in_(too_many)))
