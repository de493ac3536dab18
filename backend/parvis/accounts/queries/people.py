"""Reading people, as their administrators do. The directory that members see is not here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Affiliation, Member, MemberRole
from parvis.accounts.models.people import Role
from parvis.accounts.names import sort_name
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, require
from parvis.kernel.pagination import Page, PageRequest, paginate

State = Literal["pending", "active", "suspended", "leaving"]

NOT_YOURS = {"fr": "Cette page est réservée aux gestionnaires.", "en": "This page is for people administrators."}


@dataclass(frozen=True)
class Person:
    """A member, with what administrators see of him."""

    member: Member
    addresses: Sequence[Address]
    affiliations: Sequence[Affiliation]
    roles: Sequence[str]

    @property
    def state(self) -> State:
        if self.member.suspended_at is not None:
            return "suspended"
        if self.member.leaves_at is not None:
            return "leaving"
        return "pending" if self.member.activated_at is None else "active"


@dataclass(frozen=True)
class Search:
    """What people are looked for by: words of the name, the beginning of an address or of an identifier."""

    text: str = ""
    state: State | None = None
    role: Role | None = None


async def search(
    session: AsyncSession, actor: Actor, wanted: Search, page: PageRequest
) -> tuple[list[Person], str | None]:
    """The people found, by name, and the cursor of the next page. Raises `Forbidden` and `Invalid`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    found: Page[UUID] = await paginate(
        session, _matching(wanted), (Member.sort_name, Member.id), page, lambda member_id: member_id
    )
    return await people(session, found.items), found.next


async def person(session: AsyncSession, actor: Actor, member_id: UUID) -> Person:
    """Raises `Forbidden` and `NotFound`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    return await person_of(session, member_id)


async def person_of(session: AsyncSession, member_id: UUID) -> Person:
    """Raises `NotFound`."""
    found = await people(session, [member_id])
    if not found:
        raise NotFound
    return found[0]


async def people(session: AsyncSession, ids: Sequence[UUID]) -> list[Person]:
    """Those members, in that order, in four queries. Those who are gone are left out."""
    members = await session.scalars(select(Member).where(Member.id.in_(ids), Member.deleted_at.is_(None)))
    addresses = await session.scalars(
        select(Address).where(Address.member_id.in_(ids)).order_by(Address.is_primary.desc(), Address.id)
    )
    affiliations = await session.scalars(
        placed_affiliations()
        .where(Affiliation.member_id.in_(ids))
        .order_by(Affiliation.starts_on.desc(), Affiliation.id)
    )
    roles = await session.scalars(select(MemberRole).where(MemberRole.member_id.in_(ids)).order_by(MemberRole.role))
    by_id = {member.id: member for member in members}
    addresses_of, affiliations_of, roles_of = _by_member(addresses), _by_member(affiliations), _by_member(roles)
    return [
        Person(by_id[id_], addresses_of[id_], affiliations_of[id_], [held.role for held in roles_of[id_]])
        for id_ in ids
        if id_ in by_id
    ]


def placed_affiliations() -> Select[Affiliation]:
    """Affiliations with their unit, programme and cohort, as they are now."""
    places = (joinedload(Affiliation.unit), joinedload(Affiliation.programme), joinedload(Affiliation.cohort))
    return select(Affiliation).options(*places).execution_options(populate_existing=True)


def is_active() -> ColumnElement[bool]:
    """Members who can sign in."""
    return and_(
        Member.activated_at.is_not(None),
        Member.suspended_at.is_(None),
        Member.leaves_at.is_(None),
        Member.deleted_at.is_(None),
    )


async def is_last_administrator(session: AsyncSession, member_id: UUID) -> bool:
    """Whether without this member nobody would administrate. To be told; verbs judge it under a lock."""
    administrators = select(Member.id).join(MemberRole, MemberRole.member_id == Member.id)
    found = administrators.where(MemberRole.role == "administrator", is_active()).limit(2)
    return list(await session.scalars(found)) == [member_id]


TODAY = bindparam("today", callable_=lambda: clock.now().date(), type_=Date, unique=True)
"""The day on which a statement is executed, whenever it was built."""


def holds_today(held: type[Affiliation] | Any = Affiliation) -> ColumnElement[bool]:
    """Affiliations, or rows of an alias of theirs, that hold today."""
    return holds_on(TODAY, held)


def holds_on(on: date | ColumnElement[date], held: type[Affiliation] | Any = Affiliation) -> ColumnElement[bool]:
    """Those that hold on that day: from `starts_on`, up to but without `ends_on`."""
    return and_(held.starts_on <= on, or_(held.ends_on.is_(None), held.ends_on > on))


def _matching(wanted: Search) -> Select[UUID]:
    query = select(Member.id).where(Member.deleted_at.is_(None))
    if wanted.text:
        named = and_(*[Member.sort_name.contains(word, autoescape=True) for word in sort_name(wanted.text).split()])
        start = wanted.text.strip().lower()
        written_to = exists().where(Address.member_id == Member.id, Address.email.startswith(start, autoescape=True))
        query = query.where(or_(named, written_to, Member.identifier.startswith(start, autoescape=True)))
    if wanted.state is not None:
        query = query.where(_in_state(wanted.state))
    if wanted.role is not None:
        query = query.where(exists().where(MemberRole.member_id == Member.id, MemberRole.role == wanted.role))
    return query


def _in_state(state: State) -> ColumnElement[bool]:
    if state == "suspended":
        return Member.suspended_at.is_not(None)
    if state == "leaving":
        return and_(Member.leaves_at.is_not(None), Member.suspended_at.is_(None))
    activated = Member.activated_at.is_(None) if state == "pending" else Member.activated_at.is_not(None)
    return and_(activated, Member.suspended_at.is_(None), Member.leaves_at.is_(None))


T = TypeVar("T", Address, Affiliation, MemberRole)


def _by_member(rows: Iterable[T]) -> dict[UUID, list[T]]:
    grouped: dict[UUID, list[T]] = defaultdict(list)
    for row in rows:
        grouped[row.member_id].append(row)
    return grouped
