"""Profiles over HTTP: as others see them, and as their members write them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from parvis.accounts.actor import Actor
from parvis.accounts.models import Affiliation
from parvis.accounts.models.people import AffiliationKind, Public
from parvis.accounts.names import given_name
from parvis.accounts.publics import PUBLIC_OF, current
from parvis.accounts.schemas.avatar import AvatarOut
from parvis.accounts.schemas.structure import CohortRef, ProgrammeRef, UnitRef
from parvis.kernel import clock
from parvis.kernel.schemas import In, Out, refuse_null
from parvis.kernel.text import render_markdown
from parvis.profiles.models import Level
from parvis.profiles.queries.people import public_of
from parvis.profiles.queries.profile import OwnProfile, SeenProfile

from .fields import (
    MOST_LANGUAGES,
    MOST_LINKS,
    MOST_PATH,
    Biography,
    Headline,
    MentoringOffer,
    Place,
    ProfileLink,
    Pronouns,
    Skills,
    SpokenLanguage,
    Step,
)
from .people import avatar_out

ProfileAbility = Literal["change"]


class ShownAffiliation(Out):
    """What a member is or was to the institution. `public`: the one it makes, if any."""

    kind: AffiliationKind
    public: Public | None
    unit: UnitRef | None
    programme: ProgrammeRef | None
    cohort: CohortRef | None
    title: str | None
    starts_on: date
    ends_on: date | None
    current: bool

    @classmethod
    def of(cls, affiliation: Affiliation) -> Self:
        return cls(
            kind=affiliation.kind,
            public=PUBLIC_OF.get(affiliation.kind),
            unit=UnitRef.model_validate(affiliation.unit) if affiliation.unit else None,
            programme=ProgrammeRef.model_validate(affiliation.programme) if affiliation.programme else None,
            cohort=CohortRef.model_validate(affiliation.cohort) if affiliation.cohort else None,
            title=affiliation.title,
            starts_on=affiliation.starts_on,
            ends_on=affiliation.ends_on,
            current=bool(current([affiliation], clock.now().date())),
        )


class ProfileOut(Out):
    """A member, as far as he shows himself to you. What he hides from you is as if he had not filled it in."""

    id: UUID
    name: str
    given_name: str = Field(description="As Parvis speaks of him.")
    public: Public | None = Field(description="The one shown of his publics, which are hidden with the affiliations.")
    avatar: AvatarOut | None
    pronouns: str | None
    headline: str | None
    affiliations: list[ShownAffiliation] = Field(description="The latest first, past ones too.")
    place: Place | None
    biography: str | None = Field(description="HTML, rendered and sanitised.")
    path: list[Step]
    skills: list[str]
    languages: list[SpokenLanguage]
    interests: list[str] = Field(description="Keys of `GET /interests`.")
    email: str | None
    links: list[ProfileLink]
    abilities: list[ProfileAbility]

    @classmethod
    def of(cls, seen: SeenProfile, actor: Actor | None) -> Self:
        """Without an actor: as somebody else would see it."""
        said: dict[str, Any] = dict(seen.values)
        return cls(
            id=seen.member.id,
            name=seen.member.name,
            given_name=given_name(seen.member.name),
            public=public_of(seen.member, seen.affiliations),
            avatar=avatar_out(seen.member.id, said.get("avatar")),
            pronouns=said.get("pronouns"),
            headline=said.get("headline"),
            affiliations=[ShownAffiliation.of(affiliation) for affiliation in seen.affiliations],
            place=said.get("place"),
            biography=render_markdown(said["biography"]) if "biography" in said else None,
            path=said.get("path", []),
            skills=said.get("skills", []),
            languages=said.get("languages", []),
            interests=list(seen.interests),
            email=seen.email,
            links=said.get("links", []),
            abilities=["change"] if actor is not None and _may_change(actor, seen.member.id) else [],
        )


class LevelsOut(Out):
    """To whom each field is shown, each level taking in those after it: `organisation`, `publics` (who shares one of
    your publics), `contacts`, `me`."""

    affiliations: Level
    avatar: Level
    pronouns: Level
    headline: Level
    biography: Level
    path: Level
    skills: Level
    interests: Level
    languages: Level
    place: Level
    links: Level
    email: Level
    mentoring: Level

    @classmethod
    def of(cls, kept: Mapping[str, Level]) -> Self:
        return cls(**{field: kept.get(field, "organisation") for field in cls.model_fields})


class LevelsChange(In):
    """To whom to show which fields from now on; what is absent stays."""

    affiliations: Level | None = None
    avatar: Level | None = None
    pronouns: Level | None = None
    headline: Level | None = None
    biography: Level | None = None
    path: Level | None = None
    skills: Level | None = None
    interests: Level | None = None
    languages: Level | None = None
    place: Level | None = None
    links: Level | None = None
    email: Level | None = None
    mentoring: Level | None = None

    @model_validator(mode="after")
    def _nothing_is_null(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class MyProfileOut(Out):
    """Your profile as you wrote it, and to whom each field is shown."""

    id: UUID
    avatar: AvatarOut | None
    pronouns: str | None
    headline: str | None
    biography: str | None = Field(description="Markdown.")
    path: list[Step]
    skills: list[str]
    languages: list[SpokenLanguage]
    place: Place | None
    links: list[ProfileLink]
    mentoring: MentoringOffer | None
    email_address_id: UUID | None = Field(description="Of your addresses (`GET /me/addresses`), the one that is shown.")
    email: str | None
    levels: LevelsOut
    abilities: list[ProfileAbility]

    @classmethod
    def of(cls, own: OwnProfile, actor: Actor) -> Self:
        said: dict[str, Any] = dict(own.values)
        return cls(
            id=own.member.id,
            avatar=avatar_out(own.member.id, said.get("avatar")),
            pronouns=said.get("pronouns"),
            headline=said.get("headline"),
            biography=said.get("biography"),
            path=said.get("path", []),
            skills=said.get("skills", []),
            languages=said.get("languages", []),
            place=said.get("place"),
            links=said.get("links", []),
            mentoring=said.get("mentoring"),
            email_address_id=UUID(said["email"]) if own.email else None,
            email=own.email,
            levels=LevelsOut.of(own.levels),
            abilities=["change"] if _may_change(actor, own.member.id) else [],
        )


class ProfileChange(In):
    """What to change; what is absent stays, in `levels` too. Null empties a field; lists are emptied by `[]`."""

    pronouns: Pronouns | None = None
    headline: Headline | None = None
    biography: Biography | None = Field(None, description="Markdown.")
    path: list[Step] = Field(default_factory=list, max_length=MOST_PATH)
    skills: Skills = Field(default_factory=list, description="Kept once each, whatever their case and accents.")
    languages: list[SpokenLanguage] = Field(default_factory=list, max_length=MOST_LANGUAGES)
    place: Place | None = None
    links: list[ProfileLink] = Field(default_factory=list, max_length=MOST_LINKS)
    mentoring: MentoringOffer | None = None
    email_address_id: UUID | None = Field(None, description="One of your verified addresses, to be shown.")
    levels: LevelsChange = Field(default_factory=LevelsChange)


def _may_change(actor: Actor, member_id: UUID) -> bool:
    return actor.id == member_id and actor.may_use("profiles:write")
