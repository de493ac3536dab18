"""People over HTTP, as their administrators see and write them."""

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Address, Affiliation
from parvis.accounts.models.people import AddressKind, AffiliationKind, Public, Role
from parvis.accounts.publics import current, publics_as_of, shown_public
from parvis.accounts.queries.people import Person, State
from parvis.kernel import clock
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Day, In, Instant, Line, Out, refuse_null

from .fields import Email, PersonName
from .structure import CohortRef, ProgrammeRef, UnitRef

Source = Literal["institution", "invitation", "registration", "administrator"]

PostTitle = Annotated[Line, Field(min_length=1, max_length=160)]
Identifier = Annotated[
    Line,
    Field(min_length=1, max_length=256, description="The institution's (eppn or supannId)."),
    AfterValidator(str.lower),
]


class AffiliationDraft(In):
    """What somebody is to the institution, from a day to before another."""

    kind: AffiliationKind
    unit_id: UUID | None = Field(None, description="Faculty, department, service or company; default: the programme's.")
    programme_id: UUID | None = Field(None, description="What is studied; default: the cohort's.")
    cohort_id: UUID | None = None
    title: PostTitle | None = Field(None, description="The post held, in words.")
    starts_on: Day | None = Field(None, description="Default: today.")
    ends_on: Day | None = Field(None, description="The first day it no longer holds.")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends_on is not None and self.ends_on <= (self.starts_on or clock.now().date()):
            raise PydanticCustomError("ends_before_start", "it must end after it starts")
        return self


class AffiliationChange(In):
    """What to change; what is absent stays. Only `kind` and `starts_on` may not be null."""

    kind: AffiliationKind | None = None
    unit_id: UUID | None = None
    programme_id: UUID | None = None
    cohort_id: UUID | None = None
    title: PostTitle | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None

    @model_validator(mode="after")
    def _needs_kind_and_start(self) -> Self:
        refuse_null(self, self.model_fields_set & {"kind", "starts_on"})
        return self


class PersonDraft(In):
    """Somebody whom the institution knows and who has not come yet. An activation mail is sent."""

    name: PersonName
    email: Email
    address_kind: AddressKind = "institutional"
    identifier: Identifier | None = None
    language: Language | None = Field(None, description="Default: the organisation's.")
    affiliation: AffiliationDraft


class PersonChange(In):
    """What to change; what is absent stays. `identifier` may be null."""

    name: PersonName | None = None
    language: Language | None = None
    identifier: Identifier | None = None

    @model_validator(mode="after")
    def _only_the_identifier_is_null(self) -> Self:
        refuse_null(self, self.model_fields_set - {"identifier"})
        return self


class AffiliationOut(Out):
    id: UUID
    kind: AffiliationKind
    unit: UnitRef | None
    programme: ProgrammeRef | None
    cohort: CohortRef | None
    title: str | None
    source: Source
    starts_on: date
    ends_on: date | None
    current: bool

    @classmethod
    def of(cls, affiliation: Affiliation, on: date | None = None) -> Self:
        """`on`: the day for which it is said whether it is current; by default today."""
        return cls(
            id=affiliation.id,
            kind=affiliation.kind,
            unit=UnitRef.model_validate(affiliation.unit) if affiliation.unit else None,
            programme=ProgrammeRef.model_validate(affiliation.programme) if affiliation.programme else None,
            cohort=CohortRef.model_validate(affiliation.cohort) if affiliation.cohort else None,
            title=affiliation.title,
            source=affiliation.source,
            starts_on=affiliation.starts_on,
            ends_on=affiliation.ends_on,
            current=bool(current([affiliation], on or clock.now().date())),
        )


class PersonAddressOut(Out):
    email: str
    kind: AddressKind
    is_primary: bool
    verified: bool

    @classmethod
    def of(cls, address: Address) -> Self:
        return cls(
            email=address.email,
            kind=address.kind,
            is_primary=address.is_primary,
            verified=address.verified_at is not None,
        )


class PersonOut(Out):
    """Somebody, as people administrators see him."""

    id: UUID
    name: str
    identifier: str | None
    language: Language
    state: State
    public: Public | None = Field(description="The one that is shown.")
    publics: list[Public] = Field(description="All of them, on the day asked about.")
    created_at: Instant
    activated_at: Instant | None
    suspended_at: Instant | None
    addresses: list[PersonAddressOut]
    affiliations: list[AffiliationOut]
    roles: list[Role]
    abilities: list[policy.PersonAbility]

    @classmethod
    def of(cls, person: Person, actor: Actor, on: date | None = None) -> Self:
        """`on`: the day of which the publics and affiliations are told; by default today."""
        member = person.member
        publics = publics_as_of(person.affiliations, on or clock.now().date())
        return cls(
            id=member.id,
            name=member.name,
            identifier=member.identifier,
            language=member.language,
            state=person.state,
            public=shown_public(publics, member.shown_public),
            publics=publics,
            created_at=member.created_at,
            activated_at=member.activated_at,
            suspended_at=member.suspended_at,
            addresses=[PersonAddressOut.of(address) for address in person.addresses],
            affiliations=[AffiliationOut.of(affiliation, on) for affiliation in person.affiliations],
            roles=list(person.roles),
            abilities=policy.abilities_on(actor, member.id, person.roles, suspended=person.state == "suspended"),
        )
