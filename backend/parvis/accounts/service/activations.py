"""Waking the account of somebody whom the institution entered."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import Awaited, awaited_by
from parvis.kernel.errors import Gone

from . import notices, tickets

PURPOSE = "activate"
ACTIVATION_PAGE = "/door/activate"
LIFETIME = timedelta(days=7)
"""Nobody asked for this mail, so nobody is waiting for it; who comes later asks for another."""


async def send_activation(
    session: AsyncSession, member: Member, address: Address, *, lifetime: timedelta = LIFETIME
) -> str:
    """Mails the link that activates this member, and gives its path, once this unit is durable."""
    token = await tickets.issue(session, PURPOSE, member_id=member.id, address_id=address.id, lifetime=lifetime)
    link = f"{ACTIVATION_PAGE}#{token}"
    await notices.send(session, member, "activation", address.email, {"link": link})
    return link


async def preview(session: AsyncSession, token: str) -> Awaited:
    """Whom this link is for. Nothing is spent. Raises `Gone`."""
    ticket = await tickets.peek(session, PURPOSE, token)
    awaited = await awaited_by(session, ticket.member_id, ticket.address_id)
    if awaited is None:
        raise Gone
    return awaited
