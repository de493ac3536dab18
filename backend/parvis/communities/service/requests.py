"""Asking to be let into a community, and answering."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.queries.people import is_active
from parvis.communities import policy, queries
from parvis.communities.events import CommunityDoorChanged, JoinRequestAccepted, JoinRequested
from parvis.communities.models import Community, CommunityBan, JoinRequest
from parvis.communities.queries import Seen
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, NotFound, Text, require
from parvis.kernel.events import record

from .people import let_in
from .telling import held

MODERATORS_ONLY: Text = {
    "fr": "Seules les personnes qui animent la communauté peuvent faire cela.",
    "en": "Only those who run the community may do this.",
}


class NothingToAsk(Conflict):
    code = "nothing_to_ask"
    title = {
        "fr": "Vous n’avez pas à demander : entrez, ou vous y êtes déjà.",
        "en": "There is nothing to ask for: join it, or you are in it already.",
    }


async def ask(session: AsyncSession, actor: Actor, community_id: UUID, message: str) -> Seen:
    """Asks; again changes nothing, also when it was declined. Raises `NotFound` and `NothingToAsk`."""
    found = await held(session, actor, community_id)
    if not policy.may_request(found.community, found.standing):
        raise NothingToAsk
    if found.request is None:
        session.add(JoinRequest(community_id=community_id, member_id=actor.id, message=message))
        await session.flush()
        tell_door(session, actor, found.community)
        record(session, JoinRequested(id=community_id), actor_id=actor.id)
    return await queries.community(session, actor, community_id)


async def withdraw(session: AsyncSession, actor: Actor, community_id: UUID) -> None:
    """Asks no more. One that was declined stays so, for it is not to be asked again and again. Raises `NotFound`."""
    found = await held(session, actor, community_id)
    if found.request is None:
        raise NotFound
    if found.request.declined_at is None:
        await session.delete(found.request)
        tell_door(session, actor, found.community)
        await session.flush()


async def accept(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID) -> None:
    """Lets in who asked. Raises `NotFound`, also for who did not ask, and `Forbidden`."""
    found = await held(session, actor, community_id)
    request = await _waiting(session, found, member_id)
    await let_in(session, actor.id, found.community, request.member_id)
    tell_door(session, actor, found.community)
    accepted = JoinRequestAccepted(member_id=member_id, community_id=community_id)
    record(session, accepted, actor_id=actor.id)


async def decline(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID) -> None:
    """Leaves him out. He is not told: to him it goes on waiting. Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, community_id)
    request = await _waiting(session, found, member_id)
    request.declined_at = clock.now()
    tell_door(session, actor, found.community)
    await session.flush()


def tell_door(session: AsyncSession, actor: Actor, community: Community) -> None:
    record(session, CommunityDoorChanged(id=community.id), actor_id=actor.id)


async def _waiting(session: AsyncSession, found: Seen, member_id: UUID) -> JoinRequest:
    require(policy.may_manage_people(found.community, found.standing), MODERATORS_ONLY)
    ban = exists().where(CommunityBan.community_id == found.community.id, CommunityBan.member_id == member_id)
    query = select(JoinRequest).join(Member, Member.id == JoinRequest.member_id)
    query = query.where(
        JoinRequest.community_id == found.community.id,
        JoinRequest.member_id == member_id,
        JoinRequest.declined_at.is_(None),
        is_active(),
        ~ban,
    )
    request = (await session.execute(query)).scalar_one_or_none()
    if request is None:
        raise NotFound
    return request
