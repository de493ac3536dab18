"""Events as a reader sees them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor

from .models import Attendance, Gathering


@dataclass(frozen=True, slots=True)
class SeenGathering:
    """An event, and what the reader answered."""

    gathering: Gathering
    mine: Attendance | None


async def gatherings(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> Mapping[UUID, SeenGathering]:
    """Those of these posts, by the post's id. One query."""
    is_mine = and_(Attendance.post_id == Gathering.post_id, Attendance.member_id == actor.id)
    query = select(Gathering, Attendance).outerjoin(Attendance, is_mine).where(Gathering.post_id.in_(post_ids))
    rows = await session.execute(query.execution_options(populate_existing=True))
    return {gathering.post_id: SeenGathering(gathering, mine) for gathering, mine in rows}
