"""Blocking: from that moment neither sees the other, anywhere. Nobody is told."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record
from parvis.profiles.models import Block
from parvis.profiles.ties.events import BlocksChanged
from parvis.profiles.ties.queries import request_between

from . import contacts, mentoring
from .pairs import held_pair


async def block(session: AsyncSession, actor: Actor, other_id: UUID) -> None:
    """Ends what ties the two: contact, requests, mentoring. Again changes nothing.

    Raises `Oneself`, and `NotFound` for whom the actor may not find.
    """
    if await session.get(Block, (actor.id, other_id)) is not None:
        return
    await held_pair(session, actor, other_id)
    waiting = await request_between(session, actor.id, other_id)
    if waiting is not None:
        await session.delete(waiting)
    if await contacts.untie(session, actor.id, other_id) or waiting is not None:
        contacts.tell_both(session, actor, other_id)
    await mentoring.end_all_between(session, actor, other_id)
    session.add(Block(blocker_id=actor.id, blocked_id=other_id))
    record(session, BlocksChanged(member_id=actor.id), actor_id=actor.id)


async def unblock(session: AsyncSession, actor: Actor, other_id: UUID) -> None:
    """They may find each other again; what tied them does not come back. Raises `NotFound` when none was blocked."""
    mine = (Block.blocker_id == actor.id, Block.blocked_id == other_id)
    if not (await session.scalars(delete(Block).where(*mine).returning(Block.blocked_id))).all():
        raise NotFound
    record(session, BlocksChanged(member_id=actor.id), actor_id=actor.id)
