"""Reading communities: each starts from what is visible to who reads."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.accounts.policy import is_inside
from parvis.circles.models import Circle, Membership, Role
from parvis.circles.policy import circles_of, holds
from parvis.communities import policy
from parvis.communities.models import (
    Access,
    CharterAcceptance,
    Community,
    CommunityInvitation,
    CommunityTag,
    JoinRequest,
)
from parvis.communities.policy import Standing, visible_to
from parvis.files.models import File
from parvis.kernel.analysis import terms_of
from parvis.kernel.db import Id, among
from parvis.kernel.entries import Entry, matching
from parvis.kernel.errors import NotFound, Text, require
from parvis.kernel.pagination import Ordering, Page, PageRequest, Statement, paginate
from parvis.profiles.policy import visible_member

KIND = "community"
"""Of their entries in the search table."""
Sort = Literal["name", "people", "active", "recent"]
ORDERS: Mapping[Sort, tuple[Ordering, ...]] = {
    "name": (Community.sort_name, Community.id),
    "people": (Circle.people.desc(), Circle.id.desc()),
    "active": (Community.active_at.desc(), Community.id.desc()),
    "recent": (Community.created_at.desc(), Community.id.desc()),
}
PEOPLE_ORDER = (Membership.since, Membership.member_id)

FOR_READERS: Text = {
    "fr": "Seuls les membres de cette communauté lisent ce qui s’y dit.",
    "en": "Only the members of this community read what is said in it.",
}
FOR_MEMBERS = {
    "fr": "Seuls les membres de cette communauté voient qui en fait partie.",
    "en": "Only the members of this community see who is in it.",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A community, as the actor stands to it."""

    community: Community
    people: int
    mix: Mapping[str, int]
    tags: Sequence[str]
    standing: Standing
    since: datetime | None
    """When the actor came in."""
    request: JoinRequest | None
    """The actor's, that waits."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which communities are looked for."""

    words: str = ""
    tag: str | None = None
    access: Access | None = None
    mine: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True)
class InIt:
    """Somebody in a community."""

    member_id: UUID
    role: Role
    since: datetime
    until: datetime | None = field(default=None)


async def community(session: AsyncSession, actor: Actor, community_id: UUID) -> Seen:
    """Two queries. Raises `NotFound` for one that is not visible to the actor."""
    found = await seen(session, actor, [community_id])
    if not found:
        raise NotFound
    return found[0]


async def seen(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[Seen]:
    """Those of these that are visible to the actor, in that order. Two queries."""
    rows = (await session.execute(_seen_by(actor.stand_in()), {"reader": actor.id, "ids": ids})).all()
    tags = await tags_of(session, [row[0].id for row in rows])
    by_id = {row[0].id: _seen(actor, tags, *row) for row in rows}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def his_place(reader: Any = READER) -> ColumnElement[bool]:
    """Rows of `Membership`, beside `Community`, by which the reader is in it now."""
    return and_(Membership.circle_id == Community.circle_id, Membership.member_id == reader, holds())


def his_acceptance(reader: Any = READER) -> ColumnElement[bool]:
    """Rows of `CharterAcceptance`, beside `Community`, of the reader."""
    return and_(CharterAcceptance.community_id == Community.id, CharterAcceptance.member_id == reader)


def standing_of(actor: Actor, role: str | None, accepted: int | None, *, invited: bool = False) -> Standing:
    """Of somebody who has this place there, and accepted this version of the charter."""
    return Standing(cast("Role | None", role), is_inside(actor), invited, accepted or 0)


async def readable(session: AsyncSession, actor: Actor, community_id: UUID) -> None:
    """That the actor may read what is said in a community. One query. Raises `NotFound` for one that is not visible to
    him, and `Forbidden`."""
    asked = {"reader": actor.id, "id": community_id}
    may_read = (await session.execute(_readable_by(actor.stand_in()), asked)).scalar_one_or_none()
    if may_read is None:
        raise NotFound
    require(bool(may_read), FOR_READERS)


@lru_cache(maxsize=KINDS_OF_READERS)
def _readable_by(actor: Actor) -> Select[bool]:
    return select(policy.readable_by(actor)).where(Community.id == bindparam("id", type_=Id), visible_to(actor))


@lru_cache(maxsize=KINDS_OF_READERS)
def _seen_by(actor: Actor) -> Statement:
    """Those of `ids` that such a reader may know of, and how he stands to them."""
    return (
        select(
            *(Community, Circle.people, Circle.mix, Membership),
            *(CharterAcceptance.version, CommunityInvitation.community_id, JoinRequest),
        )
        .join(Circle, Circle.id == Community.circle_id)
        .outerjoin(Membership, his_place(actor.id))
        .outerjoin(CharterAcceptance, his_acceptance(actor.id))
        .outerjoin(CommunityInvitation, _of(CommunityInvitation, actor))
        .outerjoin(JoinRequest, _of(JoinRequest, actor))
        .where(among(Community.id, "ids"), visible_to(actor))
        .execution_options(populate_existing=True)
    )


async def page_of_communities(
    session: AsyncSession, actor: Actor, wanted: Wanted, sort: Sort, page: PageRequest
) -> tuple[list[Seen], str | None]:
    """A page of those found, and the cursor of the next. Three queries."""
    statement = select(Community.id).join(Circle, Circle.id == Community.circle_id)
    statement = statement.where(visible_to(actor), *_conditions(actor, wanted))
    found: Page[UUID] = await paginate(session, statement, ORDERS[sort], page, lambda id_: id_)
    return await seen(session, actor, found.items), found.next


async def page_of_people(
    session: AsyncSession, actor: Actor, found: Seen, role: Role | None, words: str, page: PageRequest
) -> tuple[list[InIt], str | None]:
    """Those in a community whom the actor may find, the first to come first. Raises `Forbidden`."""
    require(policy.may_see_people(found.community, found.standing), FOR_MEMBERS)
    statement = select(Membership).join(Member, Member.id == Membership.member_id)
    statement = statement.where(Membership.circle_id == found.community.circle_id, holds(), visible_member(actor))
    if role is not None:
        statement = statement.where(Membership.role == role)
    for word in sort_name(words).split():
        statement = statement.where(Member.sort_name.contains(word, autoescape=True))
    people: Page[InIt] = await paginate(
        session,
        statement,
        PEOPLE_ORDER,
        page,
        lambda place: InIt(place.member_id, place.role, place.since, place.until),
    )
    return people.items, people.next


async def may_read_picture(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who may know of the community."""
    if actor is None or not actor.may_use("communities:read"):
        return False
    return bool(await session.scalar(select(exists().where(Community.id == file.claimed_id, visible_to(actor)))))


async def those_who_run(session: AsyncSession, community: Community) -> list[UUID]:
    """Ids of owners and moderators, owners first."""
    return list(await session.scalars(RUNNING, {"circle": community.circle_id}))


RUNNING = (
    select(Membership.member_id)
    .where(Membership.circle_id == bindparam("circle", type_=Id))
    .where(Membership.role.in_(("owner", "moderator")), holds())
    .order_by(Membership.role.desc(), Membership.since)
)


def readable_ids(actor: Actor) -> Select[UUID]:
    """Ids of the communities whose wall the actor may read."""
    return select(Community.id).where(policy.readable_by(actor))


async def counted(session: AsyncSession, actor: Actor, wanted: Wanted) -> list[tuple[str, str, int]]:
    """The thirty commonest tags of the communities found: tag, label, how many. One query.

    The label is read for these thirty alone: an index has the tags, and all their labels would be read row by row.
    """
    found = (visible_to(actor), *_conditions(actor, wanted))
    number = func.count().label("number")
    tags = select(CommunityTag.tag, number).where(CommunityTag.community_id.in_(select(Community.id).where(*found)))
    commonest = tags.group_by(CommunityTag.tag).order_by(number.desc(), CommunityTag.tag).limit(30).subquery()
    said = aliased(CommunityTag)
    labels = select(said.label).join(Community, Community.id == said.community_id).where(*found)
    label = labels.where(said.tag == commonest.c.tag).order_by(said.community_id).limit(1).scalar_subquery()
    query = select(commonest.c.tag, label, commonest.c.number).order_by(commonest.c.number.desc(), commonest.c.tag)
    return [(tag, label, count) for tag, label, count in await session.execute(query)]


async def how_many(session: AsyncSession, actor: Actor, wanted: Wanted) -> int:
    """One query."""
    query = select(func.count()).select_from(Community).where(visible_to(actor), *_conditions(actor, wanted))
    return await session.scalar(query) or 0


def _conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Community.archived_at.is_not(None) if wanted.archived else Community.archived_at.is_(None)
    ]
    if wanted.tag is not None:
        found.append(
            exists().where(CommunityTag.community_id == Community.id, CommunityTag.tag == sort_name(wanted.tag))
        )
    if wanted.access is not None:
        found.append(Community.access == wanted.access)
    if wanted.mine:
        found.append(Community.circle_id.in_(circles_of(actor.id)))
    terms = terms_of(wanted.words)
    if terms:
        found.append(Community.id.in_(select(Entry.subject_id).where(Entry.kind == KIND, matching(terms))))
    return found


def _of(table: Any, actor: Actor) -> ColumnElement[bool]:
    return and_(table.community_id == Community.id, table.member_id == actor.id)


def _seen(
    actor: Actor,
    tags: Mapping[UUID, Sequence[str]],
    community: Community,
    people: int,
    mix: Mapping[str, int],
    place: Membership | None,
    accepted: int | None,
    invitation: UUID | None,
    request: JoinRequest | None,
) -> Seen:
    standing = standing_of(actor, place.role if place else None, accepted, invited=invitation is not None)
    return Seen(community, people, mix, tags[community.id], standing, place.since if place else None, request)


async def tags_of(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for community_id, label in await session.execute(TAGS, {"ids": list(ids)}):
        found[community_id].append(label)
    return found


TAGS = (
    select(CommunityTag.community_id, CommunityTag.label)
    .where(among(CommunityTag.community_id, "ids"))
    .order_by(CommunityTag.tag)
)
