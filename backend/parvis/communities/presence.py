"""Who of a community is connected now: names where it is small, where it is large a number of at most a minute ago."""

from collections.abc import Sequence
from time import monotonic
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.queries.people import is_active
from parvis.circles.models import Membership
from parvis.circles.policy import holds
from parvis.kernel.errors import require
from parvis.kernel.presence import Connected
from parvis.profiles.policy import visible_member

from . import policy
from .queries import FOR_MEMBERS, Seen

MOST_NAMED = 200
COUNTED_EVERY = 60.0
"""Seconds for which the number of a large community is told to all who ask."""
MOST_KEPT = 1_000


class Presences:
    """One per process."""

    def __init__(self, connected: Connected) -> None:
        self._connected = connected
        self._counted: dict[UUID, tuple[float, int]] = {}

    async def of(self, session: AsyncSession, actor: Actor, found: Seen) -> tuple[int, Sequence[UUID] | None]:
        """How many are connected, and who; None where they are too many to be told. Raises `Forbidden`."""
        require(policy.may_see_people(found.community, found.standing), FOR_MEMBERS)
        if found.people > MOST_NAMED:
            return await self._number(session, found), None
        there = self._connected.among(await _those_who_show_it(session, found, actor))
        return len(there), there

    async def _number(self, session: AsyncSession, found: Seen) -> int:
        now = monotonic()
        known = self._counted.get(found.community.id)
        if known is None or now - known[0] > COUNTED_EVERY:
            number = len(self._connected.among(await _those_who_show_it(session, found)))
            if len(self._counted) >= MOST_KEPT:
                self._counted.clear()
            known = self._counted[found.community.id] = now, number
        return known[1]


async def _those_who_show_it(session: AsyncSession, found: Seen, actor: Actor | None = None) -> list[UUID]:
    """Ids of its members who do not hide that they are connected; whom the actor may find, if one asks."""
    query = select(Membership.member_id).join(Member, Member.id == Membership.member_id)
    query = query.where(Membership.circle_id == found.community.circle_id, holds(), Member.shows_presence.is_(True))
    return list(await session.scalars(query.where(is_active() if actor is None else visible_member(actor))))
