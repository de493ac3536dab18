"""Choosing what to be told of."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import and_, delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.service.members import locked_member
from parvis.kernel.events import record

from .events import ChoicesChanged
from .models import Choice, Pause
from .queries import Choices, Chosen, choices_of


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
    new = [(kind, channel, rhythm) for kind, by_channel in wanted.items() for channel, rhythm in by_channel.items()]
    if new:
        these = or_(*(and_(Choice.kind == kind, Choice.channel == channel) for kind, channel, _ in new))
        await session.execute(delete(Choice).where(Choice.member_id == actor.id, these))
        session.add_all(
            Choice(member_id=actor.id, kind=kind, channel=channel, rhythm=rhythm) for kind, channel, rhythm in new
        )
    if pause is not None:
        await session.execute(delete(Pause).where(Pause.member_id == actor.id))
        if pause[0] is not None:
            session.add(Pause(member_id=actor.id, until=pause[0]))
    await session.flush()
    after = await choices_of(session, actor.id)
    if after != before:
        record(session, ChoicesChanged(member_id=actor.id), actor_id=actor.id)
    return after
