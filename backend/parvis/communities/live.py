"""What members are told of communities as it happens: the topics of those they are in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, cast, null, select

from parvis.accounts.actor import Actor
from parvis.accounts.topics import TopicQuery
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.kernel.events import Position
from parvis.kernel.stream import Subscription

from .events import community_topic, door_topic
from .models import Community


def _places(actor: Actor) -> Select[*tuple[Any, ...]]:
    nowhere = cast(null(), BigInteger)
    query = select(Community.id, Membership.role, nowhere, nowhere)
    query = query.join(Membership, Membership.circle_id == Community.circle_id)
    return query.where(Membership.member_id == actor.id, holds())


def _topics(community_id: UUID, role: str | None, _after: Position) -> Sequence[Subscription]:
    """All that was said in it: a member reads the whole wall. Who runs it follows its door too."""
    wall = Subscription(community_topic(community_id))
    return [wall, Subscription(door_topic(community_id))] if role in {"owner", "moderator"} else [wall]


TOPICS = TopicQuery(_places, _topics)
