"""Reading who stands at a community's door. For those who run it, and for oneself."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.communities import policy
from parvis.communities.models import (
    Community,
    CommunityBan,
    CommunityInvitation,
    CommunityLink,
    GuestInvitation,
    JoinRequest,
)
from parvis.communities.policy import visible_to
from parvis.communities.queries import Seen
from parvis.kernel import clock
from parvis.kernel.errors import Text, require
from parvis.profiles.policy import visible_member

REQUESTS_ORDER = (JoinRequest.created_at, JoinRequest.member_id)
INVITATIONS_ORDER = (CommunityInvitation.created_at.desc(), CommunityInvitation.member_id.desc())
MINE_ORDER = (CommunityInvitation.created_at.desc(), CommunityInvitation.community_id.desc())
GUESTS_ORDER = (GuestInvitation.id.desc(),)
LINKS_ORDER = (CommunityLink.id.desc(),)
BANS_ORDER = (CommunityBan.at.desc(), CommunityBan.member_id.desc())

THEIRS: Text = {
    "fr": "Cette liste est réservée aux personnes qui animent la communauté.",
    "en": "This list is for those who run the community.",
}
Statement = Select[*tuple[Any, ...]]


def requests(seen: Seen, actor: Actor) -> Statement:
    """Who asks to be let in, the message, when. Raises `Forbidden`."""
    _require_running(seen)
    query = select(JoinRequest.member_id, JoinRequest.message, JoinRequest.created_at)
    query = query.join(Member, Member.id == JoinRequest.member_id).where(visible_member(actor))
    return query.where(JoinRequest.community_id == seen.community.id, JoinRequest.declined_at.is_(None))


async def requests_waiting(session: AsyncSession, seen: Seen, actor: Actor) -> int:
    """How many ask to be let in; 0 for who does not run the community."""
    if not policy.may_manage_people(seen.community, seen.standing):
        return 0
    return await session.scalar(select(func.count()).select_from(requests(seen, actor).subquery())) or 0


def invitations(seen: Seen, actor: Actor) -> Statement:
    """Who is invited and by whom, when: all to who runs the community, else those that one made. Raises `Forbidden`."""
    require(seen.standing.is_member, THEIRS)
    query = select(CommunityInvitation.member_id, CommunityInvitation.invited_by, CommunityInvitation.created_at)
    query = query.join(Member, Member.id == CommunityInvitation.member_id)
    query = query.where(
        CommunityInvitation.community_id == seen.community.id,
        CommunityInvitation.by_address.is_(False),
        visible_member(actor),
    )
    return query.where(*_own(seen, actor, CommunityInvitation.invited_by))


def my_invitations(actor: Actor) -> Statement:
    """To which communities one is invited, by whom, with what words, when."""
    query = select(
        CommunityInvitation.community_id,
        CommunityInvitation.invited_by,
        CommunityInvitation.message,
        CommunityInvitation.created_at,
    )
    query = query.join(Community, Community.id == CommunityInvitation.community_id)
    return query.where(CommunityInvitation.member_id == actor.id, Community.archived_at.is_(None), visible_to(actor))


def guests(seen: Seen) -> Statement:
    """Who is invited from outside and has not come yet. Raises `Forbidden`."""
    require(seen.standing.owns, THEIRS)
    return select(GuestInvitation).where(GuestInvitation.community_id == seen.community.id)


def links(seen: Seen, actor: Actor) -> Statement:
    """Links that still let in: all to who runs the community, else those that one made. Raises `Forbidden`."""
    require(seen.standing.is_member, THEIRS)
    query = select(CommunityLink).where(
        CommunityLink.community_id == seen.community.id,
        CommunityLink.revoked_at.is_(None),
        CommunityLink.expires_at > clock.now(),
    )
    return query.where(*_own(seen, actor, CommunityLink.created_by))


def bans(seen: Seen) -> Statement:
    """Who is kept out: id, name, why and since when. Raises `Forbidden`."""
    _require_running(seen)
    query = select(CommunityBan.member_id, Member.name, CommunityBan.reason, CommunityBan.at)
    query = query.join(Member, Member.id == CommunityBan.member_id)
    return query.where(CommunityBan.community_id == seen.community.id)


def _require_running(seen: Seen) -> None:
    require(policy.may_manage_people(seen.community, seen.standing), THEIRS)


def _own(seen: Seen, actor: Actor, maker: Any) -> list[ColumnElement[bool]]:
    return [] if policy.may_manage_people(seen.community, seen.standing) else [maker == actor.id]
