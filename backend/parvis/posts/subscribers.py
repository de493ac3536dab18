"""What posts do about facts of others: who left a community gives his seats there back."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.circles.events import AccessLost
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .service.attending import give_up


async def react(session: AsyncSession, fact: Fact) -> None:
    kind, _, id_ = fact.data["about"].partition(":")
    if kind == "community":
        await give_up(session, UUID(fact.data["member_id"]), UUID(id_))


listener = Listener.to("posts", [AccessLost], react)
