"""What members are told of documents as it happens: the topics of what has rights of its own and lets them through."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CompoundSelect, Select, and_, cast, null, or_, select, union
from sqlalchemy.types import String

from parvis.accounts.actor import Actor
from parvis.accounts.topics import TopicQuery
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.kernel.events import Position
from parvis.kernel.stream import Subscription

from .events import guard_topic
from .models import Grant, Guard
from .policy import granted_to


def _guards(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Where something is granted to the actor, but what all of a community have in its space: that stands on its own
    topic. And in communities that he runs, whatever lets not all of it through."""
    nowhere = cast(null(), BigInteger)
    let = _let_through(actor).subquery()
    return select(Guard.id, cast(Guard.generation, String), nowhere, nowhere).join(let, let.c.id == Guard.id)


def _let_through(actor: Actor) -> CompoundSelect[UUID]:
    of_all = and_(Guard.parent_id.is_(None), Grant.circle_id.is_not(None), Grant.circle_id == Guard.circle_id)
    granted = select(Guard.id).join(Grant, Grant.guard_id == Guard.id).where(granted_to(actor), ~of_all)
    runs = and_(Membership.member_id == actor.id, Membership.role.in_(("owner", "moderator")), holds())
    run = select(Guard.id).join(Membership, Membership.circle_id == Guard.circle_id)
    apart = or_(Guard.parent_id.is_(None), Guard.inherits.is_(False))
    return union(granted, run.where(runs, apart))


def _topics(guard_id: UUID, generation: str | None, after: Position) -> Sequence[Subscription]:
    return [Subscription(guard_topic(guard_id, int(generation or 1)), after)]


TOPICS = TopicQuery(_guards, _topics)
