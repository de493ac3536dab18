"""The member who asks, over HTTP."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.models.people import Public, Role
from parvis.accounts.queries.credentials import Credentials
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import Flag, In, Instant, Out, refuse_null

from .fields import PersonName

Appearance = Literal["system", "light", "dark"]
MeAbility = Literal["change"]
CredentialAbility = Literal[
    "set_password",
    "remove_password",
    "turn_totp_on",
    "turn_totp_off",
    "renew_recovery_codes",
    "add_passkey",
    "link_university",
]


class MeChange(In):
    """What to change; what is absent stays. `shown_public` may be null: then it is the first of `publics`."""

    name: PersonName | None = None
    language: Language | None = None
    appearance: Appearance | None = None
    shows_presence: Flag | None = None
    shown_public: Public | None = Field(None, description="One of your `publics`.")
    onboarded: Literal[True] | None = Field(None, description="The welcome pages have been gone through.")

    @model_validator(mode="after")
    def _only_the_public_is_null(self) -> Self:
        refuse_null(self, self.model_fields_set - {"shown_public"})
        return self


class MeOut(Out):
    """Who you are here. `public`: the one shown of your `publics`; none for guests."""

    id: UUID
    name: str
    email: str | None = Field(description="Your main address.")
    language: Language
    appearance: Appearance
    shows_presence: bool = Field(description="Whether who looks at the same is told that you do, and that you write.")
    publics: list[Public]
    shown_public: Public | None = Field(description="The public you chose to be shown under.")
    public: Public | None
    roles: list[Role]
    created_at: Instant
    onboarded_at: Instant | None
    abilities: list[MeAbility]

    @classmethod
    def of(cls, member: Member, email: str | None, actor: Actor) -> Self:
        return cls(
            id=member.id,
            name=member.name,
            email=email,
            language=member.language,
            appearance=member.appearance,
            shows_presence=member.shows_presence,
            publics=list(actor.publics),
            shown_public=member.shown_public if member.shown_public in actor.publics else None,
            public=member.shown_public if member.shown_public in actor.publics else next(iter(actor.publics), None),
            roles=sorted(actor.roles),
            created_at=member.created_at,
            onboarded_at=member.onboarded_at,
            abilities=["change"] if actor.may_use("account:write") else [],
        )


class CredentialsOut(Out):
    """What you prove to be yourself with."""

    password_changed_at: Instant | None = Field(description="Null without a password.")
    totp_confirmed_at: Instant | None = Field(description="Null while one-time codes are off.")
    recovery_codes_left: int
    passkeys: int
    addresses: int = Field(description="Those that a sign-in link can be sent to.")
    identifier: str | None = Field(description="The institution’s, by which its sign-in knows you.")
    abilities: list[CredentialAbility]

    @classmethod
    def of(cls, credentials: Credentials) -> Self:
        on = credentials.totp_confirmed_at is not None
        abilities: list[CredentialAbility] = ["set_password"]
        abilities += ["remove_password"] if credentials.can_lose_password else []
        abilities += ["turn_totp_off", "renew_recovery_codes"] if on else ["turn_totp_on"]
        abilities += ["add_passkey"] if credentials.can_add_passkey else []
        abilities += ["link_university"] if credentials.identifier is None else []
        return cls(
            password_changed_at=credentials.password_changed_at,
            totp_confirmed_at=credentials.totp_confirmed_at,
            recovery_codes_left=credentials.recovery_codes_left,
            passkeys=credentials.passkeys,
            addresses=credentials.addresses,
            identifier=credentials.identifier,
            abilities=abilities,
        )
