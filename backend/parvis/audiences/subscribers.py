"""What audiences do about facts of others: people changed, so that rules take in others; or they left a community."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import (
    DeletionCancelled,
    DeletionRequested,
    MemberActivated,
    MemberRestored,
    MemberSuspended,
    MemberUpdated,
    StructureChanged,
)
from parvis.circles.events import AccessLost
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener
from parvis.profiles.events import ProfileChanged

from .service.automatic import remember_left, settle_all_soon


async def react(session: AsyncSession, fact: Fact) -> None:
    if fact.type != AccessLost.type:
        return await settle_all_soon(session)
    kind, _, id_ = fact.data["about"].partition(":")
    if kind == "community" and fact.actor_id is not None:  # By a rule, or since a time is over, it is nobody's hand.
        await remember_left(session, UUID(id_), UUID(fact.data["member_id"]))
    return None


listener = Listener.to(
    "audiences",
    [
        MemberActivated,
        MemberUpdated,
        MemberSuspended,
        MemberRestored,
        DeletionRequested,
        DeletionCancelled,
        StructureChanged,
        ProfileChanged,
        AccessLost,
    ],
    react,
)
