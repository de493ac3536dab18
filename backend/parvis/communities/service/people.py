"""Who is in a community: joining, leaving, roles, taking out."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.circles import queries as circle_queries
from parvis.circles import service as circles
from parvis.circles.models import Role
from parvis.communities import policy, queries
from parvis.communities.models import Community, CommunityInvitation, GuestInvitation, JoinRequest
from parvis.communities.queries import Seen
from parvis.kernel.errors import Conflict, Forbidden, NotFound, Text, require
from parvis.kernel.jobs import enqueue

from .communities import OWNERS_ONLY, accept
from .telling import held, tell_all, tell_people

EXPIRE = "communities.expire"
"""The job that takes out those whose time is over."""


class LastOwner(Conflict):
    code = "last_owner"
    title = {
        "fr": "Une communauté garde un propriétaire. Confiez-la à quelqu’un, ou archivez-la.",
        "en": "A community keeps an owner. Hand it over to somebody, or archive it.",
    }


class CharterNotAccepted(Conflict):
    code = "charter_not_accepted"
    title = {
        "fr": "Lisez et acceptez d’abord la charte de cette communauté.",
        "en": "Read and accept the charter of this community first.",
    }


class AskFirst(Forbidden):
    code = "ask_first"
    title = {
        "fr": "On entre dans cette communauté sur demande ou sur invitation.",
        "en": "One joins this community by asking, or by invitation.",
    }


OUTRANKED: Text = {
    "fr": "Seules les personnes qui ont plus de droits que lui peuvent faire cela.",
    "en": "Only people with more rights than they have may do this.",
}


async def join(session: AsyncSession, actor: Actor, community_id: UUID, charter_version: int) -> Seen:
    """Goes in. Again changes nothing. Raises `NotFound`, `AskFirst` and `CharterNotAccepted`."""
    found = await held(session, actor, community_id)
    if found.standing.is_member:
        return found
    if not policy.may_join(found.community, found.standing):
        raise AskFirst
    invitation = await session.get(CommunityInvitation, (community_id, actor.id))
    until = invitation.until if invitation else None
    await let_in(session, actor.id, found.community, actor.id, charter_version=charter_version, until=until)
    return await queries.community(session, actor, community_id)


async def let_in(
    session: AsyncSession,
    actor_id: UUID | None,
    community: Community,
    member_id: UUID,
    *,
    charter_version: int | None = None,
    until: datetime | None = None,
) -> None:
    """Puts somebody in who may be, whose requests and invitations end with it. The community is held.

    `charter_version`: of the charter that he accepts; None: he will be asked there. Raises `CharterNotAccepted` for
    another than the last.
    """
    if charter_version not in {None, community.charter_version}:
        raise CharterNotAccepted
    for table in (JoinRequest, CommunityInvitation, GuestInvitation):
        mine = (table.community_id == community.id, table.member_id == member_id)
        await session.execute(delete(table).where(*mine))
    if charter_version is not None:
        await accept(session, community, member_id)
    if await circles.put_in(session, community.circle_id, member_id, "member", until=until):
        await tell_people(session, actor_id, community, member_id, "gained")
    if until is not None:
        await enqueue(session, EXPIRE, {}, run_at=until, unique=until.isoformat())


async def let_in_all(
    session: AsyncSession, community: Community, member_ids: Sequence[UUID], since: datetime
) -> list[UUID]:
    """Puts people (at most 500) in by nobody's hand. The community is held. They are asked there to accept its charter.
    Returns those who were not in."""
    for table in (JoinRequest, CommunityInvitation, GuestInvitation):
        theirs = (table.community_id == community.id, table.member_id.in_(member_ids))
        await session.execute(delete(table).where(*theirs))
    new = await circles.put_in_all(session, community.circle_id, member_ids, since)
    await tell_all(session, community, new, "gained")
    return new


async def put_out_all(session: AsyncSession, community: Community, member_ids: Sequence[UUID]) -> None:
    """Takes people (at most 500), who are in, out by nobody's hand. The community is held."""
    await circles.take_out_all(session, community.circle_id, member_ids)
    await tell_all(session, community, member_ids, "lost")


async def accept_charter(session: AsyncSession, actor: Actor, community_id: UUID, charter_version: int) -> Seen:
    """Raises `NotFound`, `Forbidden` for who is not in, and `CharterNotAccepted` for another version than the last."""
    found = await held(session, actor, community_id)
    require(found.standing.is_member, queries.FOR_MEMBERS)
    if charter_version != found.community.charter_version:
        raise CharterNotAccepted
    await accept(session, found.community, actor.id)
    return await queries.community(session, actor, community_id)


async def leave(session: AsyncSession, actor: Actor, community_id: UUID) -> None:
    """Raises `NotFound`, also for who is not in, and `LastOwner`."""
    found = await held(session, actor, community_id)
    if not found.standing.is_member:
        raise NotFound
    await _refuse_last_owner(session, found.community, found.standing.role)
    await put_out(session, actor.id, found.community, actor.id)


async def take_out(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID) -> None:
    """Raises `NotFound`, and `Forbidden` for who has no right over them."""
    found = await held(session, actor, community_id)
    if member_id == actor.id:
        return await leave(session, actor, community_id)
    role = await role_there(session, found, member_id)
    require(policy.outranks(found.standing, role), OUTRANKED)
    await put_out(session, actor.id, found.community, member_id)
    return None


async def give_role(session: AsyncSession, actor: Actor, community_id: UUID, member_id: UUID, role: Role) -> None:
    """Makes somebody who is in owner, moderator or plain member. Raises `NotFound`, `Forbidden` and `LastOwner`."""
    found = await held(session, actor, community_id)
    before = await role_there(session, found, member_id)
    require(policy.may_change(found.community, found.standing), OWNERS_ONLY)
    if role != "owner":
        await _refuse_last_owner(session, found.community, before)
    if await circles.give_role(session, found.community.circle_id, member_id, role):
        await tell_people(session, actor.id, found.community, member_id, "changed")


async def role_there(session: AsyncSession, found: Seen, member_id: UUID) -> Role:
    """What somebody is in a community whose people the actor may see. Raises `NotFound` and `Forbidden`."""
    require(policy.may_see_people(found.community, found.standing), queries.FOR_MEMBERS)
    place = await circle_queries.membership(session, found.community.circle_id, member_id)
    if place is None:
        raise NotFound
    return place.role  # type: ignore[return-value]


async def _refuse_last_owner(session: AsyncSession, community: Community, role: Role | None) -> None:
    if role != "owner" or not policy.is_live(community):
        return
    if await circle_queries.how_many(session, community.circle_id, "owner") == 1:
        raise LastOwner


async def put_out(session: AsyncSession, actor_id: UUID | None, community: Community, member_id: UUID) -> None:
    """Takes somebody out, and tells it. Raises `NotFound` for who is not in."""
    if await circles.take_out(session, community.circle_id, member_id) is None:
        raise NotFound
    await tell_people(session, actor_id, community, member_id, "lost")
