"""Finding a member in order to change it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.kernel.errors import NotFound


async def locked_member(session: AsyncSession, member_id: UUID) -> Member:
    """The member's row, held until the commit: rules over several credentials are judged one at a time.

    Raises `NotFound`.
    """
    member = await session.get(Member, member_id, with_for_update=True, populate_existing=True)
    if member is None:
        raise NotFound
    return member
