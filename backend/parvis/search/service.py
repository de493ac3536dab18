"""Remembering what a member looked for, and forgetting it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock
from parvis.kernel.analysis import sequence_of
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import NotFound
from parvis.kernel.ids import new_id

from .models import Kind, RecentSearch
from .queries import recent as queries
from .queries.recent import MOST_KEPT, Kept


async def remember(session: AsyncSession, actor: Actor, q: str, kinds: Sequence[Kind], place_id: UUID | None) -> Kept:
    """The last of the actor's from now on; the same search is kept once, and the oldest go."""
    await one_at_a_time(session, f"searches of {actor.id}")
    wanted = list(dict.fromkeys(kinds))
    key = f"{sequence_of(q).strip() or q}|{','.join(sorted(wanted))}|{place_id or ''}"
    mine = RecentSearch.member_id == actor.id
    await session.execute(delete(RecentSearch).where(mine, RecentSearch.key == key))
    kept = RecentSearch(id=new_id(), member_id=actor.id, key=key, q=q, kinds=wanted, place_id=place_id, at=clock.now())
    session.add(kept)
    await session.flush()
    newest = select(RecentSearch.id).where(mine).order_by(RecentSearch.at.desc(), RecentSearch.id.desc())
    ids = list(await session.scalars(newest.limit(MOST_KEPT)))
    await session.execute(delete(RecentSearch).where(mine, RecentSearch.id.not_in(ids)))
    return (await queries.kept(session, actor, [kept]))[0]


async def forget(session: AsyncSession, actor: Actor, search_id: UUID) -> None:
    """Raises `NotFound` for one that is not the actor's."""
    mine = delete(RecentSearch).where(RecentSearch.id == search_id, RecentSearch.member_id == actor.id)
    gone = await session.execute(mine.returning(RecentSearch.id))
    if gone.first() is None:
        raise NotFound


async def forget_all(session: AsyncSession, actor: Actor) -> None:
    """Again changes nothing."""
    await session.execute(delete(RecentSearch).where(RecentSearch.member_id == actor.id))
