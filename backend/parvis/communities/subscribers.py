"""What communities do about facts of others: guests who came by their invitation, members who are gone."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import InvitationTaken, MemberErased
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .service.guests import arrive
from .service.upkeep import hand_over_orphans


async def react(session: AsyncSession, fact: Fact) -> None:
    if fact.type == InvitationTaken.type:
        await arrive(session, UUID(fact.data["member_id"]), UUID(fact.data["invitation_id"]))
    else:
        await hand_over_orphans(session)


listener = Listener.to("communities", [InvitationTaken, MemberErased], react)
