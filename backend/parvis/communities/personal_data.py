"""What communities hold of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import OF_OTHERS, Holding, Part, Untied

from .models import CharterAcceptance, Community, CommunityBan, CommunityInvitation, CommunityLink, JoinRequest

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
                Untied(),
                name="community_invitations_sent",
            ),
            Holding(
                CommunityLink.created_by,
                [CommunityLink.community_id, CommunityLink.created_at, CommunityLink.expires_at],
                Untied(),
            ),
            Holding(CommunityBan.member_id, [CommunityBan.community_id, CommunityBan.reason, CommunityBan.at]),
            Holding(CommunityBan.banned_by, OF_OTHERS, Untied()),
        ],
    ),
)
