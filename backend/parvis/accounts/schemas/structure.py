"""Units, programmes and cohorts over HTTP."""

from uuid import UUID

from parvis.accounts.models.structure import UnitKind
from parvis.kernel.schemas import Out


class UnitRef(Out):
    """A unit, as things that stand in it name it."""

    id: UUID
    name: str


class ProgrammeRef(Out):
    """A programme, as those who follow it name it."""

    id: UUID
    name: str


class CohortRef(Out):
    """A cohort: the year in which it is due to graduate."""

    id: UUID
    year: int


class UnitOut(Out):
    """A faculty, department, laboratory, service or company."""

    id: UUID
    code: str | None
    name: str
    kind: UnitKind
    parent_id: UUID | None


class ProgrammeOut(Out):
    """What is studied."""

    id: UUID
    code: str | None
    name: str
    unit_id: UUID | None


class CohortOut(Out):
    """Those of one programme who are due to graduate in one year."""

    id: UUID
    programme: ProgrammeRef
    year: int
