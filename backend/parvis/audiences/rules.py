"""What an audience is: criteria that all hold, of which any holds, of which none holds. Typed, so that it reads as a
sentence, and is kept as it was said."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts.models.people import AffiliationKind, Public
from parvis.kernel.errors import FieldError, Invalid, Text
from parvis.kernel.schemas import Day, In, Line

VERSION = 1
"""Of the form that rules are kept in."""
MOST_CRITERIA = 12
MOST_VALUES = 30
"""Of all criteria together: each is a bit, or two, of what people are told apart by in `counting.py`."""
MOST_OF_ONE = 20

WOULD_TELL: Text = {
    "fr": "Être là dirait à tous ce que seules certaines personnes peuvent savoir : choisissez autre chose.",
    "en": "To be there would tell everybody what only some may know: choose something else.",
}

T = TypeVar("T")


def _each_once(values: list[T]) -> list[T]:
    return list(dict.fromkeys(values))


Each = AfterValidator(_each_once)
Ids = Annotated[list[UUID], Field(min_length=1, max_length=MOST_OF_ONE), Each]
Word = Annotated[Line, Field(min_length=1, max_length=120)]
Words = Annotated[list[Word], Field(min_length=1, max_length=MOST_OF_ONE), Each]
Year = Annotated[int, Field(ge=1900, le=2200)]
As = Annotated[
    Public | None, Field(description="Only those who are there as that, students say; null: whatever they are there.")
]


class PublicIs(In):
    """Of one of these publics today."""

    kind: Literal["public"]
    publics: Annotated[list[Public], Field(min_length=1, max_length=4), Each]

    @property
    def values(self) -> Sequence[Any]:
        return self.publics


class UnitIs(In):
    """In one of these units, or in what is in them, today."""

    kind: Literal["unit"]
    ids: Ids
    public: As = None

    @property
    def values(self) -> Sequence[Any]:
        return self.ids


class ProgrammeIs(In):
    """Of one of these programmes today."""

    kind: Literal["programme"]
    ids: Ids
    public: As = None

    @property
    def values(self) -> Sequence[Any]:
        return self.ids


class CohortIs(In):
    """Of one of these cohorts today: of one programme and one year."""

    kind: Literal["cohort"]
    ids: Ids
    public: As = None

    @property
    def values(self) -> Sequence[Any]:
        return self.ids


class YearIs(In):
    """Of a cohort of one of these years today, in whatever programme."""

    kind: Literal["year"]
    years: Annotated[list[Year], Field(min_length=1, max_length=MOST_OF_ONE), Each]
    public: As = None

    @property
    def values(self) -> Sequence[Any]:
        return self.years


class CityIs(In):
    """Shows to the whole organisation that he lives in one of these cities."""

    kind: Literal["city"]
    cities: Words

    @property
    def values(self) -> Sequence[Any]:
        return self.cities


class SkillIs(In):
    """Shows to the whole organisation one of these skills."""

    kind: Literal["skill"]
    skills: Words

    @property
    def values(self) -> Sequence[Any]:
        return self.skills


class CommunityIs(In):
    """In one of these communities, whose members you may list, and none of which is secret."""

    kind: Literal["community"]
    ids: Ids

    @property
    def values(self) -> Sequence[Any]:
        return self.ids


class AffiliationIs(In):
    """Has an affiliation of one of these kinds, at the times said: today, when none is.

    Each time is of the same affiliation. `held_from` and `held_until` alone or together: it held on some day between.
    """

    kind: Literal["affiliation"]
    kinds: Annotated[list[AffiliationKind], Field(min_length=1, max_length=7), Each]
    held_on: Day | None = Field(None, description="It held on that day.")
    held_from: Day | None = Field(None, description="It held on that day or later.")
    held_until: Day | None = Field(None, description="It held on that day or earlier.")
    started_from: Day | None = Field(None, description="It began on that day or later.")
    started_before: Day | None = Field(None, description="It began before that day.")
    ended_from: Day | None = Field(None, description="It ended on that day or later, or is to.")
    ended_before: Day | None = Field(None, description="It ended before that day, or is to.")

    @property
    def values(self) -> Sequence[Any]:
        return self.kinds

    @property
    def days(self) -> Mapping[str, date]:
        """The times that are said."""
        named = {name: getattr(self, name) for name in DAYS}
        return {name: day for name, day in named.items() if day is not None}

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        pairs = (
            (self.held_from, self.held_until),
            (self.started_from, self.started_before),
            (self.ended_from, self.ended_before),
        )
        if any(first is not None and last is not None and first > last for first, last in pairs):
            raise PydanticCustomError("order", "the first day comes after the last")
        return self


DAYS = (
    *("held_on", "held_from", "held_until"),
    *("started_from", "started_before", "ended_from", "ended_before"),
)

Criterion = Annotated[
    PublicIs | UnitIs | ProgrammeIs | CohortIs | YearIs | CityIs | SkillIs | CommunityIs | AffiliationIs,
    Field(discriminator="kind"),
]
Criteria = Annotated[list[Criterion], Field(max_length=MOST_CRITERIA)]


class Rule(In):
    """Whom an audience takes in: those for whom each criterion of `all` holds, one of `any` where there are some, and
    none of `none`. Without any criterion: everybody. Guests are in none."""

    all: Criteria = Field(default_factory=list)
    any: Criteria = Field(default_factory=list)
    none: Criteria = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Self:
        if len(self.criteria) > MOST_CRITERIA:
            raise PydanticCustomError("too_many_criteria", f"an audience has {MOST_CRITERIA} criteria at most")
        if sum(len(criterion.values) for criterion in self.criteria) > MOST_VALUES:
            raise PydanticCustomError("too_many_values", f"an audience names {MOST_VALUES} things at most")
        return self

    @property
    def criteria(self) -> Sequence[Criterion]:
        return [*self.all, *self.any, *self.none]

    def ids(self, kind: str) -> list[UUID]:
        """What the criteria of this kind name."""
        named = (criterion for criterion in self.criteria if criterion.kind == kind)
        return list(dict.fromkeys(id_ for criterion in named for id_ in criterion.values))


def with_values(criterion: Criterion, values: Sequence[Any], *, as_said: bool = True) -> Criterion:
    """The same of some of its values. Not `as_said`: whatever people are there as."""
    named = {"public": "publics", "year": "years", "city": "cities", "skill": "skills", "affiliation": "kinds"}
    said: dict[str, Any] = {named.get(criterion.kind, "ids"): list(values)}
    return criterion.model_copy(update=said if as_said else {**said, "public": None})


def refuse_hidden(rule: Rule) -> None:
    """For those who will be seen to be what the rule says: it may ask for what they are today, and show. Raises
    `Invalid` for a community, whose members not everybody lists, and for times gone by, which no profile tells."""
    for group in ("all", "any", "none"):
        for place, criterion in enumerate(getattr(rule, group)):
            if criterion.kind == "community" or (criterion.kind == "affiliation" and criterion.days):
                raise Invalid(fields=[FieldError(f"rule/{group}/{place}", "would_tell", WOULD_TELL)])


def kept(rule: Rule) -> dict[str, Any]:
    """As a rule is kept."""
    return {"version": VERSION, **rule.model_dump(mode="json", exclude_none=True)}


def read(said: Mapping[str, Any]) -> Rule:
    """A rule that was kept. Raises `ValueError` for a form that is not known."""
    if said.get("version") != VERSION:
        raise ValueError(f"a rule of version {said.get('version')!r}")
    return Rule.model_validate({name: said[name] for name in ("all", "any", "none")})
