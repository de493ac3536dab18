"""Whom an e-mail address stands for, today."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Affiliation, Member, Organisation, Password
from parvis.kernel import clock

from .people import holds_today, placed_affiliations

Holder = tuple[Member, Address]


@dataclass(frozen=True, slots=True)
class Awaited:
    """Somebody whom the institution entered, where, and what it says of him today, in words."""

    member: Member
    address: Address
    affiliations: Sequence[str]


def identifying() -> ColumnElement[bool]:
    """Addresses that identify their member, reset his password and are written to: verified ones, while they last."""
    return and_(Address.verified_at.is_not(None), lasting())


def lasting() -> ColumnElement[bool]:
    """An institution's addresses last until the last affiliation that it gave ends: they may then be given to somebody
    else. A member's own last for ever."""
    gave = and_(Affiliation.member_id == Address.member_id, Affiliation.kind != "alum")
    goes_on = or_(Affiliation.ends_on.is_(None), Affiliation.ends_on > clock.now().date())
    over = and_(exists().where(gave), not_(exists().where(gave, goes_on)))
    return or_(Address.kind == "personal", not_(over))


async def holder_of(session: AsyncSession, email: str) -> Holder | None:
    """The member who can sign in by this address, be it to take back that he wanted to leave."""
    active = (Member.activated_at.is_not(None), Member.suspended_at.is_(None), Member.deleted_at.is_(None))
    found = _with_member().where(Address.email == email, identifying(), *active)
    return await _one(session, found)


async def awaited_at(session: AsyncSession, email: str) -> Holder | None:
    """The member whom the institution entered with this address, and who has not come yet."""
    found = _with_member().where(Address.email == email, *_waiting()).order_by(Member.id.desc()).limit(1)
    return await _one(session, found)


async def holder_by(session: AsyncSession, address_id: UUID | None) -> Holder | None:
    """The same as `holder_of`, by the address's id."""
    found = _with_member().where(Address.id == address_id, identifying())
    return await _one(session, found)


async def awaited_by(session: AsyncSession, member_id: UUID | None, address_id: UUID | None) -> Awaited | None:
    """The record of somebody who has not come yet, when it still waits at this address. Two queries."""
    found = _with_member().where(Address.id == address_id, Member.id == member_id, *_waiting())
    holder = await _one(session, found)
    if holder is None:
        return None
    said = await session.scalars(placed_affiliations().where(Affiliation.member_id == member_id, holds_today()))
    return Awaited(*holder, sorted({item.words for item in said if item.words}))


async def unopened_by(session: AsyncSession, address_id: UUID | None) -> Holder | None:
    """Somebody who has not come yet, suspended or not, by the id of an address that is still his."""
    unopened = (Member.activated_at.is_(None), Member.deleted_at.is_(None), lasting())
    return await _one(session, _with_member().where(Address.id == address_id, *unopened))


async def password_at(session: AsyncSession, email: str) -> tuple[UUID, str] | None:
    """The member of this address, and what is kept of the password, if there is one."""
    found = (
        select(Password.member_id, Password.hash)
        .join(Address, Address.member_id == Password.member_id)
        .where(Address.email == email, identifying())
    )
    row = (await session.execute(found)).one_or_none()
    return (row.member_id, row.hash) if row else None


async def known_of(session: AsyncSession, member_id: UUID) -> Sequence[str]:
    """What anybody knows of a member, which no password may be made of: names and addresses."""
    rows = await session.execute(
        select(Member.name, Address.email, Organisation.name)
        .join(Address, Address.member_id == Member.id, isouter=True)
        .join(Organisation, Organisation.id == 1, isouter=True)
        .where(Member.id == member_id)
    )
    return sorted({text for row in rows.all() for text in row if text})


def _waiting() -> tuple[ColumnElement[bool], ...]:
    return Member.activated_at.is_(None), Member.suspended_at.is_(None), Member.deleted_at.is_(None), lasting()


def _with_member() -> Select[Member, Address]:
    return select(Member, Address).join(Member, Member.id == Address.member_id)


async def _one(session: AsyncSession, found: Select[Member, Address]) -> Holder | None:
    row = (await session.execute(found)).one_or_none()
    return (row[0], row[1]) if row else None
