"""Reading circles."""

from typing import cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from .models import Membership, Role
from .policy import holds


async def membership(session: AsyncSession, circle_id: UUID, member_id: UUID) -> Membership | None:
    """A member's place in a circle, while it holds."""
    query = select(Membership).where(Membership.circle_id == circle_id, Membership.member_id == member_id, holds())
    return (await session.execute(query)).scalar_one_or_none()


async def how_many(session: AsyncSession, circle_id: UUID, role: Role) -> int:
    """How many hold this role in the circle now."""
    query = select(func.count()).where(Membership.circle_id == circle_id, Membership.role == role, holds())
    return cast(int, await session.scalar(query))
