"""Announcements as a reader sees them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import READER, Actor
from parvis.accounts.models.people import Public
from parvis.accounts.policy import may_announce
from parvis.accounts.publics import PRECEDENCE
from parvis.kernel.db import among

from .models import Announcement, Recipient

AnnouncementAbility = Literal["read", "acknowledge", "follow", "remind"]
FEW, GROUP = 5, 20
"""Of so many people on, a public is said to be among those told; and readers are told how many have read it."""


@dataclass(frozen=True, slots=True)
class SeenAnnouncement:
    """An announcement, and its reader among those who are told it, if he is."""

    announcement: Announcement
    mine: Recipient | None

    @property
    def publics(self) -> Sequence[Public]:
        """Those told, the most numerous first; none that is a handful of people."""
        told = self.announcement.mix
        return sorted((one for one in PRECEDENCE if told.get(one, 0) >= FEW), key=lambda one: -told[one])

    @property
    def counts(self) -> tuple[int, int] | None:
        """How many are told, and how many of them have read it."""
        one = self.announcement
        return (one.told, one.read) if one.told >= GROUP else None

    def abilities(self, actor: Actor) -> list[AnnouncementAbility]:
        mine, runs = self.mine, may_announce(actor)
        answers: dict[AnnouncementAbility, bool] = {
            "read": mine is not None and mine.read_at is None,
            "acknowledge": mine is not None and self.announcement.asks and mine.acknowledged_at is None,
            "follow": runs,
            "remind": runs,
        }
        return [ability for ability, may in answers.items() if may]


async def announcements(
    session: AsyncSession, actor: Actor, post_ids: Collection[UUID]
) -> Mapping[UUID, SeenAnnouncement]:
    """Those of these posts, by the post's id. One query; none for no posts."""
    if not post_ids:
        return {}
    rows = await session.execute(ANNOUNCEMENTS, {"reader": actor.id, "ids": post_ids})
    return {one.post_id: SeenAnnouncement(one, mine) for one, mine in rows}


ANNOUNCEMENTS = (
    select(Announcement, Recipient)
    .outerjoin(Recipient, and_(Recipient.post_id == Announcement.post_id, Recipient.member_id == READER))
    .where(among(Announcement.post_id, "ids"))
    .execution_options(populate_existing=True)
)
