"""What communities hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.personal_data import AT_ONCE, OF_OTHERS, ErasedBy, Holding, Part, Untied

from .models import (
    CharterAcceptance,
    Community,
    CommunityBan,
    CommunityInvitation,
    CommunityLink,
    GuestInvitation,
    JoinRequest,
)


async def forget_reasons(session: AsyncSession, member_id: UUID) -> int:
    """Whom the member kept out stays out; why goes with who wrote it. At most 500 rows. Returns how many."""
    theirs = select(CommunityBan).where(CommunityBan.banned_by == member_id).limit(AT_ONCE)
    bans = (await session.scalars(theirs)).all()
    for ban in bans:
        ban.banned_by, ban.reason = None, ""
    await session.flush()
    return len(bans)


PARTS: Sequence[Part] = (
    Part(
        "communities",
        {"fr": "Les communautés, et votre place à leur porte", "en": "Communities, and your place at their door"},
        [
            Holding(Community.created_by, [Community.id, Community.name, Community.created_at], Untied()),
            Holding(
                CharterAcceptance.member_id,
                [CharterAcceptance.community_id, CharterAcceptance.version, CharterAcceptance.at],
            ),
            Holding(JoinRequest.member_id, [JoinRequest.community_id, JoinRequest.message, JoinRequest.created_at]),
            Holding(
                CommunityInvitation.member_id,
                [CommunityInvitation.community_id, CommunityInvitation.message, CommunityInvitation.created_at],
            ),
            Holding(
                CommunityInvitation.invited_by,
                [CommunityInvitation.community_id, CommunityInvitation.member_id, CommunityInvitation.created_at],
                name="community_invitations_sent",
            ),
            Holding(
                GuestInvitation.member_id,
                [GuestInvitation.community_id, GuestInvitation.email, GuestInvitation.until],
            ),
            Holding(
                GuestInvitation.invited_by,
                [GuestInvitation.community_id, GuestInvitation.email, GuestInvitation.created_at],
                name="guest_invitations_sent",
            ),
            Holding(
                CommunityLink.created_by,
                [CommunityLink.community_id, CommunityLink.created_at, CommunityLink.expires_at],
                Untied(),
            ),
            Holding(CommunityBan.member_id, [CommunityBan.community_id, CommunityBan.reason, CommunityBan.at]),
            Holding(CommunityBan.banned_by, OF_OTHERS, ErasedBy(forget_reasons)),
        ],
    ),
)
