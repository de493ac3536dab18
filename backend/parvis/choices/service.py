"""Choosing what to be told of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.service.members import locked_member
from parvis.kernel.events import record
from parvis.kernel.mail import Subscription

from .events import ChoicesChanged
from .models import Choice, Pause
from .queries import Choices, Chosen, Left, choices_of, left


async def choose(
    session: AsyncSession,
    actor: Actor,
    wanted: Chosen,
    unchanged: Callable[[Choices], None],
    *,
    pause: tuple[datetime | None] | None = None,
) -> Choices:
    """How the actor is told from now on; what is not named stays. `pause`: until when, if that is said. Raises
    `PreconditionFailed`."""
    await locked_member(session, actor.id)
    before = await choices_of(session, actor.id)
    unchanged(before)
    await _keep(session, actor.id, wanted)
    if pause is not None:
        await session.execute(delete(Pause).where(Pause.member_id == actor.id))
        if pause[0] is not None:
            session.add(Pause(member_id=actor.id, until=pause[0]))
    await session.flush()
    after = await choices_of(session, actor.id)
    if after != before:
        record(session, ChoicesChanged(member_id=actor.id), actor_id=actor.id)
    return after


async def leave(session: AsyncSession, subscription: Subscription) -> Left:
    """The member gets mails of this list no more. Again, it changes nothing. Raises `NotFound`."""
    member = await locked_member(session, subscription.member_id)
    before = await left(session, subscription)
    if not before.is_left:
        await _keep(session, member.id, {kind: {"mail": "never"} for kind in before.kinds})
        await session.flush()
        record(session, ChoicesChanged(member_id=member.id), actor_id=member.id)
    return replace(before, is_left=True, kinds=())


async def _keep(session: AsyncSession, member_id: UUID, wanted: Chosen) -> None:
    new = [(kind, channel, rhythm) for kind, by_channel in wanted.items() for channel, rhythm in by_channel.items()]
    if not new:
        return
    these = or_(*(and_(Choice.kind == kind, Choice.channel == channel) for kind, channel, _ in new))
    await session.execute(delete(Choice).where(Choice.member_id == member_id, these))
    session.add_all(
        Choice(member_id=member_id, kind=kind, channel=channel, rhythm=rhythm) for kind, channel, rhythm in new
    )
