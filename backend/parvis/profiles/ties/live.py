"""What members hold of their ties: their part of the snapshot."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor

from . import queries
from .schemas.contacts import RequestsCountOut


async def requests_now(session: AsyncSession, actor: Actor) -> RequestsCountOut:
    """How many contact requests wait for an answer."""
    return RequestsCountOut(received=await queries.requests_received(session, actor))
