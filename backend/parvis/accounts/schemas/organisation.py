"""The organisation over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.emails import MalformedEmail, domain_of, normalised
from parvis.accounts.models import Organisation
from parvis.accounts.models.people import AffiliationKind, Public
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Flag, In, Line, Out, refuse_null

Registration = Literal["invitation", "domains"]
OrganisationAbility = Literal["change"]


def _domain(written: str) -> str:
    """As the domain of a normalised address is written."""
    try:
        return domain_of(normalised(f"a@{written}"))
    except MalformedEmail as error:
        raise PydanticCustomError("domain", "not a domain name") from error


Domain = Annotated[Line, Field(max_length=253), AfterValidator(_domain)]


Weekly = Annotated[int, Field(ge=1, le=50, strict=True)]


class OrganisationChange(In):
    """What to change; what is absent stays."""

    name: Annotated[Line, Field(min_length=1, max_length=120)] | None = None
    short_name: Annotated[Line, Field(min_length=1, max_length=40)] | None = None
    languages: Annotated[list[Language], Field(min_length=1, max_length=2)] | None = None
    default_language: Language | None = None
    registration: Registration | None = Field(
        None, description="Who may come in: invited people alone, or also who has an address in `domains`."
    )
    guests: Flag | None = Field(
        None, description="Whether owners of communities may invite people from outside, to their communities alone."
    )
    weekly_announcements: Weekly | None = Field(
        None, description="How many announcements a member is told within a week, but for essential ones."
    )
    share_links: Flag | None = Field(
        None, description="Whether those who manage documents may make links to them for people without account."
    )
    domains: Annotated[dict[Domain, AffiliationKind], Field(max_length=100)] | None = Field(
        None, description="Domain -> affiliation given to who registers with a verified address in it."
    )

    @model_validator(mode="after")
    def _nothing_is_null(self) -> Self:
        refuse_null(self, self.model_fields_set)
        return self


class OrganisationOut(Out):
    """The organisation, as the asker may see it."""

    name: str
    short_name: str
    logo_url: str | None
    languages: list[Language]
    default_language: Language
    registration: Registration
    guests: bool = Field(description="Whether owners of communities may invite people from outside.")
    weekly_announcements: int = Field(description="How many announcements a member is told within a week.")
    share_links: bool = Field(description="Whether links to documents, for people without account, are allowed.")
    registration_domains: list[str] = Field(description="Domains in which an address is enough to register.")
    domains: dict[str, AffiliationKind] | None = Field(description="With their affiliations; administrators only.")
    publics: dict[Public, int] | None = Field(description="How many members of each public; members only.")
    mail_tray: bool = Field(description="Whether mails are kept to be read (demonstration only).")
    abilities: list[OrganisationAbility]

    @classmethod
    def of(
        cls, found: Organisation, actor: Actor | None, publics: Mapping[Public, int] | None, *, mail_tray: bool
    ) -> Self:
        may_change = actor is not None and policy.may_change_organisation(actor)
        return cls(
            name=found.name,
            short_name=found.short_name,
            logo_url=f"/api/v1/organisation/logo?v={found.logo_file_id.hex}" if found.logo_file_id else None,
            languages=found.languages,
            default_language=found.default_language,
            registration=found.registration,
            guests=found.guests,
            weekly_announcements=found.weekly_announcements,
            share_links=found.share_links,
            registration_domains=sorted(found.domains) if found.registration == "domains" else [],
            domains=found.domains if may_change else None,
            publics=dict(publics) if publics is not None else None,
            mail_tray=mail_tray,
            abilities=["change"] if may_change else [],
        )
