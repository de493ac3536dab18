"""Making an address a member's own, and his main one."""

from sqlalchemy import delete, not_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Address
from parvis.accounts.queries.identities import identifying
from parvis.kernel import clock
from parvis.kernel.errors import Conflict
from parvis.kernel.events import record


class AddressTaken(Conflict):
    code = "address_taken"
    title = {
        "fr": "Cette adresse est déjà celle d’un compte.",
        "en": "This address already belongs to an account.",
    }


async def verify(session: AsyncSession, address: Address) -> None:
    """The index decides: one verified address, one member. Raises `AddressTaken`."""
    await _take_from_former_holder(session, address)
    try:
        async with session.begin_nested():
            address.verified_at = address.verified_at or clock.now()
            await session.flush()
    except IntegrityError:
        raise AddressTaken from None


async def make_primary(session: AsyncSession, address: Address) -> None:
    others = update(Address).where(Address.member_id == address.member_id, Address.id != address.id)
    await session.execute(others.values(is_primary=False))
    address.is_primary = True


async def _take_from_former_holder(session: AsyncSession, address: Address) -> None:
    """An institution gives the addresses of who has left to others: who lost it with the affiliation has it no more."""
    former = select(Address.id, Address.member_id).where(
        Address.email == address.email,
        Address.member_id != address.member_id,
        Address.verified_at.is_not(None),
        not_(identifying()),
    )
    row = (await session.execute(former)).one_or_none()
    if row is not None:
        await session.execute(delete(Address).where(Address.id == row.id))
        record(session, CredentialsChanged(member_id=row.member_id))
