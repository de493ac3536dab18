"""Facts about ties. Each stands on the topic of the member whom it concerns, and says what to fetch anew."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class ContactsChanged(MemberEvent):
    """A request came, went or was answered, or a contact was added or removed: fetch `GET /me/contacts` and `GET
    /me/contact-requests`. It does not say with whom: who declines or blocks is not told of."""

    type: ClassVar[str] = "contacts.changed"
    told = Told("contacts:read")


class ContactAsked(MemberEvent):
    """Who did it asks to be in contact with the member."""

    type: ClassVar[str] = "contact.asked"
    told = None


class ContactAccepted(MemberEvent):
    """Who did it accepted that the member had asked to be in contact."""

    type: ClassVar[str] = "contact.accepted"
    told = None


class BlocksChanged(MemberEvent):
    """The member blocked somebody, or no longer does: fetch `GET /me/blocks`."""

    type: ClassVar[str] = "blocks.changed"
    told = Told("contacts:read")


class MentorshipChanged(MemberEvent):
    """A mentorship of the member was asked for, answered or ended: fetch `GET /mentorships/{id}`."""

    type: ClassVar[str] = "mentorship.changed"
    told = Told("mentoring:read", ("kind", "id", "version"))
    kind: Literal["mentorship"] = "mentorship"
    id: UUID
    version: int


class MentoringAsked(MemberEvent):
    """Who did it asks to be accompanied by the member."""

    type: ClassVar[str] = "mentoring.asked"
    told = None


class MentoringAnswered(MemberEvent):
    """Who did it answered what the member had asked."""

    type: ClassVar[str] = "mentoring.answered"
    told = None
    accepted: bool
