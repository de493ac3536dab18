"""When something was last said in a community."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.communities.models import Community
from parvis.kernel import clock

MOVED_EVERY = timedelta(minutes=1)
"""How exactly it is kept: who speaks in a busy community does not wait for who speaks beside him."""


async def stir(session: AsyncSession, community_ids: Collection[UUID]) -> None:
    """Something was said in these just now. They are held in one order, so that two who speak do not block for ever."""
    now = clock.now()
    still = select(Community.id).where(Community.id.in_(community_ids), Community.active_at < now - MOVED_EVERY)
    found = list(await session.scalars(still.order_by(Community.id).with_for_update()))
    if found:
        moved = update(Community).where(Community.id.in_(found)).values(active_at=now)
        await session.execute(moved.execution_options(synchronize_session=False))
