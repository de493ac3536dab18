"""Events as a reader sees them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import READER, Actor
from parvis.kernel.db import among

from .models import Attendance, Gathering


@dataclass(frozen=True, slots=True)
class SeenGathering:
    """An event, and what the reader answered."""

    gathering: Gathering
    mine: Attendance | None


async def gatherings(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> Mapping[UUID, SeenGathering]:
    """Those of these posts, by the post's id. One query; none for no posts."""
    if not post_ids:
        return {}
    rows = await session.execute(GATHERINGS, {"reader": actor.id, "ids": post_ids})
    return {gathering.post_id: SeenGathering(gathering, mine) for gathering, mine in rows}


GATHERINGS = (
    select(Gathering, Attendance)
    .outerjoin(Attendance, and_(Attendance.post_id == Gathering.post_id, Attendance.member_id == READER))
    .where(among(Gathering.post_id, "ids"))
    .execution_options(populate_existing=True)
)
