"""Facts about reports, each on the topic of the one member whom it concerns."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told

from .models import Level, OnAuthor, OnContent, Subject

Outcome = Literal["kept", "hidden", "removed", "acted"]
"""What those who reported are told: `acted`, when it was left and its author dealt with."""


class CaseEvent(MemberEvent):
    """A fact about a case, to a member who may decide on it."""

    kind: Literal["case"] = "case"
    id: UUID
    community_id: UUID | None
    """None: on the square, or in a conversation of some."""
    level: Level
    """As whom the member may decide."""


class ReportReceived(CaseEvent):
    """Something was reported, or is left to the organisation's moderators."""

    type: ClassVar[str] = "report.received"
    told = Told("moderation:read", ("kind", "id", "community_id", "level"))


class CaseDecided(CaseEvent):
    """Somebody decided, or showed again what he had hidden."""

    type: ClassVar[str] = "case.decided"
    told = Told("moderation:read", ("kind", "id", "community_id", "level"))


class MyReportSent(MemberEvent):
    """The member reported something."""

    type: ClassVar[str] = "report.sent"
    told = Told("moderation:read", ("kind", "id"))
    kind: Subject
    id: UUID


class ReportDecided(MemberEvent):
    """What the member reported was looked at. `about`: the post that it stands under, or is; of a message, itself."""

    type: ClassVar[str] = "report.decided"
    told = Told("moderation:read", ("kind", "id", "about", "outcome"))
    kind: Subject
    id: UUID
    about: UUID
    community_id: UUID | None
    outcome: Outcome


class Moderated(MemberEvent):
    """Moderators decided on something that the member said, or on himself. `restored`: it is shown again."""

    type: ClassVar[str] = "member.moderated"
    told = Told("moderation:read", ("kind", "id", "about", "on_content", "on_author", "restored"))
    kind: Subject
    id: UUID
    about: UUID
    case_id: UUID
    community_id: UUID | None
    on_content: OnContent
    on_author: OnAuthor
    restored: bool = False
