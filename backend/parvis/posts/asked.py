"""Polls and ideas as a reader sees them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock

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
    """Those of these posts, by the post's id. Two queries."""
    asked = select(Poll, PollOption).join(PollOption, PollOption.post_id == Poll.post_id)
    asked = asked.where(Poll.post_id.in_(post_ids)).order_by(PollOption.position)
    voted = select(PollVote.option_id).where(PollVote.member_id == actor.id, PollVote.post_id.in_(post_ids))
    known: dict[UUID, Poll] = {}
    options: dict[UUID, list[PollOption]] = defaultdict(list)
    for poll, option in await session.execute(asked.execution_options(populate_existing=True)):
        known[poll.post_id] = poll
        options[poll.post_id].append(option)
    mine = set(await session.scalars(voted))
    return {
        id_: SeenPoll(poll, options[id_], mine & {option.id for option in options[id_]}) for id_, poll in known.items()
    }


async def ideas(session: AsyncSession, actor: Actor, post_ids: Collection[UUID]) -> Mapping[UUID, SeenIdea]:
    """Those of these posts, by the post's id. One query."""
    is_mine = and_(IdeaSupport.post_id == Idea.post_id, IdeaSupport.member_id == actor.id)
    query = select(Idea, IdeaSupport.member_id).outerjoin(IdeaSupport, is_mine).where(Idea.post_id.in_(post_ids))
    rows = await session.execute(query.execution_options(populate_existing=True))
    return {idea.post_id: SeenIdea(idea, supporter is not None) for idea, supporter in rows}
