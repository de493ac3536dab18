"""What circles hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part

from . import service
from .models import Membership


async def leave_all(session: AsyncSession, member_id: UUID) -> int:
    """Takes a member out of at most 500 circles, counts and all. Returns how many."""
    places = select(Membership.circle_id).where(Membership.member_id == member_id)
    found = (await session.scalars(places.order_by(Membership.circle_id).limit(AT_ONCE))).all()
    for circle_id in found:
        await service.take_out(session, circle_id, member_id)
    return len(found)


PARTS: Sequence[Part] = (
    Part(
        "circles",
        {"fr": "Les communautés dont vous faites partie", "en": "Communities that you are in"},
        [
            Holding(
                Membership.member_id,
                [Membership.circle_id, Membership.role, Membership.since, Membership.until],
                ErasedBy(leave_all),
            )
        ],
    ),
)
