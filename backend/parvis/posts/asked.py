"""Polls and ideas as a reader sees them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import READER, Actor
from parvis.kernel import clock
from parvis.kernel.db import among

from .models import Idea, IdeaSupport, Poll, PollOption, PollVote


@dataclass(frozen=True, slots=True)
class SeenPoll:
    """A poll, and what the reader chose."""

    poll: Poll
    options: Sequence[PollOption]
    mine: Collection[UUID]

    @property
    def is_closed(self) -> bool:
        return self.poll.closes_at is not None and self.poll.closes_at <= clock.now()

    @property
    def shows_results(self) -> bool:
        """Whether the reader is told the counts."""
        if self.is_closed or self.poll.results == "always":
            return True
        return self.poll.results == "voted" and bool(self.mine)


@dataclass(frozen=True, slots=True)
class SeenIdea:
    """An idea, and whether the reader is for it."""

    idea: Idea
    mine: bool


async def polls(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> Mapping[UUID, SeenPoll]:
    """Those of these posts, by the post's id. One query; none for no posts."""
    if not post_ids:
        return {}
    known: dict[UUID, Poll] = {}
    options: dict[UUID, list[PollOption]] = defaultdict(list)
    mine: dict[UUID, set[UUID]] = defaultdict(set)
    for poll, option, voter in await session.execute(POLLS, {"reader": actor.id, "ids": post_ids}):
        known[poll.post_id] = poll
        options[poll.post_id].append(option)
        if voter is not None:
            mine[poll.post_id].add(option.id)
    return {id_: SeenPoll(poll, options[id_], mine[id_]) for id_, poll in known.items()}


async def ideas(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> Mapping[UUID, SeenIdea]:
    """Those of these posts, by the post's id. One query; none for no posts."""
    if not post_ids:
        return {}
    rows = await session.execute(IDEAS, {"reader": actor.id, "ids": post_ids})
    return {idea.post_id: SeenIdea(idea, supporter is not None) for idea, supporter in rows}


POLLS = (
    select(Poll, PollOption, PollVote.member_id)
    .join(PollOption, PollOption.post_id == Poll.post_id)
    .outerjoin(
        PollVote,
        and_(PollVote.post_id == Poll.post_id, PollVote.member_id == READER, PollVote.option_id == PollOption.id),
    )
    .where(among(Poll.post_id, "ids"))
    .order_by(PollOption.position)
    .execution_options(populate_existing=True)
)
IDEAS = (
    select(Idea, IdeaSupport.member_id)
    .outerjoin(IdeaSupport, and_(IdeaSupport.post_id == Idea.post_id, IdeaSupport.member_id == READER))
    .where(among(Idea.post_id, "ids"))
    .execution_options(populate_existing=True)
)
