"""The way back from a changed or removed address, open from its own mailbox for a week.

Whoever needs it has lost the account. So it ends every session, and takes away what was new and lets somebody in: the
address that took its place, passkeys, a password, access tokens. A second factor stays: it only keeps people out.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import AccessToken, Address, Member, Passkey, Password
from parvis.accounts.queries.addresses import all_addresses
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.events import record

from . import claims, notices, sessions, tickets
from .members import locked_member
from .reset import VOIDED

PURPOSE = "restore_address"
PAGE = "/door/address-reversal"
DAYS = 7
OPEN_FOR = timedelta(days=DAYS)
NEW = timedelta(days=1)
"""How long before the change something still counts as new then."""


async def offer(
    session: AsyncSession, member: Member, address: Address, *, replaced_by: Address, was_primary: bool = True
) -> None:
    """Sends the old address its link. The ticket holds what it gives back: the row itself may be gone by then."""
    back = {
        "email": address.email,
        "kind": address.kind,
        "was_primary": was_primary,
        "replaced_by": replaced_by.email,
    }
    token = await tickets.issue(session, PURPOSE, member_id=member.id, data=back, lifetime=OPEN_FOR)
    data: dict[str, str | int] = {"link": f"{PAGE}#{token}", "address": replaced_by.email, "days": DAYS}
    await notices.send(session, member, "address_changed", address.email, data)


async def reverse(session: AsyncSession, token: str, where: str) -> None:
    """Gives the address back to its member. Raises `Gone`, and `AddressTaken` when it has become somebody else's."""
    ticket = await tickets.spend(session, PURPOSE, token)
    assert ticket.member_id is not None
    await locked_member(session, ticket.member_id)
    back, new_since = ticket.data, ticket.created_at - NEW
    mine = {address.email: address for address in await all_addresses(session, ticket.member_id)}
    address = mine.get(back["email"]) or Address(
        member_id=ticket.member_id, email=back["email"], kind=back["kind"], is_primary=False
    )
    session.add(address)
    await claims.verify(session, address)
    if back["was_primary"]:
        await claims.make_primary(session, address)
        await _remove_if_new(session, mine.get(back["replaced_by"]), new_since)
    await _forget_new_credentials(session, ticket.member_id, new_since)
    await tickets.cancel(session, ticket.member_id, VOIDED)
    await sessions.revoke_others(session, ticket.member_id, None)
    record(session, CredentialsChanged(member_id=ticket.member_id), actor_id=ticket.member_id)
    audit(session, ticket.member_id, "address.restored", "address", address.id, {"kind": address.kind})
    await notices.tell(session, ticket.member_id, "address_restored", {"address": address.email, "where": where})


async def _remove_if_new(session: AsyncSession, address: Address | None, new_since: datetime) -> None:
    if address is not None and (address.verified_at is None or address.verified_at > new_since):
        await session.delete(address)
        await session.flush()


async def _forget_new_credentials(session: AsyncSession, member_id: UUID, new_since: datetime) -> None:
    passkeys = delete(Passkey).where(Passkey.member_id == member_id, Passkey.created_at > new_since)
    password = delete(Password).where(Password.member_id == member_id, Password.changed_at > new_since)
    tokens = update(AccessToken).where(
        AccessToken.member_id == member_id, AccessToken.created_at > new_since, AccessToken.revoked_at.is_(None)
    )
    for forget in (passkeys, password, tokens.values(revoked_at=clock.now())):
        await session.execute(forget.execution_options(synchronize_session=False))
