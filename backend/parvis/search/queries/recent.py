"""What a member looked for lately."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.search.models import RecentSearch

MOST_KEPT = 20


async def recent(session: AsyncSession, actor: Actor) -> list[RecentSearch]:
    """The actor's, the last first. One query."""
    mine = select(RecentSearch).where(RecentSearch.member_id == actor.id)
    return list(await session.scalars(mine.order_by(RecentSearch.at.desc(), RecentSearch.id.desc()).limit(MOST_KEPT)))
