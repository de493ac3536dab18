"""Audiences over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE
from parvis.kernel.schemas import Flag, In, Instant, Line, Out
from parvis.profiles.schemas.people import PersonRef

from .counting import FEW, Count
from .policy import AudienceAbility, AutomaticAbility, abilities
from .queries import Automatic, Explanation, SavedAudience
from .rules import Rule

RuleIn = Rule
AudienceName = Annotated[Line, StringConstraints(min_length=2, max_length=100)]


class AudienceDraft(In):
    """An audience to save."""

    name: AudienceName
    rule: RuleIn
    shared: Flag = Field(False, description="With all who may announce. You alone change it.")
    frozen: Flag = Field(False, description="Whoever is in it now stays in it, and nobody else comes.")


class PublicCountOut(Out):
    """How many of a public, each person counted once."""

    public: Public
    people: int | None = Field(description="Null for fewer than 20, or where it would tell such a group.")


class AudienceCountOut(Out):
    """How many people an audience has."""

    people: int | None = Field(description="Null for fewer than `fewer_than`.")
    fewer_than: int = Field(description="Below it, numbers are not told.")
    about: bool = Field(
        description="What changes the number by fewer than `fewer_than` people is not taken into account in it."
    )
    publics: list[PublicCountOut] = Field(description="Empty of a frozen audience.")

    @classmethod
    def of(cls, count: Count) -> Self:
        groups = [PublicCountOut(public=one, people=count.publics[one]) for one in PRECEDENCE if one in count.publics]
        return cls(people=count.people, fewer_than=FEW, about=count.about, publics=groups)


class NameOut(Out):
    """What a unit, programme, cohort or community is called."""

    id: UUID
    name: str

    @classmethod
    def each(cls, names: Mapping[UUID, str]) -> list[Self]:
        return [cls(id=id_, name=name) for id_, name in names.items()]


class AudienceOut(Out):
    """An audience that was saved."""

    id: UUID
    name: str
    rule: Rule
    names: list[NameOut] = Field(description="Of what the rule names, but for what is gone or not visible to you.")
    shared: bool
    frozen: bool
    frozen_at: Instant | None = Field(description="Null while those in it are being written down.")
    owner: PersonRef | None
    created_at: Instant
    updated_at: Instant
    version: int = Field(description="Of its `ETag`.")
    abilities: list[AudienceAbility]

    @classmethod
    def of(cls, saved: SavedAudience, actor: Actor) -> Self:
        kept = saved.audience
        return cls(
            id=kept.id,
            name=kept.name,
            rule=saved.rule,
            names=NameOut.each(saved.names),
            shared=kept.shared,
            frozen=kept.frozen,
            frozen_at=kept.frozen_at,
            owner=PersonRef.of(saved.owner) if saved.owner else None,
            created_at=kept.created_at,
            updated_at=kept.updated_at,
            version=kept.version,
            abilities=abilities(actor, kept),
        )


class ExplanationDraft(In):
    """Of which audience to explain why somebody is in it or not."""

    rule: RuleIn


class CriterionVerdictOut(Out):
    """Whether one criterion of the rule holds of him: the `place`-th of its group, from 0."""

    group: Literal["all", "any", "none"]
    place: int
    holds: bool


class ExplanationOut(Out):
    """Why somebody is in an audience, or is not."""

    inside: bool
    listed: bool = Field(description="Active, and of the organisation today: who is not is in no audience.")
    verdicts: list[CriterionVerdictOut]

    @classmethod
    def of(cls, explained: Explanation) -> Self:
        verdicts = [CriterionVerdictOut.model_validate(one) for one in explained.verdicts]
        return cls(inside=explained.inside, listed=explained.listed, verdicts=verdicts)


class AutomaticDraft(In):
    """Who is put in a community."""

    rule: RuleIn = Field(description="Without communities and times: to be there must tell what all may know.")


class AutomaticMembershipOut(Out):
    """Who is put in a community by a rule, and taken out when it holds of them no more."""

    rule: Rule | None = Field(description="Null: nobody is; one comes by oneself.")
    names: list[NameOut]
    mine: Literal["put_in", "left"] | None = Field(
        description="`put_in`: you are there by the rule. `left`: you are not, and it will not put you there again."
    )
    version: int = Field(description="Of its `ETag`.")
    abilities: list[AutomaticAbility]

    @classmethod
    def of(cls, found: Automatic) -> Self:
        return cls(
            rule=found.rule,
            names=NameOut.each(found.names),
            mine=found.mine,
            version=found.version,
            abilities=list(found.abilities),
        )
