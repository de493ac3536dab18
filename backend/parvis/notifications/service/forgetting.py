"""Forgetting what members were told long ago."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.notifications.models import Act, Notification

FORGET = "notifications.forget"
KEPT = timedelta(days=90)
AT_ONCE = 500


async def schedule(session: AsyncSession) -> None:
    """Sees to it that what is told today goes when its time is over."""
    due = (clock.now() + KEPT + timedelta(days=1)).replace(hour=3, minute=30, second=0, microsecond=0)
    await enqueue(session, FORGET, {}, run_at=due, unique=due.isoformat())


def forget_old(database: Database) -> Handler:
    """The handler of `notifications.forget`: what happened more than 90 days ago is told no more."""

    async def forget(_job: LeasedJob) -> None:
        for table in (Notification, Act):
            while await database.write(_forget, table) == AT_ONCE:
                pass

    return forget


async def _forget(session: AsyncSession, table: type[Notification] | type[Act]) -> int:
    """Takes at most 500 away; with a notification go its acts. Returns how many."""
    old = select(table.id).where(table.at < clock.now() - KEPT).order_by(table.at).limit(AT_ONCE)
    found = list(await session.scalars(old))
    await session.execute(delete(table).where(table.id.in_(found)).execution_options(synchronize_session=False))
    return len(found)
