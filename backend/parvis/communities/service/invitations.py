"""Inviting members to a community, one by one. Who accepts joins by the door of `people.join`."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.circles.policy import is_in
from parvis.communities import policy
from parvis.communities.events import CommunityInvitationsChanged, InvitedToCommunity
from parvis.communities.models import CommunityBan, CommunityInvitation
from parvis.kernel.errors import NotFound, Text, require
from parvis.kernel.events import record
from parvis.profiles.policy import belongs, visible_member

from .mails import write_invitation
from .telling import held

NOT_YOURS: Text = {
    "fr": "Vous ne pouvez pas inviter dans cette communauté.",
    "en": "You may not invite people to this community.",
}


async def invite(
    session: AsyncSession, actor: Actor, community_id: UUID, member_ids: Sequence[UUID], message: str
) -> list[UUID]:
    """Invites those (at most 50) whom the actor may find, and who are neither in, invited, nor kept out; each gets a
    mail. Returns who was invited. Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, community_id)
    require(policy.may_invite(found.community, found.standing), NOT_YOURS)
    community = found.community
    known = (CommunityInvitation, CommunityBan)
    is_known = [exists().where(table.community_id == community.id, table.member_id == Member.id) for table in known]
    query = select(Member).where(
        Member.id.in_(member_ids),
        visible_member(actor),
        belongs(Member.id),
        ~is_in(Member.id, community.circle_id),
        *[~one for one in is_known],
    )
    invited = list(await session.scalars(query.order_by(Member.id)))
    for member in invited:
        session.add(
            CommunityInvitation(community_id=community.id, member_id=member.id, invited_by=actor.id, message=message)
        )
        record(session, CommunityInvitationsChanged(member_id=member.id), actor_id=actor.id)
        record(session, InvitedToCommunity(member_id=member.id, community_id=community.id), actor_id=actor.id)
        await write_invitation(session, actor, member, community)
    await session.flush()
    return [member.id for member in invited]


async def withdraw(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID) -> None:
    """Invites somebody no more: those who run the community, and who invited. Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, community_id)
    invitation = await session.get(CommunityInvitation, (community_id, member_id))
    if invitation is None or not found.standing.is_member:
        raise NotFound
    is_theirs = invitation.invited_by == actor.id or policy.may_manage_people(found.community, found.standing)
    require(is_theirs, NOT_YOURS)
    await session.delete(invitation)
    record(session, CommunityInvitationsChanged(member_id=member_id), actor_id=actor.id)
    await session.flush()


async def decline(session: AsyncSession, actor: Actor, community_id: UUID) -> None:
    """The invited does not come; nobody is told. Raises `NotFound`."""
    mine = (CommunityInvitation.community_id == community_id, CommunityInvitation.member_id == actor.id)
    gone = await session.scalars(delete(CommunityInvitation).where(*mine).returning(CommunityInvitation.member_id))
    if not gone.all():
        raise NotFound
    record(session, CommunityInvitationsChanged(member_id=actor.id), actor_id=actor.id)
