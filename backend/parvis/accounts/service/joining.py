"""Becoming a member, with an address that was just proved."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.events import MemberActivated
from parvis.accounts.models import Address, Affiliation, Member
from parvis.accounts.names import sort_name
from parvis.accounts.queries.identities import awaited_at
from parvis.accounts.queries.organisation import organisation
from parvis.kernel import clock
from parvis.kernel.events import record

from . import claims


async def admit(
    session: AsyncSession, *, name: str, email: str, language: str, affiliation: str | None, source: str
) -> Member:
    """Makes a member of who has proved this address: a new one, or the one whom the institution entered with it.

    Without affiliation, somebody new is a guest. Raises `AddressTaken`.
    """
    awaited = await awaited_at(session, email)
    if awaited is None:
        member = Member(name=name, sort_name=sort_name(name), language=language)
        session.add(member)
        await session.flush()
        kind = emails.kind_of(email, (await organisation(session)).domains)
        address = Address(member_id=member.id, email=email, kind=kind)
        session.add(address)
    else:
        member, address = awaited
    if affiliation is not None and (
        awaited is None or source == "invitation"
    ):  # What the institution says of a person is not doubled.
        since = clock.now().date()
        session.add(Affiliation(member_id=member.id, kind=affiliation, source=source, starts_on=since))
    await activate(session, member, address)
    return member


async def activate(session: AsyncSession, member: Member, address: Address) -> None:
    """Opens the account of a member who has proved this address. Raises `AddressTaken`."""
    member.activated_at = clock.now()
    await claims.verify(session, address)
    await claims.make_primary(session, address)
    record(session, MemberActivated(member_id=member.id), actor_id=member.id)
