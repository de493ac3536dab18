"""Units, programmes and cohorts over HTTP."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Cohort, Programme, Unit
from parvis.accounts.models.structure import UnitKind
from parvis.accounts.queries.structure import Placed, Referring
from parvis.kernel.schemas import In, Line, Out, refuse_null

PlaceName = Annotated[Line, Field(min_length=1, max_length=160)]
Code = Annotated[Line, Field(min_length=1, max_length=64, description="The institution’s own; no two share one.")]
Year = Annotated[int, Field(ge=1900, le=2200, description="In which its people are due to graduate.")]


class UnitDraft(In):
    name: PlaceName
    kind: UnitKind
    code: Code | None = None
    parent_id: UUID | None = Field(None, description="The unit that it is part of; null: of none.")


class UnitChange(In):
    """What to change; what is absent stays. Only `code` and `parent_id` may be null."""

    name: PlaceName | None = None
    kind: UnitKind | None = None
    code: Code | None = None
    parent_id: UUID | None = None

    @model_validator(mode="after")
    def _has_a_name_and_a_kind(self) -> Self:
        refuse_null(self, self.model_fields_set & {"name", "kind"})
        return self


class ProgrammeDraft(In):
    name: PlaceName
    code: Code | None = None
    unit_id: UUID | None = Field(None, description="The unit that teaches it.")


class ProgrammeChange(In):
    """What to change; what is absent stays. Only `code` and `unit_id` may be null."""

    name: PlaceName | None = None
    code: Code | None = None
    unit_id: UUID | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        refuse_null(self, self.model_fields_set & {"name"})
        return self


class CohortDraft(In):
    programme_id: UUID
    year: Year


class CohortChange(In):
    year: Year


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
    inside: int = Field(description="How many units are directly in it.")

    @classmethod
    def of(cls, unit: Unit, inside: int) -> Self:
        return cls(id=unit.id, code=unit.code, name=unit.name, kind=unit.kind, parent_id=unit.parent_id, inside=inside)


class UnitPlaceOut(UnitOut):
    """A unit, with where it stands."""

    path: list[UnitRef] = Field(description="The units that it is in, the outermost first.")
    abilities: list[policy.StructureAbility]

    @classmethod
    def placed(cls, placed: Placed, actor: Actor) -> Self:
        unit, referring = placed.unit, placed.referring
        return cls(
            **dict(UnitOut.of(unit, referring.units)),
            path=[UnitRef.model_validate(one) for one in placed.inside],
            abilities=policy.structure_abilities(actor, referred_to=referring.any),
        )


class ProgrammeOut(Out):
    """What is studied."""

    id: UUID
    code: str | None
    name: str
    unit_id: UUID | None


class ProgrammePlaceOut(ProgrammeOut):
    """A programme, with the unit that teaches it."""

    unit: UnitRef | None
    abilities: list[policy.StructureAbility]

    @classmethod
    def placed(cls, programme: Programme, unit: Unit | None, referring: Referring, actor: Actor) -> Self:
        return cls(
            **dict(ProgrammeOut.model_validate(programme)),
            unit=UnitRef.model_validate(unit) if unit else None,
            abilities=policy.structure_abilities(actor, referred_to=referring.any),
        )


class CohortOut(Out):
    """Those of one programme who are due to graduate in one year."""

    id: UUID
    programme: ProgrammeRef
    year: int
    students: int | None = Field(description="How many study in it today; null unless you administer people.")
    graduates_on: date | None = Field(description="The first day as alumni, once it is said.")

    @classmethod
    def of(cls, cohort: Cohort, students: int | None, graduates_on: date | None) -> Self:
        return cls(
            id=cohort.id,
            programme=ProgrammeRef.model_validate(cohort.programme),
            year=cohort.year,
            students=students,
            graduates_on=graduates_on,
        )


class CohortPlaceOut(CohortOut):
    """A cohort, with what may be done to it."""

    abilities: list[policy.StructureAbility]

    @classmethod
    def placed(
        cls, cohort: Cohort, students: int | None, graduates_on: date | None, referring: Referring, actor: Actor
    ) -> Self:
        abilities = policy.structure_abilities(actor, referred_to=referring.any)
        return cls(**dict(CohortOut.of(cohort, students, graduates_on)), abilities=abilities)
