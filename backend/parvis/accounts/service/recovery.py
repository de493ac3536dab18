"""A way back in for who has lost every other: an administrator, having checked who it is, gives a new address."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import devices, emails
from parvis.accounts.actor import Actor
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.queries.people import Person, person_of
from parvis.kernel.audit import audit
from parvis.kernel.errors import Gone, invalid, require
from parvis.kernel.events import record

from . import claims, joining, notices, sign_in, tickets
from .managing import managed_member
from .members import locked_member
from .people import refuse_known_address
from .sessions import Device

PURPOSE = "recover"
PAGE = "/door/recovery"
LIFETIME = timedelta(days=1)
NOT_YOURSELF = {
    "fr": "Ajoutez votre adresse dans vos réglages.",
    "en": "Add your address in your settings.",
}


async def offer(session: AsyncSession, actor: Actor, member_id: UUID, email: str) -> Person:
    """Sends a link that lets the member in and makes the address his. Those that he still has are told at once.

    Raises `Forbidden`, `NotFound`, `Conflict` when the address is somebody else's, and `Invalid` for an institution's,
    which would be lost again.
    """
    member = await managed_member(session, actor, member_id)
    require(member_id != actor.id, NOT_YOURSELF)
    kind = emails.kind_of(email, (await organisation(session)).domains)
    if kind != "personal":
        raise invalid("email", "institutional", "Donnez une adresse personnelle.", "Give a personal address.")
    await refuse_known_address(session, email, but=member_id)
    address = await _address(session, member, email)
    await tickets.cancel(session, member_id, [PURPOSE])
    token = await tickets.issue(session, PURPOSE, member_id=member_id, address_id=address.id, lifetime=LIFETIME)
    await notices.send(session, member, "recovery", email, {"link": f"{PAGE}#{token}"})
    await notices.tell(session, member_id, "recovery_offered", {"address": email}, but=email)
    audit(session, actor.id, "recovery.offered", "member", member_id)
    return await person_of(session, member_id)


async def accept(session: AsyncSession, token: str, device: Device) -> sign_in.Outcome:
    """Makes the address his own and main one, and lets him in; a second step, if he has one, stays.

    Raises `Gone`, `AddressTaken`, `AccountClosed`.
    """
    ticket = await tickets.spend(session, PURPOSE, token)
    address = await session.get(Address, ticket.address_id)
    if address is None:
        raise Gone
    member = await locked_member(session, address.member_id)
    if member.activated_at is None:
        await joining.activate(session, member, address)
    else:
        await claims.verify(session, address)
        await claims.make_primary(session, address)
    record(session, CredentialsChanged(member_id=member.id), actor_id=member.id)
    audit(session, member.id, "address.confirmed", "address", address.id, {"kind": address.kind})
    where = devices.place_of(device.user_agent, device.network)
    await notices.tell(session, member.id, "address_added", {"address": address.email, "where": where})
    return await sign_in.enter(session, member.id, ["email"], device)


async def _address(session: AsyncSession, member: Member, email: str) -> Address:
    query = select(Address).where(Address.member_id == member.id, Address.email == email)
    address = (await session.scalars(query)).one_or_none()
    if address is None:
        address = Address(member_id=member.id, email=email, kind="personal")
        session.add(address)
        await session.flush()
    return address
