"""Tickets: who asks for a socket is known by a request, and the socket by the ticket which that request was given."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, Credential
from parvis.accounts.service import tickets

PURPOSE = "realtime"
LIFETIME = timedelta(seconds=30)
APART = timedelta(seconds=60)
"""How far the clocks of our processes may be apart: a ticket holds so much longer than clients are told."""


async def issue_ticket(session: AsyncSession, actor: Actor) -> str:
    """A ticket for one socket, by which it knows its member as this request did, in whichever process it arrives."""
    data = actor.credential.model_dump(mode="json")
    return await tickets.issue(session, PURPOSE, member_id=actor.id, data=data, lifetime=LIFETIME + APART)


async def take_ticket(session: AsyncSession, ticket: str) -> Credential:
    """Spends a ticket. Raises `Gone` when it is unknown, spent or expired."""
    return Credential.model_validate(await tickets.spend_for(session, PURPOSE, ticket))
