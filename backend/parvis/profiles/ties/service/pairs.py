"""Two members, held together until the commit: what ties them is judged by one change at a time."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.kernel.errors import NotFound, ParvisError
from parvis.profiles.policy import visible_member


class Oneself(ParvisError):
    status, code = 422, "oneself"
    title = {"fr": "C’est vous.", "en": "That is you."}


async def held_pair(session: AsyncSession, actor: Actor, other_id: UUID) -> Member:
    """The other, whom the actor may find. Both rows are held, in one order for all. Raises `Oneself`, `NotFound`."""
    if other_id == actor.id:
        raise Oneself
    await hold(session, actor.id, other_id)
    query = select(Member).where(Member.id == other_id, visible_member(actor))
    other = (await session.execute(query)).scalar_one_or_none()
    if other is None:
        raise NotFound
    return other


async def hold(session: AsyncSession, *ids: UUID) -> None:
    await session.execute(select(Member.id).where(Member.id.in_(ids)).order_by(Member.id).with_for_update())
