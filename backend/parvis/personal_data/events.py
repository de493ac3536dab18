"""Facts about copies of one's data."""

from typing import ClassVar
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class ExportEvent(MemberEvent):
    export_id: UUID


class ExportAsked(ExportEvent):
    type: ClassVar[str] = "export.asked"
    told = Told("account:read", ("export_id",))


class ExportReady(ExportEvent):
    """The copy can be fetched: fetch `GET /me/exports` anew."""

    type: ClassVar[str] = "export.ready"
    told = Told("account:read", ("export_id",))


class ExportDeleted(ExportEvent):
    type: ClassVar[str] = "export.deleted"
    told = Told("account:read", ("export_id",))
