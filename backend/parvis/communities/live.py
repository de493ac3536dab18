"""What members are told of communities as it happens: the topics of those they are in."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.kernel.stream import Subscription

from .events import community_topic, door_topic
from .models import Community


async def topics(session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
    """Of all that was said in them: a member reads the whole wall. Who runs one follows its door too. One query."""
    query = select(Community.id, Membership.role).join(Membership, Membership.circle_id == Community.circle_id)
    places = (await session.execute(query.where(Membership.member_id == actor.id, holds()))).all()
    followed = [community_topic(id_) for id_, _ in places]
    followed += [door_topic(id_) for id_, role in places if role in {"owner", "moderator"}]
    return [Subscription(topic) for topic in followed]
