"""Invitations over HTTP, for who invites and who is invited."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.models import Invitation, Organisation
from parvis.accounts.models.people import AffiliationKind
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Instant, Line, Out

from .fields import Email, PersonName, Token
from .sign_in import AskedOut, LeavingOut, OtherBrowserOut, SecondFactorOut, SignedInOut


class InvitationDraft(In):
    """With an address, one mail to it; without, a link for `max_uses` people."""

    email: Email | None = None
    affiliation: AffiliationKind
    note: Annotated[Line, Field(max_length=200)] = Field("", description="For who manages invitations.")
    max_uses: int = Field(1, strict=True, ge=1, le=10_000)
    days: int = Field(14, strict=True, ge=1, le=90, description="How long it is open.")
    language: Language | None = Field(None, description="Of the mail. Default: the organisation's.")


class InvitationOut(Out):
    id: UUID
    email: str | None
    affiliation: AffiliationKind | None = Field(description="Null: whoever comes is a guest.")
    note: str
    max_uses: int
    uses: int
    created_at: Instant
    expires_at: Instant
    revoked_at: Instant | None

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        return cls.model_validate(invitation)


class InvitationQuestion(In):
    token: Token


class InvitationPreviewOut(Out):
    """What an invitation says to who holds it."""

    organisation: str
    affiliation: AffiliationKind | None = Field(description="Null: you are invited as a guest.")
    place: str = Field(description="Where a guest is invited; else empty.")
    email: str | None = Field(description="The address it was sent to; null when any address will do.")
    expires_at: Instant

    @classmethod
    def of(cls, invitation: Invitation, organisation: Organisation) -> Self:
        return cls.model_validate(
            {
                "organisation": organisation.name,
                "affiliation": invitation.affiliation,
                "place": invitation.place,
                "email": invitation.email,
                "expires_at": invitation.expires_at,
            }
        )


class Acceptance(In):
    token: Token
    name: PersonName
    email: Email | None = Field(None, description="Needed unless the invitation was sent to an address.")


AcceptanceOut = Annotated[
    SignedInOut | SecondFactorOut | OtherBrowserOut | LeavingOut | AskedOut, Field(discriminator="status")
]
"""Signed in when the invitation came by mail; else a mail is on its way to the address given."""
