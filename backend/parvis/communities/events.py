"""Facts about communities. Those on `community:{id}` say what to fetch anew, since not all who read see everybody."""

from typing import ClassVar, Literal
from uuid import UUID

from parvis.accounts.events import MemberEvent
from parvis.kernel.events import Event, Told


def community_topic(community_id: UUID) -> str:
    return f"community:{community_id}"


def door_topic(community_id: UUID) -> str:
    return f"door:{community_id}"


class CommunityEvent(Event):
    """A fact on `community:{id}`, which its members follow."""

    kind: Literal["community"] = "community"
    id: UUID

    def topic(self) -> str:
        return community_topic(self.id)


class CommunityCreated(CommunityEvent):
    type: ClassVar[str] = "community.created"
    told = Told("communities:read", ("kind", "id"))


class CommunityChanged(CommunityEvent):
    """Its name, description, access, charter, rules, pictures or archiving changed."""

    type: ClassVar[str] = "community.changed"
    told = Told("communities:read", ("kind", "id", "version"))
    version: int


class CommunityPeopleChanged(CommunityEvent):
    """Somebody came, left, or has another role: fetch the community and its members."""

    type: ClassVar[str] = "community.people_changed"
    told = Told("communities:read", ("kind", "id", "people"))
    people: int


class CommunityDoorChanged(CommunityEvent):
    """Somebody asked to be let in, or was answered: those who may let in fetch its requests. On `door:{id}`, which they
    alone follow: that somebody asked is for nobody else to know."""

    type: ClassVar[str] = "community.door_changed"
    told = Told("communities:read", ("kind", "id"))

    def topic(self) -> str:
        return door_topic(self.id)


class JoinRequested(CommunityEvent):
    """Who did it asks to be let in."""

    type: ClassVar[str] = "community.join_requested"
    told = None


class JoinRequestAccepted(MemberEvent):
    """The member was let in, as he had asked."""

    type: ClassVar[str] = "community.join_request_accepted"
    told = None
    community_id: UUID


class InvitedToCommunity(MemberEvent):
    """The member was invited to a community; his invitation says by whom."""

    type: ClassVar[str] = "community.invited"
    told = None
    community_id: UUID


class CommunityInvitationsChanged(MemberEvent):
    """The member was invited somewhere, or is no more: fetch `GET /me/community-invitations`."""

    type: ClassVar[str] = "community.invitations_changed"
    told = Told("communities:read")
