"""Reading what a member chose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock

from .models import DEFAULTS, Channel, Choice, Kind, Pause, Rhythm

Chosen = Mapping[Kind, Mapping[Channel, Rhythm]]


@dataclass(frozen=True, slots=True)
class Choices:
    """Of each kind and way, how often; and until when nothing is sent, if that is to come."""

    chosen: Chosen
    paused_until: datetime | None


async def choices_of(session: AsyncSession, member_id: UUID) -> Choices:
    """What he chose, and what holds where he chose nothing. Two queries."""
    rows = await session.execute(
        select(Choice.kind, Choice.channel, Choice.rhythm).where(Choice.member_id == member_id)
    )
    own: dict[tuple[str, str], Rhythm] = {(kind, channel): cast("Rhythm", rhythm) for kind, channel, rhythm in rows}
    chosen: Chosen = {
        kind: {channel: own.get((kind, channel), rhythm) for channel, rhythm in by_channel.items()}
        for kind, by_channel in DEFAULTS.items()
    }
    pause = select(Pause.until).where(Pause.member_id == member_id, Pause.until > clock.now())
    return Choices(chosen, await session.scalar(pause))
