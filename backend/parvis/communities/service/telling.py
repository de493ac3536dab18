"""What verbs of this feature tell, and the rows that they hold."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.circles.events import AccessChanged, AccessGained, AccessLost
from parvis.circles.models import Circle
from parvis.communities import queries
from parvis.communities.events import CommunityChanged, CommunityPeopleChanged, community_topic
from parvis.communities.models import Community
from parvis.communities.queries import Seen
from parvis.kernel.events import record

Access = Literal["gained", "lost", "changed"]
ACCESS = {"gained": AccessGained, "lost": AccessLost, "changed": AccessChanged}


async def held(session: AsyncSession, actor: Actor, community_id: UUID) -> Seen:
    """A community that the actor sees, held with its circle until the commit. Raises `NotFound`."""
    found = await queries.community(session, actor, community_id)
    await session.execute(select(Circle.id).where(Circle.id == found.community.circle_id).with_for_update())
    await session.execute(select(Community.id).where(Community.id == community_id).with_for_update())
    return await queries.community(session, actor, community_id)


async def hold(session: AsyncSession, community_id: UUID) -> Community:
    """A community, held with its circle until the commit, for who was judged to act on it whether he sees it or not."""
    community = await session.get_one(Community, community_id)
    await session.execute(select(Circle.id).where(Circle.id == community.circle_id).with_for_update())
    query = select(Community).where(Community.id == community_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def tell_people(
    session: AsyncSession, actor_id: UUID | None, community: Community, member_id: UUID, access: Access
) -> None:
    """That somebody came, left, or has another role: to him what he may follow, to all that the people changed."""
    topic = community_topic(community.id)
    record(session, ACCESS[access](member_id=member_id, about=topic), actor_id=actor_id)
    circle = await session.get_one(Circle, community.circle_id)
    record(session, CommunityPeopleChanged(id=community.id, people=circle.people), actor_id=actor_id)


async def tell_all(session: AsyncSession, community: Community, member_ids: Sequence[UUID], access: Access) -> None:
    """The same of many at once, by nobody's hand: to each what he may follow, to all once that the people changed."""
    if not member_ids:
        return
    for member_id in member_ids:
        record(session, ACCESS[access](member_id=member_id, about=community_topic(community.id)))
    circle = await session.get_one(Circle, community.circle_id)
    record(session, CommunityPeopleChanged(id=community.id, people=circle.people))


def tell_changed(session: AsyncSession, actor: Actor, community: Community) -> None:
    community.version += 1
    record(session, CommunityChanged(id=community.id, version=community.version), actor_id=actor.id)
