"""Links that let people in: whoever of the organisation holds one, a number of times, for a time."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import MEMBERS_ONLY, is_inside
from parvis.circles import queries as circle_queries
from parvis.circles import service as circles
from parvis.circles.policy import is_in
from parvis.communities import policy, queries
from parvis.communities.models import Community, CommunityBan, CommunityLink
from parvis.communities.queries import Seen
from parvis.kernel import clock
from parvis.kernel.errors import Gone, NotFound, require
from parvis.kernel.secrets import hash_token, new_token

from .invitations import NOT_YOURS
from .people import let_in
from .telling import held

PAGE = "/communities/join"


@dataclass(frozen=True, slots=True)
class NewLink:
    """`path`: with the secret after `#`; it is shown this once."""

    link: CommunityLink
    path: str


async def make(session: AsyncSession, actor: Actor, community_id: UUID, max_uses: int, days: int) -> NewLink:
    """Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, community_id)
    require(policy.may_invite(found.community, found.standing), NOT_YOURS)
    token = new_token()
    link = CommunityLink(
        community_id=community_id,
        token_hash=hash_token(token),
        max_uses=max_uses,
        created_by=actor.id,
        expires_at=clock.now() + timedelta(days=days),
    )
    session.add(link)
    await session.flush()
    return NewLink(link, f"{PAGE}#{token}")


async def revoke(session: AsyncSession, actor: Actor, community_id: UUID, link_id: UUID) -> None:
    """Nobody comes in by it any more: those who run the community, and who made it. Raises `NotFound`, `Forbidden`."""
    found = await held(session, actor, community_id)
    link = await session.get(CommunityLink, link_id)
    if link is None or link.community_id != community_id or not found.standing.is_member:
        raise NotFound
    is_theirs = link.created_by == actor.id or policy.may_manage_people(found.community, found.standing)
    require(is_theirs, NOT_YOURS)
    link.revoked_at = link.revoked_at or clock.now()
    await session.flush()


async def preview(session: AsyncSession, actor: Actor, token: str) -> Community:
    """The community that this link leads to. Raises `Forbidden` for guests, and `Gone`."""
    require(is_inside(actor), MEMBERS_ONLY)
    found = await session.scalar(_leading_to(actor, token))
    if found is None:
        raise Gone
    return found


async def follow(session: AsyncSession, actor: Actor, token: str, charter_version: int) -> Seen:
    """Goes in by a link, and counts one use of it; who is in already uses none.

    Raises `Forbidden` for guests, `Gone` when it has expired, is used up, or its maker may no longer invite, and
    `CharterNotAccepted`.
    """
    community = await preview(session, actor, token)
    await circles.hold(session, community.circle_id)
    if await circle_queries.membership(session, community.circle_id, actor.id) is None:
        used = update(CommunityLink).where(CommunityLink.token_hash == hash_token(token), _is_open())
        counted = used.values(uses=CommunityLink.uses + 1).returning(CommunityLink.id)
        rows = await session.execute(counted.execution_options(synchronize_session=False))
        if rows.one_or_none() is None:
            raise Gone
        await let_in(session, actor.id, community, actor.id, charter_version=charter_version)
    return await queries.community(session, actor, community.id)


def _leading_to(actor: Actor, token: str) -> Select[Community]:
    """Kept out of a community is kept out by its links too; and a link lasts no longer than its maker may invite."""
    ban = exists().where(CommunityBan.community_id == Community.id, CommunityBan.member_id == actor.id)
    maker = is_in(CommunityLink.created_by, Community.circle_id)
    return (
        select(Community)
        .join(CommunityLink, CommunityLink.community_id == Community.id)
        .where(
            CommunityLink.token_hash == hash_token(token),
            or_(_is_open(), is_in(actor.id, Community.circle_id)),
            Community.archived_at.is_(None),
            maker,
            ~ban,
        )
    )


def _is_open() -> ColumnElement[bool]:
    return and_(
        CommunityLink.uses < CommunityLink.max_uses,
        CommunityLink.revoked_at.is_(None),
        CommunityLink.expires_at > clock.now(),
    )
