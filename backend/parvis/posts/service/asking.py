"""The polls and ideas that come and go with posts, and with those who took part in them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel import clock
from parvis.kernel.errors import invalid
from parvis.posts.models import Idea, IdeaSupport, Poll, PollOption, PollVote, Post
from parvis.posts.schemas.asked import PollDraft


async def add(session: AsyncSession, post: Post, draft: PollDraft | None) -> None:
    """What a new post asks. Raises `Invalid` for a poll that closes before it begins."""
    if post.kind == "idea":
        session.add(Idea(post_id=post.id, status="proposed", answer="", supports=0))
    if draft is not None:
        _refuse_past(draft.closes_at)
        said = draft.model_dump(exclude={"options"})
        session.add(Poll(post_id=post.id, voters=0, **said))
        session.add_all(
            [
                PollOption(post_id=post.id, position=number, label=label, votes=0)
                for number, label in enumerate(draft.options)
            ]
        )
    await session.flush()


async def scrub(session: AsyncSession, post_id: UUID) -> None:
    """Takes away the words of a poll or an idea."""
    for option in await session.scalars(select(PollOption).where(PollOption.post_id == post_id)):
        option.label = ""
    idea = await session.get(Idea, post_id)
    if idea is not None:
        idea.answer = ""
    await session.flush()


async def forget_votes(session: AsyncSession, votes: Sequence[PollVote]) -> None:
    """Of an account that is erased: they are counted no more."""
    for vote in votes:
        await session.execute(select(Post.id).where(Post.id == vote.post_id).with_for_update())
        option = await session.get_one(PollOption, vote.option_id, populate_existing=True)
        option.votes = max(option.votes - 1, 0)
        await session.delete(vote)
        await session.flush()
        poll = await session.get(Poll, vote.post_id, populate_existing=True)
        others = select(PollVote.option_id).where(
            PollVote.post_id == vote.post_id, PollVote.member_id == vote.member_id
        )
        if poll is not None and await session.scalar(others.limit(1)) is None:
            poll.voters = max(poll.voters - 1, 0)
            await session.flush()


async def forget_supports(session: AsyncSession, supports: Sequence[IdeaSupport]) -> None:
    """Of an account that is erased."""
    for one in supports:
        await session.execute(select(Post.id).where(Post.id == one.post_id).with_for_update())
        idea = await session.get(Idea, one.post_id, populate_existing=True)
        if idea is not None:
            idea.supports = max(idea.supports - 1, 0)
        await session.delete(one)
        await session.flush()


def _refuse_past(closes_at: datetime | None) -> None:
    if closes_at is not None and closes_at <= clock.now():
        raise invalid("poll/closes_at", "past", "Cette date est passée.", "This date has passed.")
