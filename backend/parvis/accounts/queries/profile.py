"""Reading the member who asks."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Member


async def me(session: AsyncSession, actor: Actor) -> tuple[Member, str | None]:
    """The member, and the main address. One query."""
    primary = (Address.member_id == Member.id) & Address.is_primary
    mine = select(Member, Address.email).outerjoin(Address, primary).where(Member.id == actor.member_id)
    row = (await session.execute(mine)).first()
    assert row is not None  # An actor is a member.
    return row[0], row[1]
