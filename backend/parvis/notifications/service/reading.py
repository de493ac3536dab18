"""Reading what one is told, exactly as far as it was shown: what comes meanwhile stays unread."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.events import record
from parvis.notifications import queries
from parvis.notifications.events import NotificationsChanged
from parvis.notifications.models import Inbox, Notification
from parvis.notifications.queries import Seen, Waiting

Unchanged = Callable[[Seen], None]


async def read(session: AsyncSession, actor: Actor, notification_id: UUID, up_to: int, unchanged: Unchanged) -> Seen:
    """The actor has read one up to a number. Again, or less far, changes nothing. Raises `NotFound` and
    `PreconditionFailed`."""
    mine = select(Notification.id).where(Notification.id == notification_id, Notification.member_id == actor.id)
    await session.execute(mine.with_for_update())
    found = await queries.notification(session, actor, notification_id)
    unchanged(found)
    notification, reached = found.notification, min(up_to, found.notification.last)
    if reached <= found.read:
        return found
    notification.read = reached
    await session.flush()
    record(session, NotificationsChanged(member_id=actor.id), actor_id=actor.id)
    return await queries.notification(session, actor, notification_id)


async def read_all(session: AsyncSession, actor: Actor, up_to: int) -> Waiting:
    """The actor has read everything up to a number. Again, or less far, changes nothing."""
    mine = select(Inbox).where(Inbox.member_id == actor.id).with_for_update()
    inbox = (await session.execute(mine.execution_options(populate_existing=True))).scalar_one_or_none()
    if inbox is not None and min(up_to, inbox.last) > inbox.all_read:
        inbox.all_read = min(up_to, inbox.last)
        await session.flush()
        record(session, NotificationsChanged(member_id=actor.id), actor_id=actor.id)
    return await queries.waiting(session, actor)
