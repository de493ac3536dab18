"""Reading a member's addresses."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address
from parvis.kernel.errors import NotFound


def addresses_of(member_id: UUID) -> Select[Address]:
    return select(Address).where(Address.member_id == member_id)


async def all_addresses(session: AsyncSession, member_id: UUID) -> Sequence[Address]:
    """All of them, oldest first: there is a most (`service.addresses.MOST`)."""
    return (await session.scalars(addresses_of(member_id).order_by(Address.id))).all()


async def address_of(session: AsyncSession, member_id: UUID, address_id: UUID) -> Address:
    """Raises `NotFound` when it is not one of this member's."""
    mine = addresses_of(member_id).where(Address.id == address_id)
    address = (await session.execute(mine)).scalar_one_or_none()
    if address is None:
        raise NotFound
    return address
