"""Making, renewing and revoking the address of one's calendar feed."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.events import record
from parvis.kernel.secrets import hash_token, new_token

from . import queries
from .events import CalendarFeedChanged
from .models import CalendarFeed, Holds

USED_EVERY = timedelta(hours=1)
Unchanged = Callable[[int], None]


async def renew(session: AsyncSession, actor: Actor, holds: Holds) -> tuple[CalendarFeed, str]:
    """A feed at a new address, which is told this once; the address before leads nowhere from now on."""
    await one_at_a_time(session, f"calendar feed of {actor.id}")
    secret, now = new_token(), clock.now()
    await session.execute(delete(CalendarFeed).where(CalendarFeed.member_id == actor.id))
    feed = CalendarFeed(
        member_id=actor.id, secret_hash=hash_token(secret), holds=holds, created_at=now, used_at=None, version=1
    )
    session.add(feed)
    await session.flush()
    _tell(session, actor)
    return feed, secret


async def change(session: AsyncSession, actor: Actor, holds: Holds, unchanged: Unchanged) -> CalendarFeed:
    """Has it hold other events. Raises `NotFound` and `PreconditionFailed`."""
    held = select(CalendarFeed.member_id).where(CalendarFeed.member_id == actor.id).with_for_update()
    await session.execute(held)
    feed = await queries.feed(session, actor)
    unchanged(feed.version)
    if feed.holds != holds:
        feed.holds = holds
        feed.version += 1
        await session.flush()
        _tell(session, actor)
    return feed


async def revoke(session: AsyncSession, actor: Actor) -> None:
    """Its address leads nowhere from now on. Raises `NotFound`."""
    await session.delete(await queries.feed(session, actor))
    await session.flush()
    _tell(session, actor)


async def remember_use(session: AsyncSession, member_id: UUID) -> None:
    """A calendar asks now."""
    used = update(CalendarFeed).where(CalendarFeed.member_id == member_id).values(used_at=clock.now())
    await session.execute(used)


def _tell(session: AsyncSession, actor: Actor) -> None:
    record(session, CalendarFeedChanged(member_id=actor.id), actor_id=actor.id)
