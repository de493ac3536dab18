"""What members are told of what they are told: their part of the snapshot."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor

from . import queries
from .schemas import NotificationsCountOut


async def count_now(session: AsyncSession, actor: Actor) -> NotificationsCountOut:
    """How many are unread."""
    return NotificationsCountOut.of(await queries.waiting(session, actor))
