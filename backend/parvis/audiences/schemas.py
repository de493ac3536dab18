"""Audiences over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.actor import Actor
from parvis.accounts.models.people import Public
from parvis.accounts.publics import PRECEDENCE
from parvis.kernel.schemas import Flag, In, Instant, Line, Out
from parvis.profiles.schemas.people import PersonRef

from .counting import FEW, Count
from .policy import AudienceAbility, abilities
from .queries import SavedAudience
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
