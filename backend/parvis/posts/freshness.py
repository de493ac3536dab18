"""How long a post stands with what is new. Where much is said a post soon gives way to the next; where little is said,
one stays to be seen beside what was said since in livelier places."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from .models import PostPlace

WEEK = timedelta(days=7)
STAYS = ((3, timedelta(days=1)), (8, timedelta(hours=8)), (36, timedelta(hours=2)))
"""By how little was said in the week before: fewer than so many posts, so long."""
MOST_COUNTED = STAYS[-1][0]


async def fresh_until(session: AsyncSession, community_ids: Collection[UUID], said_at: datetime) -> datetime:
    """Of a post said in these communities: as the quietest of them has it. One query."""
    counts = (await session.execute(select(*[_said_lately(id_, said_at) for id_ in community_ids]))).one()
    return said_at + stay_of(min(counts))


def stay_of(said_lately: int) -> timedelta:
    """Where so much was said in the week before."""
    return next((stay for fewer, stay in STAYS if said_lately < fewer), timedelta())


def _said_lately(community_id: UUID, said_at: datetime) -> ScalarSelect[int]:
    """At most `MOST_COUNTED`."""
    lately = select(PostPlace.post_id).where(
        PostPlace.community_id == community_id, PostPlace.said_at > said_at - WEEK, PostPlace.said_at < said_at
    )
    return select(func.count()).select_from(lately.limit(MOST_COUNTED).subquery()).scalar_subquery()
