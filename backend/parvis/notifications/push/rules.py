"""What a member wants to be pushed now: as he chose, and neither in a pause nor in his quiet hours."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.notifications.models import Reason
from parvis.notifications.service.choosing import kind_of, wants


async def wants_messages(session: AsyncSession, member_id: UUID) -> bool:
    return member_id in await wants(session, [member_id], "messages", "push")


async def wanted_of(session: AsyncSession, member_id: UUID, reasons: Collection[Reason]) -> list[Reason]:
    """Of these, those that he wants to be pushed. A query for each kind of them."""
    kinds = {
        kind
        for kind in sorted({kind_of(reason) for reason in reasons})
        if member_id in await wants(session, [member_id], kind, "push")
    }
    return [reason for reason in reasons if kind_of(reason) in kinds]
