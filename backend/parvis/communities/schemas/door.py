"""Who stands at a community's door, over HTTP."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from parvis.accounts.schemas.fields import Email, Token
from parvis.communities.models import Access, Community, CommunityLink, GuestInvitation
from parvis.kernel.i18n import Language
from parvis.kernel.schemas import In, Instant, Out, Prose
from parvis.kernel.text import render_markdown
from parvis.profiles.schemas.people import PersonRef

from .communities import CommunityRef

Words = Annotated[Prose, StringConstraints(max_length=500)]


class JoinRequestDraft(In):
    """A few words to those who run the community."""

    message: Words = ""


class JoinRequestOut(Out):
    """Somebody asks to be let in."""

    person: PersonRef
    message: str
    created_at: Instant


class JoinRequestsCountOut(Out):
    waiting: int


class CommunityInvitationDraft(In):
    """Whom to invite, with a few words."""

    member_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]
    message: Words = ""


class InvitedOut(Out):
    """Who was invited now: those left out are in already, invited, or cannot be."""

    member_ids: list[UUID]


class CommunityInvitationOut(Out):
    """Somebody is invited. `invited_by`: null when you may no longer find him."""

    person: PersonRef
    invited_by: PersonRef | None
    created_at: Instant


class MyCommunityInvitationOut(Out):
    """You are invited."""

    community: CommunityRef
    access: Access
    people: int
    invited_by: PersonRef | None
    message: str
    created_at: Instant


class GuestDraft(In):
    """Somebody from outside, by an address."""

    email: Email
    days: int = Field(180, strict=True, ge=1, le=730, description="How long the guest may stay, from today.")


class GuestInvitationOut(Out):
    """Somebody from outside is invited, and has not come yet. `until`: the end of the stay."""

    id: UUID
    email: str
    until: Instant
    created_at: Instant

    @classmethod
    def of(cls, invitation: GuestInvitation) -> Self:
        return cls(id=invitation.id, email=invitation.email, until=invitation.until, created_at=invitation.created_at)


class CommunityLinkDraft(In):
    max_uses: int = Field(25, strict=True, ge=1, le=10_000)
    days: int = Field(14, strict=True, ge=1, le=90, description="How long it lets in.")


class CommunityLinkOut(Out):
    id: UUID
    max_uses: int
    uses: int
    created_at: Instant
    expires_at: Instant

    @classmethod
    def of(cls, link: CommunityLink) -> Self:
        return cls(
            id=link.id,
            max_uses=link.max_uses,
            uses=link.uses,
            created_at=link.created_at,
            expires_at=link.expires_at,
        )


class NewCommunityLinkOut(CommunityLinkOut):
    link: str = Field(description="A path of this site, with the secret after `#`. Shown this once.")

    @classmethod
    def made(cls, link: CommunityLink, path: str) -> Self:
        return cls(**CommunityLinkOut.of(link).model_dump(), link=path)


class LinkQuestion(In):
    token: Token


class LinkFollowing(In):
    token: Token
    charter_version: int = Field(0, ge=0, description="Of the charter that you read; 0 when there is none.")


class LinkPreviewOut(CommunityRef):
    """The community that a link leads to, as who holds it may know it before joining."""

    summary: str
    access: Access
    language: Language
    charter_html: str = Field(description="The charter, rendered and sanitised.")
    charter_version: int

    @classmethod
    def of(cls, community: Community) -> Self:
        return cls(
            id=community.id,
            name=community.name,
            summary=community.summary,
            access=community.access,
            language=community.language,
            charter_html=render_markdown(community.charter),
            charter_version=community.charter_version,
        )


class BanDraft(In):
    reason: Words = Field("", description="What he is told.")


class BanOut(Out):
    """Somebody is kept out."""

    id: UUID
    name: str
    reason: str
    at: Instant
