"""Facts about copies of one's data."""

from typing import ClassVar
from uuid import UUID

from parvis.accounts.events import MemberEvent


class ExportEvent(MemberEvent):
    export_id: UUID


class ExportAsked(ExportEvent):
    type: ClassVar[str] = "export.asked"


class ExportReady(ExportEvent):
    """The copy can be fetched: fetch `GET /me/exports` anew."""

    type: ClassVar[str] = "export.ready"


class ExportDeleted(ExportEvent):
    type: ClassVar[str] = "export.deleted"
