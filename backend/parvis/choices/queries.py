"""Reading what a member chose."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.mail import Subscription

from .models import DEFAULTS, DIGESTS, KINDS, Channel, Choice, Kind, Pause, Rhythm

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


@dataclass(frozen=True, slots=True)
class Left:
    """A list of mails, whether its reader has left it, and what it holds that would stop."""

    list: str
    is_left: bool
    kinds: Collection[Kind] = ()


def of_list(name: str, chosen: Chosen) -> Collection[Kind]:
    """What one does without who leaves a list: a kind that is mailed at once, or all that is in a digest."""
    if name in DIGESTS:
        return [kind for kind, by_channel in chosen.items() if by_channel["mail"] == name]
    return [kind for kind, by_channel in chosen.items() if kind == name and by_channel["mail"] != "never"]


async def left(session: AsyncSession, subscription: Subscription) -> Left:
    """How the member stands to the list. Raises `NotFound` for a list that is none, or nobody."""
    if subscription.name not in {*KINDS, *DIGESTS} or not await session.scalar(
        select(Member.id).where(Member.id == subscription.member_id, Member.deleted_at.is_(None))
    ):
        raise NotFound
    chosen = (await choices_of(session, subscription.member_id)).chosen
    kinds = of_list(subscription.name, chosen)
    return Left(subscription.name, not kinds, kinds)
