"""Facts about announcements that are being written."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class AnnouncementDraftChanged(MemberEvent):
    """What the member is to announce changed, was sent, thrown away, or could not be sent."""

    type: ClassVar[str] = "announcement.draft_changed"
    told = Told("announcements:read", ("kind", "id"))
    kind: Literal["announcement_draft"] = "announcement_draft"
    id: UUID
