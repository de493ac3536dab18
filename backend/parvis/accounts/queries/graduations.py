"""Reading what graduations concern. For people administrators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Affiliation, Cohort, Graduation, GraduationReminder, Member
from parvis.kernel import clock

from .identities import identifying, lasting

LACKING_ORDER = (Member.sort_name, Member.id)
REMINDED_EVERY = timedelta(days=7)


@dataclass(frozen=True)
class Preview:
    """Who graduates from a cohort on that day, and how many of them keep a way in by then."""

    cohort: Cohort
    on: date
    students: int
    ready: int
    unreachable: int
    graduation: Graduation | None

    @property
    def lacking(self) -> int:
        return self.students - self.ready


def studies(cohort_id: UUID, on: date) -> ColumnElement[bool]:
    """Affiliations of those who study in the cohort until that day, and so graduate on it."""
    return and_(
        Affiliation.cohort_id == cohort_id,
        Affiliation.kind == "student",
        Affiliation.starts_on < on,
        or_(Affiliation.ends_on.is_(None), Affiliation.ends_on >= on),
    )


def students(cohort_id: UUID, on: date) -> ColumnElement[bool]:
    """The members among them, each once."""
    member_ids = select(Affiliation.member_id).where(studies(cohort_id, on))
    return and_(Member.id.in_(member_ids), Member.deleted_at.is_(None))


def has_own_way_in() -> ColumnElement[bool]:
    """Who has confirmed an address of his own: a link to it lets him in, with or without a password or passkey.

    A password alone does not, as it is asked for beside an address; a passkey alone would, until it is lost.
    """
    own = (Address.member_id == Member.id, Address.kind == "personal", Address.verified_at.is_not(None))
    return exists().where(*own).correlate(Member)


def reaching() -> ColumnElement[bool]:
    """The address that a member is written to: the main one, while it is his; of who has not come yet, the one that
    the institution entered."""
    his = or_(identifying(), and_(Member.activated_at.is_(None), lasting()))
    return and_(Address.member_id == Member.id, Address.is_primary, Member.suspended_at.is_(None), his)


def reachable() -> ColumnElement[bool]:
    return exists().where(reaching()).correlate(Member)


def lacking(cohort_id: UUID, on: date) -> Select[Member, str | None, bool, datetime | None]:
    """Those who would have no way in, with their main address, whether it reaches them, and when they were last
    reminded."""
    main = select(Address.email).where(Address.member_id == Member.id, Address.is_primary).limit(1).scalar_subquery()
    return (
        select(Member, main.label("email"), reachable().label("reachable"), GraduationReminder.sent_at)
        .join(GraduationReminder, GraduationReminder.member_id == Member.id, isouter=True)
        .where(students(cohort_id, on), ~has_own_way_in())
    )


def to_remind(cohort_id: UUID, on: date) -> tuple[ColumnElement[bool], ...]:
    """Those of them who can be written to, and were not in the last seven days."""
    lately = exists().where(
        GraduationReminder.member_id == Member.id, GraduationReminder.sent_at > clock.now() - REMINDED_EVERY
    )
    return (students(cohort_id, on), ~has_own_way_in(), reachable(), ~lately)


async def preview(session: AsyncSession, cohort: Cohort, on: date | None) -> Preview:
    """`on`: by default the day of the graduation under way, else today. Three queries."""
    graduation = await graduation_of(session, cohort.id)
    day = on or (graduation.held_on if graduation else clock.now().date())
    lost = and_(~has_own_way_in(), ~reachable())
    counts = select(func.count(), func.count().filter(has_own_way_in()), func.count().filter(lost))
    found = await session.execute(counts.select_from(Member).where(students(cohort.id, day)))
    all_, ready, unreachable = found.one()
    return Preview(cohort, day, all_, ready, unreachable, graduation)


async def graduation_of(session: AsyncSession, cohort_id: UUID) -> Graduation | None:
    """The one that stands, or that is being undone."""
    query = select(Graduation).where(Graduation.cohort_id == cohort_id, Graduation.undone_at.is_(None))
    return (await session.scalars(query)).one_or_none()


async def graduations_of(session: AsyncSession, cohort_ids: Sequence[UUID]) -> dict[UUID, Graduation]:
    found = await session.scalars(
        select(Graduation).where(Graduation.cohort_id.in_(cohort_ids), Graduation.undone_at.is_(None))
    )
    return {graduation.cohort_id: graduation for graduation in found}
