"""Keeping somebody out of a community: to him it is not there any more."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.circles import queries as circle_queries
from parvis.circles.models import Role
from parvis.communities import policy
from parvis.communities.events import CommunityInvitationsChanged
from parvis.communities.models import Community, CommunityBan, CommunityInvitation, GuestInvitation, JoinRequest
from parvis.kernel.errors import NotFound, require
from parvis.kernel.events import record
from parvis.profiles.policy import visible_member

from .people import OUTRANKED, put_out
from .requests import MODERATORS_ONLY, tell_door
from .telling import held


async def ban(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID, reason: str) -> None:
    """Takes somebody out if he is in, and lets him in no more, by no way. Again changes the reason alone.

    Raises `NotFound`, also for whom the actor may not find, and `Forbidden` for who has no right over him.
    """
    found = await held(session, actor, community_id)
    require(policy.may_manage_people(found.community, found.standing), MODERATORS_ONLY)
    if await session.get(CommunityBan, (community_id, member_id)) is not None:
        return await keep_out(session, actor, found.community, member_id, reason)
    if await session.scalar(select(Member.id).where(Member.id == member_id, visible_member(actor))) is None:
        raise NotFound
    place = await circle_queries.membership(session, found.community.circle_id, member_id)
    role: Role | None = place.role if place else None  # type: ignore[assignment]
    require(member_id != actor.id and policy.outranks(found.standing, role), OUTRANKED)
    return await keep_out(session, actor, found.community, member_id, reason)


async def keep_out(session: AsyncSession, actor: Actor, community: Community, member_id: UUID, reason: str) -> None:
    """The same in a community that is held, by somebody of whom was judged that he may."""
    known = await session.get(CommunityBan, (community.id, member_id))
    if known is not None:
        known.reason = reason
        return await session.flush()
    if await circle_queries.membership(session, community.circle_id, member_id) is not None:
        await put_out(session, actor.id, community, member_id)
    for table in (JoinRequest, CommunityInvitation, GuestInvitation):
        await session.execute(delete(table).where(table.community_id == community.id, table.member_id == member_id))
    record(session, CommunityInvitationsChanged(member_id=member_id))
    tell_door(session, actor, community)
    session.add(CommunityBan(community_id=community.id, member_id=member_id, reason=reason, banned_by=actor.id))
    return await session.flush()


async def lift(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID) -> None:
    """Keeps him out no more; he is not let in by that. Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, community_id)
    require(policy.may_manage_people(found.community, found.standing), MODERATORS_ONLY)
    known = await session.get(CommunityBan, (community_id, member_id))
    if known is None:
        raise NotFound
    await session.delete(known)
    await session.flush()
