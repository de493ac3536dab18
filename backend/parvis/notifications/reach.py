"""How many people a post would call, before it is said."""

from dataclasses import dataclass

from sqlalchemy import case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.queries.people import is_active
from parvis.choices.policy import told_so
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.communities.policy import may_moderate, may_post
from parvis.communities.queries import Seen
from parvis.profiles.policy import blocked

from .models import CommunityLevel

FEW = 5


@dataclass(frozen=True, slots=True)
class Called:
    """Whether the actor may call everybody there, how many others that is, and how many of them would find it among
    their notifications. `told` None: all but a few, or a few; nobody learns who silenced what."""

    calls: bool
    people: int = 0
    told: int | None = 0


async def called_by(session: AsyncSession, actor: Actor, found: Seen) -> Called:
    """One query."""
    community, standing = found.community, found.standing
    if not (may_moderate(community, standing) and may_post(community, standing)):
        return Called(calls=False)
    level = CommunityLevel
    silenced = exists().where(
        level.community_id == community.id, level.member_id == Membership.member_id, level.level == "nothing"
    )
    is_told = told_so("named", "here", "at_once", Membership.member_id) & ~silenced.correlate_except(level)
    is_told &= ~blocked(actor, Membership.member_id)
    query = (
        select(func.count(), func.coalesce(func.sum(case((is_told, 1), else_=0)), 0))
        .select_from(Membership)
        .join(Member, Member.id == Membership.member_id)
        .where(Membership.circle_id == community.circle_id, holds(), is_active(), Member.id != actor.id)
    )
    people, told = (await session.execute(query)).one()
    return Called(calls=True, people=people, told=None if min(told, people - told) < FEW else told)
