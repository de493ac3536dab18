"""Waking the account of somebody whom the institution entered."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member

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
