"""Reading one member's stream."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.kernel.events import Fact
from parvis.kernel.stream import Cursor, Stream, Subscription
from parvis.profiles.models import Block

from .topics import Topics


@dataclass(frozen=True, slots=True)
class News:
    """What came after a cursor up to another, on the topics `read`. With `resync` it cannot be told one by one."""

    facts: Sequence[Fact]
    cursor: Cursor
    read: Sequence[Subscription]
    has_more: bool = False
    resync: bool = False

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(subscription.topic for subscription in self.read)

    @property
    def is_some(self) -> bool:
        return self.resync or bool(self.facts)


async def news(
    session: AsyncSession,
    stream: Stream,
    topics: Topics,
    actor: Actor,
    since: Cursor | None,
    types: Collection[str],
    limit: int,
) -> News:
    """What the actor may be told now of these types, at most `limit` facts; nothing but the place when `since` is None.

    Rights are read after the end of what is told: nobody is told of what came after he lost them.
    """
    extent = await stream.extent(session)
    read = await topics.of(session, actor)
    end = Cursor(extent.epoch, extent.end)
    if since is None:
        return News([], end, read)
    if not extent.reaches(since):
        return News([], end, read, resync=True)
    portion = await stream.after(session, since.position, extent, read, types, limit)
    if portion is None:
        return News([], end, read, resync=True)
    last = Cursor(extent.epoch, portion.facts[-1].position) if portion.has_more else end
    return News(portion.facts, last, read, has_more=portion.has_more)


@dataclass(frozen=True, slots=True)
class Discretion:
    """From whom a member keeps where he looks: from those he blocks, or from all."""

    blocks: frozenset[UUID]
    is_hidden: bool


async def discretion(session: AsyncSession, actor: Actor) -> Discretion:
    """One query."""
    query = select(Member.shows_presence, Block.blocked_id).outerjoin(Block, Block.blocker_id == Member.id)
    rows = (await session.execute(query.where(Member.id == actor.id))).all()
    blocks = frozenset(filter(None, (blocked for _, blocked in rows)))
    return Discretion(blocks, is_hidden=not all(shows for shows, _ in rows))
