"""Reading rights: what is granted where something stands and above it, and who reads it by that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, Select, and_, exists, func, literal, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models import Affiliation, Member, MemberRole
from parvis.accounts.queries.people import holds_today
from parvis.audiences.models import Audience, KeptAudienceMember
from parvis.audiences.policy import visible_to as visible_audience
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.models import Community, CommunityBan
from parvis.communities.policy import visible_to as visible_community
from parvis.documents.models import MANAGE, Grant, Guard, GuardSource
from parvis.documents.policy import MANAGERS_ONLY, may_share
from parvis.kernel.errors import require
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.profiles.policy import visible_member
from parvis.profiles.queries.people import Named, named

from .documents import document
from .folders import Crumb, folder, folders
from .standing import behind

FEW = 5
"""Of fewer people of an audience it is only said that they are few."""


@dataclass(frozen=True, slots=True)
class SeenGrant:
    """A grant, with the names of what it is to as far as the actor may know them. `source`: where it was made, when it
    is above; `people`: how many it reaches."""

    grant: Grant
    person: Named | None
    community: Crumb | None
    audience: Crumb | None
    source: Crumb | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Rights:
    """`version`: 0 where nothing has rights of its own."""

    inherits: bool
    version: int
    own: Sequence[SeenGrant]
    inherited: Sequence[SeenGrant]


@dataclass(frozen=True, slots=True)
class SeenReader:
    """Somebody to whom himself something is granted, or whose own it is."""

    person: Named
    level: int


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads something. `people`: how many, each once; None for the whole organisation."""

    people: int | None
    groups: Sequence[SeenGrant]
    is_open: bool
    members: Sequence[SeenReader]


async def rights(session: AsyncSession, actor: Actor, thing_id: UUID, guard_id: UUID) -> Rights:
    """Of something that stands behind this guard, which is its own when it has its id. Eight queries at most."""
    guard = (await session.execute(select(Guard).where(Guard.id == guard_id))).scalar_one()
    found = await grants(session, actor, guard_id)
    if guard_id != thing_id:
        return Rights(inherits=True, version=0, own=[], inherited=found)
    own = [one for one in found if one.grant.guard_id == thing_id]
    above = [one for one in found if one.grant.guard_id != thing_id]
    return Rights(guard.inherits, guard.version, own, above)


async def grants(session: AsyncSession, actor: Actor, guard_id: UUID, *, to_groups: bool = False) -> list[SeenGrant]:
    """All that count behind a guard, the highest first. Ten queries at most. `to_groups`: those alone, without where
    they were made, in five."""
    query = select(Grant).join(GuardSource, GuardSource.source_id == Grant.guard_id)
    query = query.where(GuardSource.guard_id == guard_id).order_by(Grant.level.desc(), Grant.granted_at, Grant.id)
    if to_groups:
        query = query.where(Grant.member_id.is_(None))
    found = list(await session.scalars(query.execution_options(populate_existing=True)))
    people = await named(session, actor, sorted({one.member_id for one in found if one.member_id}))
    communities = await _names(session, Community, visible_community(actor), [one.community_id for one in found])
    audiences = await _names(session, Audience, visible_audience(actor), [one.audience_id for one in found])
    made_in = [] if to_groups else await folders(session, actor, [one.guard_id for one in found])
    sources = {one.folder.id: one.name for one in made_in}
    counted = await _counts(session, found)
    return [
        SeenGrant(
            grant=one,
            person=people.get(one.member_id) if one.member_id else None,
            community=communities.get(one.community_id) if one.community_id else None,
            audience=audiences.get(one.audience_id) if one.audience_id else None,
            source=Crumb(one.guard_id, sources[one.guard_id]) if one.guard_id in sources else None,
            people=counted.get(one.circle_id or one.audience_id or one.id),
        )
        for one in found
    ]


async def readers(session: AsyncSession, actor: Actor, guard_id: UUID, page: PageRequest) -> tuple[Readers, str | None]:
    """Who reads behind a guard: groups, and a page of those to whom themselves it is granted. Nine queries at most."""
    groups = await grants(session, actor, guard_id, to_groups=True)
    is_open = (await behind(session, actor, [guard_id]))[guard_id].public == "organisation"
    theirs = _by_name(guard_id)
    statement = (
        select(Member.id, func.max(theirs.c.level))
        .join(theirs, theirs.c.member_id == Member.id)
        .where(visible_member(actor))
        .group_by(Member.id)
    )
    members: Page[Any] = await paginate(session, statement, (Member.id,), page, lambda *row: row)
    people = await named(session, actor, [row[0] for row in members.items])
    seen = [SeenReader(people[row[0]], row[1]) for row in members.items if row[0] in people]
    counted = None if is_open else await _how_many(session, guard_id)
    return Readers(counted, groups, is_open, seen), members.next


def _by_name(guard_id: UUID) -> Any:
    """Members who read there by themselves, with a level: the space's own, and those to whom it is granted."""
    own = select(Guard.member_id.label("member_id"), literal(MANAGE).label("level"))
    own = own.where(Guard.id == guard_id, Guard.member_id.is_not(None))
    granted = select(Grant.member_id, Grant.level).join(GuardSource, GuardSource.source_id == Grant.guard_id)
    granted = granted.where(GuardSource.guard_id == guard_id, Grant.member_id.is_not(None))
    return union(own, granted).subquery()


async def _how_many(session: AsyncSession, guard_id: UUID) -> int:
    return await session.scalar(select(func.count()).select_from(_every(guard_id).subquery())) or 0


async def readers_of(session: AsyncSession, guard_id: UUID) -> Select[UUID]:
    """Ids of all who read behind a guard, each once, as `policy.readable_by` would find it of each. One query."""
    source = aliased(Guard)
    is_open = exists().where(
        GuardSource.guard_id == guard_id,
        source.id == GuardSource.source_id,
        source.parent_id.is_(None),
        Community.id == source.community_id,
        Community.access == "open",
    )
    found = [select(_every(guard_id).subquery().c.member_id)]
    if await session.scalar(select(is_open)):
        found += [select(Affiliation.member_id).where(holds_today()), select(MemberRole.member_id)]
    every = union(*found).subquery()
    theirs = select(CommunityBan.member_id).join(Guard, Guard.community_id == CommunityBan.community_id)
    return select(every.c.member_id).where(every.c.member_id.not_in(theirs.where(Guard.id == guard_id)))


def _every(guard_id: UUID) -> CompoundSelect[UUID]:
    """Each once: by themselves, by a community or an audience, and those who run the community of the space."""
    counts = and_(GuardSource.source_id == Grant.guard_id, GuardSource.guard_id == guard_id)
    by_circle = select(Membership.member_id).join(Grant, Grant.circle_id == Membership.circle_id)
    by_audience = select(KeptAudienceMember.member_id).join(Grant, Grant.audience_id == KeptAudienceMember.audience_id)
    runs = select(Membership.member_id).join(Guard, Guard.circle_id == Membership.circle_id)
    return union(
        select(_by_name(guard_id).c.member_id),
        by_circle.join(GuardSource, counts).where(holds()),
        by_audience.join(GuardSource, counts),
        runs.where(Guard.id == guard_id, Membership.role.in_(("owner", "moderator")), holds()),
    )


async def _counts(session: AsyncSession, found: Sequence[Grant]) -> dict[UUID, int]:
    circles = [one.circle_id for one in found if one.circle_id]
    audiences = [one.audience_id for one in found if one.audience_id]
    counted: dict[UUID, int] = {}
    if circles:
        query = select(Membership.circle_id, func.count()).where(Membership.circle_id.in_(circles), holds())
        counted |= {row[0]: row[1] for row in await session.execute(query.group_by(Membership.circle_id))}
    if audiences:
        kept = KeptAudienceMember
        query = select(kept.audience_id, func.count()).where(kept.audience_id.in_(audiences))
        counted |= dict.fromkeys(audiences, 0)
        counted |= {row[0]: row[1] for row in await session.execute(query.group_by(kept.audience_id))}
    return counted


async def _names(
    session: AsyncSession, table: type[Community] | type[Audience], visible: Any, ids: Sequence[UUID | None]
) -> Mapping[UUID, Crumb]:
    wanted = {id_ for id_ in ids if id_ is not None}
    if not wanted:
        return {}
    query = select(table.id, table.name).where(table.id.in_(wanted), visible)
    return {row[0]: Crumb(row[0], row[1]) for row in await session.execute(query)}


async def folder_rights(session: AsyncSession, actor: Actor, folder_id: UUID) -> Rights:
    """Raises `NotFound`, and `Forbidden` for who does not manage the folder."""
    found = await folder(session, actor, folder_id)
    require(may_share(found.behind.level), MANAGERS_ONLY)
    return await rights(session, actor, folder_id, found.folder.guard_id)


async def document_rights(session: AsyncSession, actor: Actor, document_id: UUID) -> Rights:
    """The same of a document."""
    found = await document(session, actor, document_id)
    require(may_share(found.behind.level), MANAGERS_ONLY)
    return await rights(session, actor, document_id, found.guard_id)
