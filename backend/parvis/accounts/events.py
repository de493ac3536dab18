"""Facts about people and their sessions. They stand on the member's own topic."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from parvis.kernel.events import Event, Told

SQUARE = "square"
"""The topic of the whole organisation, which all its members follow, and no guest."""


def member_topic(member_id: UUID) -> str:
    return f"member:{member_id}"


class MemberEvent(Event):
    """A fact on `member:{id}`, which its member alone subscribes to."""

    member_id: UUID

    def topic(self) -> str:
        return member_topic(self.member_id)


class MemberActivated(MemberEvent):
    type: ClassVar[str] = "member.activated"
    told = None


class InvitationTaken(MemberEvent):
    """The member came by an invitation sent to his address."""

    type: ClassVar[str] = "invitation.taken"
    told = None
    invitation_id: UUID


class MemberUpdated(MemberEvent):
    """Name, language, appearance, onboarding: fetch `GET /me` anew."""

    type: ClassVar[str] = "member.updated"
    told = Told("account:read")


class MemberSuspended(MemberEvent):
    type: ClassVar[str] = "member.suspended"
    told = None


class MemberRestored(MemberEvent):
    type: ClassVar[str] = "member.restored"
    told = None


class DeletionRequested(MemberEvent):
    """The member asked to be erased: the account is closed until `leaves_at`, unless he takes it back."""

    type: ClassVar[str] = "member.deletion_requested"
    told = None
    leaves_at: datetime


class DeletionCancelled(MemberEvent):
    type: ClassVar[str] = "member.deletion_cancelled"
    told = None


class MemberErased(MemberEvent):
    """What was held of the member is gone; the id leads to nobody any more."""

    type: ClassVar[str] = "member.erased"
    told = None


class RolesChanged(MemberEvent):
    type: ClassVar[str] = "member.roles_changed"
    told = Told("account:read")
    roles: list[str]


class CredentialsChanged(MemberEvent):
    """An address, password, access key or second factor was added or removed."""

    type: ClassVar[str] = "member.credentials_changed"
    told = Told("account:read")


class SessionOpened(MemberEvent):
    type: ClassVar[str] = "session.opened"
    told = Told("account:read", ("session_id",))
    session_id: UUID


class SessionRevoked(MemberEvent):
    type: ClassVar[str] = "session.revoked"
    told = Told("account:read", ("session_id",))
    session_id: UUID


class TokenCreated(MemberEvent):
    type: ClassVar[str] = "token.created"
    told = Told("account:read", ("token_id",))
    token_id: UUID


class TokenRevoked(MemberEvent):
    type: ClassVar[str] = "token.revoked"
    told = Told("account:read", ("token_id",))
    token_id: UUID


class SessionProved(MemberEvent):
    """A credential was proved again in this session."""

    type: ClassVar[str] = "session.proved"
    told = None
    session_id: UUID


class RecordJoined(MemberEvent):
    """What the institution had entered of this member, under an account that waited, is his now; that one is gone."""

    type: ClassVar[str] = "member.record_joined"
    told = None
    record_id: UUID


class OrganisationChanged(Event):
    """What is said of the organisation: fetch `GET /organisation` anew. It stands on the square, for all members."""

    type: ClassVar[str] = "organisation.changed"
    told = Told("organisation:read", ("version",))
    version: int

    def topic(self) -> str:
        return SQUARE


class StructureChanged(Event):
    """A unit, programme or cohort was made, changed or deleted: fetch it anew. All members may see what they are."""

    type: ClassVar[str] = "structure.changed"
    told = Told("structure:read", ("kind", "id", "version"))
    kind: Literal["unit", "programme", "cohort"]
    id: UUID
    version: int | None
    """None once it is gone."""

    def topic(self) -> str:
        return SQUARE
