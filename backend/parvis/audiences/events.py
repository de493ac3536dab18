"""Facts about audiences. They stand on their owner's topic."""

from typing import ClassVar
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Told


class AudienceChanged(MemberEvent):
    """An audience of the member was saved, changed, frozen or deleted: fetch `GET /audiences`."""

    type: ClassVar[str] = "audience.changed"
    told = Told("audiences:read", ("id",))
    id: UUID
