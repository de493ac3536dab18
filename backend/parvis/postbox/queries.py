"""Whose an address is, when something comes by it."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.models import Address
from parvis.accounts.queries.identities import identifying


async def reached_at(session: AsyncSession, email: str) -> Address | None:
    """The address, while it stands for its member."""
    found = await session.scalars(select(Address).where(Address.email == email, identifying()))
    return found.one_or_none()


async def acting_by(session: AsyncSession, member_id: UUID, address_id: UUID) -> Actor | None:
    """The member as he stands now, while this address is his still: those of an institution are given to others."""
    his = exists().where(Address.id == address_id, Address.member_id == member_id, identifying())
    if not await session.scalar(select(his)):
        return None
    return await acting_later(session, member_id)
