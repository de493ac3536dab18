"""Guests: people from outside, invited by an address to one community, for a time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.queries.identities import holder_of
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.service import invitations
from parvis.circles import queries as circle_queries
from parvis.communities import policy
from parvis.communities.events import CommunityInvitationsChanged, InvitedToCommunity
from parvis.communities.models import Community, CommunityBan, CommunityInvitation, GuestInvitation
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, Text, require
from parvis.kernel.events import record
from parvis.profiles.policy import belongs, blocked

from .communities import OWNERS_ONLY
from .mails import write_invitation
from .people import let_in
from .telling import held

NO_GUESTS: Text = {
    "fr": "Votre organisation n’accueille pas d’invités.",
    "en": "Your organisation does not receive guests.",
}
DAYS_TO_ANSWER = 14


async def invite(session: AsyncSession, actor: Actor, community_id: UUID, email: str, days: int) -> GuestInvitation:
    """Invites who reads that address; again changes until when he may stay. Raises `NotFound` and `Forbidden`.

    Who has an account is invited with it; the actor is not told.
    """
    found = await held(session, actor, community_id)
    require(policy.may_invite_guests(found.community, found.standing), OWNERS_ONLY)
    require((await organisation(session)).guests, NO_GUESTS)
    until = clock.now() + timedelta(days=days)
    query = select(GuestInvitation).where(GuestInvitation.community_id == community_id, GuestInvitation.email == email)
    known = (await session.execute(query)).scalar_one_or_none()
    if known is not None:
        known.until = until
        await session.flush()
        return known
    made = GuestInvitation(community_id=community_id, email=email, until=until, invited_by=actor.id)
    session.add(made)
    holder = await holder_of(session, email)
    if holder is None:
        sent = await invitations.invite_guest(session, actor, email, found.community.name, DAYS_TO_ANSWER)
        made.invitation_id = sent.id
    else:
        made.member_id = holder[0].id
        await _invite_member(session, actor, found.community, made, holder[0])
    await session.flush()
    return made


async def withdraw(session: AsyncSession, actor: Actor, community_id: UUID, invitation_id: UUID) -> None:
    """Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, community_id)
    require(found.standing.owns, OWNERS_ONLY)
    known = await session.get(GuestInvitation, invitation_id)
    if known is None or known.community_id != community_id:
        raise NotFound
    if known.invitation_id is not None:
        await invitations.end(session, actor, known.invitation_id)
    if known.member_id is not None:
        mine = (CommunityInvitation.community_id == community_id, CommunityInvitation.member_id == known.member_id)
        await session.execute(delete(CommunityInvitation).where(*mine, CommunityInvitation.by_address.is_(True)))
        record(session, CommunityInvitationsChanged(member_id=known.member_id))
    await session.delete(known)
    await session.flush()


async def arrive(session: AsyncSession, member_id: UUID, invitation_id: UUID) -> None:
    """Who came by the door's invitation is let into the community that it was for, if any, unless it was archived."""
    query = select(GuestInvitation).where(GuestInvitation.invitation_id == invitation_id).with_for_update()
    known = (await session.execute(query)).scalar_one_or_none()
    if known is None:
        return
    community = await session.get_one(Community, known.community_id)
    until = None if await session.scalar(select(belongs(member_id))) else known.until
    inviter = known.invited_by
    await session.delete(known)
    await session.flush()
    if policy.is_live(community):
        await let_in(session, inviter, community, member_id, until=until)


async def _invite_member(
    session: AsyncSession, actor: Actor, community: Community, made: GuestInvitation, member: Member
) -> None:
    """Nothing is told to who is in, kept out, or blocks."""
    ban = exists().where(CommunityBan.community_id == community.id, CommunityBan.member_id == member.id)
    shut = await session.scalar(select(Member.id).where(Member.id == member.id, ban | blocked(actor, Member.id)))
    is_in = await circle_queries.membership(session, community.circle_id, member.id) is not None
    is_invited = await session.get(CommunityInvitation, (community.id, member.id)) is not None
    if shut is not None or is_in or is_invited:
        return
    stays = await session.scalar(select(Member.id).where(Member.id == member.id, belongs(Member.id)))
    invitation = CommunityInvitation(
        community_id=community.id,
        member_id=member.id,
        invited_by=actor.id,
        until=None if stays else made.until,
        by_address=True,
    )
    session.add(invitation)
    record(session, CommunityInvitationsChanged(member_id=member.id))
    record(session, InvitedToCommunity(member_id=member.id, community_id=community.id))
    await write_invitation(session, actor, member, community)
