"""What members are told of communities as it happens: the topics of those they are in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.circles.queries import circles_of
from parvis.kernel.stream import Subscription

from .events import community_topic
from .models import Community


async def topics(session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
    """Of all that was said in them: a member reads the whole wall. One query."""
    ids = await session.scalars(select(Community.id).where(Community.circle_id.in_(circles_of(actor.id))))
    return [Subscription(community_topic(id_)) for id_ in ids]
