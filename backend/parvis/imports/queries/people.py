"""The people of a batch, as the ledger holds them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Affiliation, Cohort, Member, MemberRole, Programme, Unit
from parvis.accounts.queries.identities import identifying
from parvis.imports.difference import Held, Known, Recorded, Terms
from parvis.imports.models import ImportedLine, InstitutionRecord

ABOVE = ("administrator", "people_administrator")
"""Whom people administrators do not manage (`accounts.policy.may_manage`)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A member, as another one's line meets him."""

    member_id: UUID
    name: str
    identifier: str | None


@dataclass(frozen=True)
class Acquaintance:
    """A member with the identifier of a line. `is_above`: only administrators manage him."""

    known: Known
    is_above: bool
    is_erased: bool


async def acquaintances(session: AsyncSession, identifiers: Collection[str]) -> Mapping[str, Acquaintance]:
    """Those who have these identifiers, in five queries."""
    found = await session.execute(
        select(Member.id, Member.identifier, Member.name, Member.activated_at, Member.deleted_at).where(
            Member.identifier.in_(identifiers)
        )
    )
    members = {row.id: row for row in found}
    emails, held, above, recorded = await _of(session, list(members))
    return {
        row.identifier: Acquaintance(
            Known(id_, row.name, row.activated_at is not None, emails[id_], recorded.get(id_), held[id_]),
            is_above=id_ in above,
            is_erased=row.deleted_at is not None,
        )
        for id_, row in members.items()
    }


async def holders_of_addresses(session: AsyncSession, emails: Collection[str]) -> Mapping[str, Holder]:
    """Who is identified by these addresses today."""
    if not emails:
        return {}
    rows = await session.execute(
        select(Address.email, Member.id, Member.name, Member.identifier)
        .join(Member, Member.id == Address.member_id)
        .where(Address.email.in_(emails), Member.deleted_at.is_(None), identifying())
    )
    return {email: Holder(id_, name, identifier) for email, id_, name, identifier in rows}


async def unidentified_named(session: AsyncSession, sort_names: Collection[str]) -> Mapping[str, Sequence[Holder]]:
    """Accounts without identifier that have these names, three of each at most."""
    if not sort_names:
        return {}
    rank = func.row_number().over(partition_by=Member.sort_name, order_by=Member.id).label("rank")
    namesakes = (
        select(Member.sort_name, Member.id, Member.name, rank)
        .where(
            Member.sort_name.in_(sort_names),
            Member.identifier.is_(None),
            Member.activated_at.is_not(None),
            Member.deleted_at.is_(None),
        )
        .subquery()
    )
    found: dict[str, list[Holder]] = defaultdict(list)
    for row in await session.execute(select(namesakes).where(namesakes.c.rank <= 3).order_by(namesakes.c.rank)):
        found[row.sort_name].append(Holder(row.id, row.name, None))
    return found


def closable(terms: Terms, *, is_administrators: bool) -> Select[*tuple[Any, ...]]:
    """Affiliations that a complete file may end: id, member, identifier, name, kind and words of each."""
    query = (
        select(
            Affiliation.id,
            Affiliation.member_id,
            Member.identifier,
            Member.name,
            Affiliation.kind,
            _words().label("words"),
        )
        .join(Member, Member.id == Affiliation.member_id)
        .outerjoin(Unit, Unit.id == Affiliation.unit_id)
        .outerjoin(Programme, Programme.id == Affiliation.programme_id)
        .where(
            Affiliation.source == "institution",
            Affiliation.kind.in_(terms.closes),
            Affiliation.starts_on < terms.today,
            or_(Affiliation.ends_on.is_(None), Affiliation.ends_on > terms.today),
            Member.identifier.is_not(None),
            Member.deleted_at.is_(None),
        )
    )
    return query if is_administrators else query.where(~exists().where(_is_above(Member.id)))


def named_by(import_id: UUID) -> ColumnElement[bool]:
    """Members whom a line of the file names, were it refused."""
    return exists().where(ImportedLine.import_id == import_id, ImportedLine.identifier == Member.identifier)


def _is_above(member_id: Any) -> ColumnElement[bool]:
    return and_(MemberRole.member_id == member_id, MemberRole.role.in_(ABOVE))


def _words() -> ColumnElement[str | None]:
    return func.coalesce(Affiliation.title, Programme.name, Unit.name)


async def _of(
    session: AsyncSession, ids: Sequence[UUID]
) -> tuple[Mapping[UUID, set[str]], Mapping[UUID, list[Held]], set[UUID], Mapping[UUID, Recorded]]:
    emails, held = defaultdict[UUID, set[str]](set), defaultdict[UUID, list[Held]](list)
    if not ids:
        return emails, held, set(), {}
    for member_id, email in await session.execute(
        select(Address.member_id, Address.email).where(Address.member_id.in_(ids))
    ):
        emails[member_id].add(email)
    for row in await session.execute(_said_by_the_institution(ids)):
        held[row.member_id].append(_held(row))
    above = await session.scalars(
        select(MemberRole.member_id).where(MemberRole.member_id.in_(ids), MemberRole.role.in_(ABOVE))
    )
    records = await session.execute(
        select(
            InstitutionRecord.member_id,
            InstitutionRecord.name,
            InstitutionRecord.email,
            InstitutionRecord.personal_email,
        ).where(InstitutionRecord.member_id.in_(ids))
    )
    recorded = {member_id: Recorded(name, email, personal) for member_id, name, email, personal in records}
    return emails, held, set(above), recorded


def _said_by_the_institution(ids: Sequence[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Affiliation.id,
            Affiliation.member_id,
            Affiliation.kind,
            Affiliation.unit_id,
            Affiliation.programme_id,
            Affiliation.cohort_id,
            Affiliation.title,
            Affiliation.starts_on,
            Affiliation.ends_on,
            Cohort.graduated_at,
            _words().label("words"),
        )
        .outerjoin(Cohort, Cohort.id == Affiliation.cohort_id)
        .outerjoin(Unit, Unit.id == Affiliation.unit_id)
        .outerjoin(Programme, Programme.id == Affiliation.programme_id)
        .where(Affiliation.member_id.in_(ids), Affiliation.source == "institution")
    )


def _held(row: Any) -> Held:
    return Held(
        row.id,
        row.kind,
        row.unit_id.hex if row.unit_id else None,
        row.programme_id.hex if row.programme_id else None,
        row.cohort_id.hex if row.cohort_id else None,
        row.title,
        row.starts_on,
        row.ends_on,
        has_graduated=row.graduated_at is not None,
        words=row.words,
    )
