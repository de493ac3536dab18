"""Voting in polls, supporting ideas, and answering these."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.engagement.mentions import without_names
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, NotFound, Text, invalid, require
from parvis.kernel.events import record
from parvis.posts import policy, queries
from parvis.posts.events import IdeaChanged, MyPostChanged, PollVoted
from parvis.posts.models import IdeaStatus, IdeaSupport, PollVote
from parvis.posts.queries import SeenPost

from .indexing import index
from .posts import MODERATORS_ONLY, standing
from .telling import tell_places

MEMBERS_TAKE_PART: Text = {
    "fr": "Rejoignez la communauté pour prendre part à ce qui s’y décide.",
    "en": "Join the community to take part in what is decided there.",
}


class PollClosed(Conflict):
    code = "poll_closed"
    title = {"fr": "Ce sondage est terminé.", "en": "This poll is closed."}


async def vote(session: AsyncSession, actor: Actor, post_id: UUID, option_ids: Collection[UUID]) -> SeenPost:
    """Makes these the actor's choices in place of those before; none takes his vote back. The post is held, so that
    what arrives together is counted one after the other.

    Raises `NotFound`, `Forbidden`, `PollClosed` and `Invalid`.
    """
    found = await standing(session, actor, post_id)
    if found.poll is None:
        raise NotFound
    require("vote" in found.abilities(actor), MEMBERS_TAKE_PART)
    if found.poll.is_closed:
        raise PollClosed
    wanted = set(option_ids)
    _refuse_other_choices(found, wanted)
    before = set(found.poll.mine)
    if wanted == before:
        return found
    await _choose(session, actor.id, found, before, wanted)
    await tell_places(session, actor, found.post, PollVoted)
    record(session, MyPostChanged(member_id=actor.id, id=post_id), actor_id=actor.id)
    return await queries.post(session, actor, post_id)


async def support(session: AsyncSession, actor: Actor, post_id: UUID, *, stands: bool) -> SeenPost:
    """Is for an idea, or no longer. Again changes nothing. Raises `NotFound` and `Forbidden`."""
    found = await standing(session, actor, post_id)
    if found.idea is None:
        raise NotFound
    require("support" in found.abilities(actor), MEMBERS_TAKE_PART)
    if stands == found.idea.mine:
        return found
    if stands:
        session.add(IdeaSupport(post_id=post_id, member_id=actor.id))
    else:
        await session.delete(await session.get_one(IdeaSupport, (post_id, actor.id)))
    found.idea.idea.supports += 1 if stands else -1
    await session.flush()
    await tell_places(session, actor, found.post, IdeaChanged)
    record(session, MyPostChanged(member_id=actor.id, id=post_id), actor_id=actor.id)
    return await queries.post(session, actor, post_id)


async def answer_idea(session: AsyncSession, actor: Actor, post_id: UUID, status: IdeaStatus, answer: str) -> SeenPost:
    """Says what becomes of an idea, to all who read it. Raises `NotFound` and `Forbidden`."""
    found = await standing(session, actor, post_id)
    if found.idea is None:
        raise NotFound
    require(policy.may_answer_idea(actor, found.where(), found.reach), MODERATORS_ONLY)
    idea = found.idea.idea
    idea.status, idea.answer, idea.answered_at = status, without_names(answer), clock.now()
    await session.flush()
    await index(session, found.post)
    await tell_places(session, actor, found.post, IdeaChanged)
    return await queries.post(session, actor, post_id)


async def _choose(
    session: AsyncSession, member_id: UUID, found: SeenPost, before: set[UUID], wanted: set[UUID]
) -> None:
    assert found.poll is not None
    for option in found.poll.options:
        if option.id in wanted - before:
            option.votes += 1
            session.add(PollVote(post_id=found.post.id, member_id=member_id, option_id=option.id))
        elif option.id in before - wanted:
            option.votes -= 1
            await session.delete(await session.get_one(PollVote, (found.post.id, member_id, option.id)))
    found.poll.poll.voters += bool(wanted) - bool(before)
    await session.flush()


def _refuse_other_choices(found: SeenPost, wanted: set[UUID]) -> None:
    assert found.poll is not None
    if not wanted <= {option.id for option in found.poll.options}:
        raise invalid("option_ids", "unknown", "Ce choix n’est pas du sondage.", "This choice is not of the poll.")
    if len(wanted) > 1 and not found.poll.poll.multiple:
        raise invalid("option_ids", "one_only", "Ce sondage demande un seul choix.", "This poll asks for one choice.")
