"""Reading what the institution is made of. Whoever is inside may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from parvis.accounts.models import Affiliation, Cohort, Graduation, Programme, Unit
from parvis.accounts.names import sort_name
from parvis.kernel.errors import NotFound

from .people import holds_today

UNITS_ORDER = (Unit.sort_name, Unit.id)
PROGRAMMES_ORDER = (Programme.sort_name, Programme.id)
COHORTS_ORDER = (Cohort.year.desc(), Cohort.id.desc())
"""The latest first."""


@dataclass(frozen=True)
class Referring:
    """How many things refer to a unit, programme or cohort; while there are any, it is not deleted."""

    units: int = 0
    programmes: int = 0
    cohorts: int = 0
    affiliations: int = 0

    @property
    def any(self) -> bool:
        return bool(self.units or self.programmes or self.cohorts or self.affiliations)


@dataclass(frozen=True)
class Placed:
    """A unit, with those that it is in (the outermost first) and what refers to it."""

    unit: Unit
    inside: Sequence[Unit]
    referring: Referring


def units(words: str = "", parent_id: UUID | None = None, *, outermost: bool = False) -> Select[Unit, int]:
    """Units with how many are directly in each. Those whose name has these words; with a parent, only those directly in
    it; `outermost`: only those in none."""
    inner = aliased(Unit)
    inside: ScalarSelect[int] = select(func.count()).where(inner.parent_id == Unit.id).scalar_subquery()
    query = select(Unit, inside.label("inside")).where(*_has(Unit.sort_name, words))
    if outermost:
        query = query.where(Unit.parent_id.is_(None))
    return query if parent_id is None else query.where(Unit.parent_id == parent_id)


def programmes(words: str = "", unit_id: UUID | None = None) -> Select[Programme]:
    """Those whose name has these words; with a unit, only those that it teaches."""
    query = select(Programme).where(*_has(Programme.sort_name, words))
    return query if unit_id is None else query.where(Programme.unit_id == unit_id)


def cohorts(programme_id: UUID | None = None, *, counted: bool = False) -> Select[Cohort, int | None, date | None]:
    """Cohorts with their programme; how many study in each today, if `counted`; and on which day each graduates, once
    that is said. With a programme, only its own."""
    students: ScalarSelect[int] = (
        select(func.count(func.distinct(Affiliation.member_id)))
        .where(Affiliation.cohort_id == Cohort.id, Affiliation.kind == "student", holds_today())
        .scalar_subquery()
    )
    standing = (Graduation.cohort_id == Cohort.id, Graduation.undone_at.is_(None), Graduation.cancelled_at.is_(None))
    graduates_on: ScalarSelect[date] = select(Graduation.held_on).where(*standing).scalar_subquery()
    query = select(Cohort, (students if counted else null()).label("students"), graduates_on.label("graduates_on"))
    query = query.options(joinedload(Cohort.programme))
    return query if programme_id is None else query.where(Cohort.programme_id == programme_id)


def descendants(unit_id: UUID) -> Select[UUID]:
    """The ids of a unit and of all that is in it, at any depth. A condition: `Affiliation.unit_id.in_(descendants(…))`.

    `UNION` leaves out what was found before, so that it ends whatever the tree holds.
    """
    found = select(Unit.id).where(Unit.id == unit_id).cte(recursive=True)
    return select(found.union(select(Unit.id).where(Unit.parent_id == found.c.id)).c.id)


def ancestors(unit_id: UUID) -> Select[Unit]:
    """The unit itself and those that it is in, the outermost first."""
    start = select(Unit.id, Unit.parent_id, literal(0).label("depth")).where(Unit.id == unit_id)
    up = start.cte(recursive=True)
    found = up.union_all(select(Unit.id, Unit.parent_id, up.c.depth + 1).where(Unit.id == up.c.parent_id))
    return select(Unit).join(found, found.c.id == Unit.id).order_by(found.c.depth.desc())


async def unit(session: AsyncSession, unit_id: UUID) -> Placed:
    """Raises `NotFound`."""
    path = (await session.scalars(ancestors(unit_id))).all()
    if not path:
        raise NotFound
    return Placed(path[-1], path[:-1], await referring_to_unit(session, unit_id))


async def programme(session: AsyncSession, programme_id: UUID) -> tuple[Programme, Unit | None, Referring]:
    """A programme, and its unit. Raises `NotFound`."""
    query = select(Programme, Unit).join(Unit, Unit.id == Programme.unit_id, isouter=True)
    row = (await session.execute(query.where(Programme.id == programme_id))).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], await referring_to_programme(session, programme_id)


async def cohort(
    session: AsyncSession, cohort_id: UUID, *, counted: bool = False
) -> tuple[Cohort, int | None, date | None]:
    """A cohort, how many study in it and when it graduates. Raises `NotFound`."""
    found = cohorts(counted=counted).where(Cohort.id == cohort_id).execution_options(populate_existing=True)
    row = (await session.execute(found)).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1], row[2]


async def referring_to_unit(session: AsyncSession, unit_id: UUID) -> Referring:
    return await _referring(
        session,
        units=_count(Unit.parent_id == unit_id),
        programmes=_count(Programme.unit_id == unit_id),
        affiliations=_count(Affiliation.unit_id == unit_id),
    )


async def referring_to_programme(session: AsyncSession, programme_id: UUID) -> Referring:
    return await _referring(
        session,
        cohorts=_count(Cohort.programme_id == programme_id),
        affiliations=_count(Affiliation.programme_id == programme_id),
    )


async def referring_to_cohort(session: AsyncSession, cohort_id: UUID) -> Referring:
    return await _referring(session, affiliations=_count(Affiliation.cohort_id == cohort_id))


async def _referring(session: AsyncSession, **counts: ScalarSelect[Any]) -> Referring:
    rows = await session.execute(select(*[count.label(name) for name, count in counts.items()]))
    return Referring(**rows.mappings().one())


def _count(of: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(of).scalar_subquery()


def _has(column: InstrumentedAttribute[str], words: str) -> list[ColumnElement[bool]]:
    return [column.contains(word, autoescape=True) for word in sort_name(words).split()]
