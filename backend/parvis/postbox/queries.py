"""Whose an address is, when something comes by it."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.models import Address
from parvis.accounts.queries.identities import identifying

from .models import AddressBounce


async def reached_at(session: AsyncSession, email: str) -> Address | None:
    """The address, while it stands for its member."""
    found = await session.scalars(select(Address).where(Address.email == email, identifying()))
    return found.one_or_none()


async def is_paused(session: AsyncSession, address_id: UUID) -> bool:
    """Whether mail came back from there, and nothing more goes."""
    paused = exists().where(AddressBounce.address_id == address_id, AddressBounce.paused_at.is_not(None))
    return bool(await session.scalar(select(paused)))


async def paused_of(session: AsyncSession, actor: Actor) -> list[tuple[Address, AddressBounce]]:
    """The actor's addresses to which nothing goes; he has ten at most."""
    query = select(Address, AddressBounce).join(AddressBounce, AddressBounce.address_id == Address.id)
    query = query.where(Address.member_id == actor.id, AddressBounce.paused_at.is_not(None)).order_by(Address.id)
    return [(row[0], row[1]) for row in await session.execute(query)]


async def acting_by(session: AsyncSession, member_id: UUID, address_id: UUID) -> Actor | None:
    """The member as he stands now, while this address is his still: those of an institution are given to others."""
    his = exists().where(Address.id == address_id, Address.member_id == member_id, identifying())
    if not await session.scalar(select(his)):
        return None
    return await acting_later(session, member_id)
