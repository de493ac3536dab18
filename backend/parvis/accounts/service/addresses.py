"""A member's addresses: a second one that outlives the institution's, which one is the main one.

An address counts once confirmed from its own mailbox by the member who added it. Whether it is somebody else's shows
only then: adding says nothing.
"""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.actor import Actor
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Address
from parvis.accounts.queries.addresses import address_of, all_addresses
from parvis.accounts.queries.organisation import organisation
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, Gone
from parvis.kernel.events import record

from . import claims, notices, reversals, tickets
from .members import locked_member

MOST = 10
CONFIRMING = "change_address"
CONFIRMATION_PAGE = "/settings/addresses/confirmation"


class AddressKnown(Conflict):
    code = "address_known"
    title = {"fr": "Cette adresse est déjà la vôtre.", "en": "This address is already yours."}


class TooManyAddresses(Conflict):
    code = "too_many_addresses"
    title = {
        "fr": f"Vous avez déjà {MOST} adresses. Retirez-en une d’abord.",
        "en": f"You already have {MOST} addresses. Remove one first.",
    }


class AddressUnconfirmed(Conflict):
    code = "address_unconfirmed"
    title = {"fr": "Confirmez d’abord cette adresse.", "en": "Confirm this address first."}


class PrimaryAddress(Conflict):
    code = "primary_address"
    title = {
        "fr": "C’est votre adresse principale : choisissez-en une autre d’abord.",
        "en": "This is your main address: choose another first.",
    }


async def add(session: AsyncSession, actor: Actor, email: str) -> Address:
    """Adds an address to be confirmed, and sends it the link; asked again, sends the link again.

    Raises `AddressKnown` when it is confirmed already, `TooManyAddresses`.
    """
    member = await locked_member(session, actor.member_id)
    mine = await all_addresses(session, member.id)
    address = next((one for one in mine if one.email == email), None)
    if address is not None and address.verified_at is not None:
        raise AddressKnown
    if address is None:
        if len(mine) >= MOST:
            raise TooManyAddresses
        kind = emails.kind_of(email, (await organisation(session)).domains)
        address = Address(member_id=member.id, email=email, kind=kind)
        session.add(address)
        await session.flush()
        audit(session, actor.id, "address.added", "address", address.id, {"kind": kind})
    token = await tickets.issue(session, CONFIRMING, member_id=member.id, address_id=address.id)
    await notices.send(session, member, "verify_address", email, {"link": f"{CONFIRMATION_PAGE}#{token}"})
    return address


async def confirm(session: AsyncSession, actor: Actor, token: str, where: str) -> Address:
    """Confirms an address of the member who asks. Raises `Gone`, also for another's token, and `AddressTaken`."""
    ticket = await tickets.spend(session, CONFIRMING, token)
    if ticket.member_id != actor.member_id or ticket.address_id is None:
        raise Gone
    await locked_member(session, actor.member_id)
    address = await address_of(session, actor.member_id, ticket.address_id)
    has_primary = any(one.is_primary for one in await all_addresses(session, actor.member_id))
    await claims.verify(session, address)
    address.is_primary = address.is_primary or not has_primary
    await _changed(session, actor.id, "address_added", address, where)
    return address


async def make_primary(session: AsyncSession, actor: Actor, address_id: UUID, where: str) -> Address:
    """Mail goes there from now on. The address before gets a link that goes back.

    Raises `NotFound`, `AddressUnconfirmed`.
    """
    member = await locked_member(session, actor.member_id)
    address = await address_of(session, member.id, address_id)
    if address.verified_at is None:
        raise AddressUnconfirmed
    if address.is_primary:
        return address
    before = next((one for one in await all_addresses(session, member.id) if one.is_primary), None)
    await claims.make_primary(session, address)
    if before is not None:
        await reversals.offer(session, member, before, replaced_by=address)
    await _changed(session, actor.id, "primary_address_changed", address, where, told_apart=before)
    return address


async def remove(session: AsyncSession, actor: Actor, address_id: UUID, where: str) -> None:
    """Removes an address, which voids the links that were sent to it. A confirmed one gets a link that goes back.

    Raises `NotFound`, `PrimaryAddress`.
    """
    member = await locked_member(session, actor.member_id)
    address = await address_of(session, member.id, address_id)
    if address.is_primary:
        raise PrimaryAddress
    await session.delete(address)
    await session.flush()
    if address.verified_at is None:
        audit(session, actor.id, "address.removed", "address", address.id, {"kind": address.kind})
        return
    primary = next(one for one in await all_addresses(session, member.id) if one.is_primary)
    await reversals.offer(session, member, address, replaced_by=primary, was_primary=False)
    await _changed(session, actor.id, "address_removed", address, where)


async def _changed(
    session: AsyncSession,
    actor_id: UUID,
    notice: notices.Notice,
    address: Address,
    where: str,
    *,
    told_apart: Address | None = None,
) -> None:
    """`told_apart`: who just got a mail of its own about it."""
    record(session, CredentialsChanged(member_id=address.member_id), actor_id=actor_id)
    audit(session, actor_id, AUDITED[notice], "address", address.id, {"kind": address.kind})
    data = {"address": address.email, "where": where}
    await notices.tell(session, address.member_id, notice, data, but=told_apart.email if told_apart else None)


AUDITED: dict[notices.Notice, str] = {
    "address_added": "address.confirmed",
    "address_removed": "address.removed",
    "primary_address_changed": "address.made_primary",
}
