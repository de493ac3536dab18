"""Reading what members say of themselves."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.profiles.catalogue import in_order
from parvis.profiles.models import MemberInterest


async def interests_of(session: AsyncSession, member_id: UUID) -> list[str]:
    """A member's own interests, in the order of the list."""
    query = select(MemberInterest.interest).where(MemberInterest.member_id == member_id)
    return in_order(set(await session.scalars(query)))
