"""The directory over HTTP."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import Query
from pydantic import Field

from parvis.accounts.models import Affiliation
from parvis.accounts.models.people import Public
from parvis.accounts.names import sort_name
from parvis.accounts.publics import PUBLIC_OF
from parvis.accounts.schemas.avatar import AvatarOut
from parvis.kernel.errors import Text
from parvis.kernel.i18n import Language, pick
from parvis.kernel.schemas import Line, Out
from parvis.profiles.schemas.people import avatar_out

from .facets import Counted, Facets
from .filters import Wanted
from .models import Facet
from .queries import Card, Sort

FacetName = Literal["public", "unit", "programme", "cohort", "city", "skill", "mentoring"]
PersonAbility = Literal["see_profile"]

LABELS: Mapping[tuple[Facet, str], Text] = {
    ("public", "student"): {"fr": "Étudiants", "en": "Students"},
    ("public", "alum"): {"fr": "Alumni", "en": "Alumni"},
    ("public", "staff"): {"fr": "Personnels", "en": "Staff"},
    ("public", "partner"): {"fr": "Entreprises", "en": "Companies"},
    ("mentoring", "open"): {"fr": "Propose du mentorat", "en": "Offers mentoring"},
}
SKILLS_ON_CARD = 3
MOST_CHOSEN = 20

Key = Annotated[Line, Field(min_length=1, max_length=120)]


@dataclass(frozen=True)
class DirectoryFilters:
    """Whom to find: any of the values of one parameter, and something of each."""

    q: Annotated[Line, Query(max_length=200, description="Words of the name or of what people show.")] = ""
    public: Annotated[list[Public] | None, Query(max_length=4)] = None
    unit: Annotated[
        list[UUID] | None, Query(max_length=MOST_CHOSEN, description="Units with all that stand in them.")
    ] = None
    programme: Annotated[list[UUID] | None, Query(max_length=MOST_CHOSEN)] = None
    cohort: Annotated[list[Annotated[int, Field(ge=1900, le=2200)]] | None, Query(max_length=MOST_CHOSEN)] = None
    city: Annotated[list[Key] | None, Query(max_length=MOST_CHOSEN)] = None
    skill: Annotated[list[Key] | None, Query(max_length=MOST_CHOSEN)] = None
    mentoring: Annotated[bool, Query(description="Only those who offer mentoring.")] = False

    def wanted(self) -> Wanted:
        chosen: dict[Facet, Sequence[str]] = {
            "public": self.public or (),
            "unit": [str(unit_id) for unit_id in self.unit or ()],
            "programme": [str(programme_id) for programme_id in self.programme or ()],
            "cohort": [str(year) for year in self.cohort or ()],
            "city": [sort_name(city) for city in self.city or ()],
            "skill": [sort_name(skill) for skill in self.skill or ()],
            "mentoring": ["open"] if self.mentoring else (),
        }
        return Wanted(self.q, {facet: keys for facet, keys in chosen.items() if keys})


class CardAffiliation(Out):
    """What somebody is to the institution today, in words."""

    public: Public | None
    unit: str | None
    programme: str | None
    title: str | None
    since: date

    @classmethod
    def of(cls, affiliation: Affiliation) -> Self:
        return cls(
            public=PUBLIC_OF.get(affiliation.kind),
            unit=affiliation.unit.name if affiliation.unit else None,
            programme=affiliation.programme.name if affiliation.programme else None,
            title=affiliation.title,
            since=affiliation.starts_on,
        )


class PersonCardOut(Out):
    """Somebody in the directory, as far as he shows himself to you."""

    id: UUID
    name: str
    pronouns: str | None
    avatar: AvatarOut | None
    public: Public | None = Field(description="The one shown of his publics, which are hidden with the affiliations.")
    affiliations: list[CardAffiliation] = Field(description="Those of today, the latest first.")
    headline: str | None
    city: str | None
    skills: list[str] = Field(description="The first three.")
    mentoring: bool = Field(description="Whether mentoring is offered.")
    abilities: list[PersonAbility]

    @classmethod
    def of(cls, card: Card) -> Self:
        said = card.values
        return cls(
            id=card.member.id,
            name=card.member.name,
            pronouns=said.get("pronouns"),
            avatar=avatar_out(card.member.id, said.get("avatar")),
            public=card.public,
            affiliations=[CardAffiliation.of(affiliation) for affiliation in card.affiliations],
            headline=said.get("headline"),
            city=said.get("place", {}).get("city") or None,
            skills=said.get("skills", [])[:SKILLS_ON_CARD],
            mentoring="mentoring" in said,
            abilities=["see_profile"],
        )


class FacetValueOut(Out):
    """A value, and how many of those found have it and show it to you."""

    key: str = Field(description="What the parameter of that name takes.")
    label: str
    people: int
    chosen: bool

    @classmethod
    def of(cls, facet: Facet, counted: Counted, language: Language) -> Self:
        words = LABELS.get((facet, counted.key))
        return cls(
            key=counted.key,
            label=pick(words, language) if words else counted.label,
            people=counted.people,
            chosen=counted.is_chosen,
        )


class FacetOut(Out):
    """A facet, counted as if nothing of it were chosen: the values that most have, and those that are chosen."""

    name: FacetName
    values: list[FacetValueOut]


class FacetsOut(Out):
    """How many people are found, and what they can be chosen by further."""

    people: int
    facets: list[FacetOut]

    @classmethod
    def of(cls, found: Facets, language: Language) -> Self:
        return cls(
            people=found.people,
            facets=[
                FacetOut(name=name, values=[FacetValueOut.of(name, value, language) for value in values])
                for name, values in found.values.items()
            ],
        )


class FacetValuesOut(Out):
    """Values of one facet."""

    items: list[FacetValueOut]


SortQuery = Annotated[Sort | None, Query(description="Default: `relevance` where words are looked for, else `name`.")]
