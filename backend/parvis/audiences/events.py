"""Facts about audiences, on their owner's topic, and about communities that people are put in by a rule."""

from typing import ClassVar
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.communities.events import CommunityEvent
from parvis.kernel.events import Told


class AudienceChanged(MemberEvent):
    """An audience of the member was saved, changed, frozen or deleted: fetch `GET /audiences`."""

    type: ClassVar[str] = "audience.changed"
    told = Told("audiences:read", ("id",))
    id: UUID


class AutomaticMembershipChanged(CommunityEvent):
    """Who is put in a community by a rule changed: fetch `GET /communities/{id}/automatic-membership`."""

    type: ClassVar[str] = "community.automatic_changed"
    told = Told("communities:read", ("kind", "id", "version"))
    version: int
