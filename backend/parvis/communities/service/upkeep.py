"""What becomes of communities beside their people's own hand: guests whose time is over, owners who are gone."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.circles import queries as circle_queries
from parvis.circles import service as circles
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.events import CommunityChanged
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob

from .people import put_out
from .telling import tell_people

AT_ONCE = 100


def take_out_expired(database: Database) -> Handler:
    """The handler of `communities.expire`: those whose time is over are in no more. Their rights ended by the clock."""

    async def expire(_job: LeasedJob) -> None:
        while await database.write(_take_out) == AT_ONCE:
            pass

    return expire


async def hand_over_orphans(session: AsyncSession) -> int:
    """Gives communities that nobody owns any more (at most 100) to who has been there longest, moderators first; those
    where nobody is left are archived. Returns how many there were."""
    owner = exists().where(Membership.circle_id == Community.circle_id, Membership.role == "owner", holds())
    query = select(Community).where(~owner, Community.archived_at.is_(None)).order_by(Community.id).limit(AT_ONCE)
    orphans = (await session.scalars(query)).all()
    for community in orphans:
        await _hand_over(session, community)
    return len(orphans)


async def _hand_over(session: AsyncSession, community: Community) -> None:
    await circles.hold(session, community.circle_id)
    if await circle_queries.how_many(session, community.circle_id, "owner"):
        return
    heirs = select(Membership.member_id).where(Membership.circle_id == community.circle_id, Membership.until.is_(None))
    # "moderator" comes after "member" in the alphabet.
    heir: UUID | None = await session.scalar(heirs.order_by(Membership.role.desc(), Membership.since).limit(1))
    if heir is None:
        community.archived_at = clock.now()
        community.version += 1
        record(session, CommunityChanged(id=community.id, version=community.version))
    else:
        await circles.give_role(session, community.circle_id, heir, "owner")
        await tell_people(session, None, community, heir, "changed")
    await session.flush()


async def _take_out(session: AsyncSession) -> int:
    query = select(Community, Membership.member_id).join(Membership, Membership.circle_id == Community.circle_id)
    over = (await session.execute(query.where(Membership.until <= clock.now()).limit(AT_ONCE))).all()
    for community, member_id in over:
        await put_out(session, None, community, member_id)
    return len(over)
