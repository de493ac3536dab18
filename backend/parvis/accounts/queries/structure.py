"""Reading what the institution is made of. Whoever is inside may."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from parvis.accounts.models import Cohort, Programme, Unit
from parvis.accounts.names import sort_name

UNITS_ORDER = (Unit.sort_name, Unit.id)
PROGRAMMES_ORDER = (Programme.sort_name, Programme.id)
COHORTS_ORDER = (Cohort.year.desc(), Cohort.id.desc())
"""The latest first."""


def units(words: str = "", parent_id: UUID | None = None) -> Select[Unit]:
    """Those whose name has these words; with a parent, only those directly in it."""
    query = select(Unit).where(*_has(Unit.sort_name, words))
    return query if parent_id is None else query.where(Unit.parent_id == parent_id)


def programmes(words: str = "", unit_id: UUID | None = None) -> Select[Programme]:
    """Those whose name has these words; with a unit, only those that it teaches."""
    query = select(Programme).where(*_has(Programme.sort_name, words))
    return query if unit_id is None else query.where(Programme.unit_id == unit_id)


def cohorts(programme_id: UUID | None = None) -> Select[Cohort]:
    """Cohorts with their programme; with one given, only its own."""
    query = select(Cohort).options(joinedload(Cohort.programme))
    return query if programme_id is None else query.where(Cohort.programme_id == programme_id)


def _has(column: InstrumentedAttribute[str], words: str) -> list[ColumnElement[bool]]:
    return [column.contains(word, autoescape=True) for word in sort_name(words).split()]
