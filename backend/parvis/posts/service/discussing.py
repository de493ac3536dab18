"""What readers of a post add to it: comments, reactions, the answer, a bookmark."""

from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities.service.activity import stir
from parvis.engagement import policy as engagement_policy
from parvis.engagement import queries as engagement_queries
from parvis.engagement import service as engagement
from parvis.engagement.events import Answered
from parvis.engagement.mentions import named_in
from parvis.engagement.models import COMMENT, Comment, Reaction, ReactionKind, Thread
from parvis.engagement.policy import Stance
from parvis.engagement.queries import Discussion
from parvis.engagement.schemas import CommentChange, CommentDraft
from parvis.kernel.errors import Conflict, NotFound, Text, require
from parvis.kernel.events import record
from parvis.posts import queries
from parvis.posts.events import (
    AnswerAccepted,
    CommentAdded,
    CommentChanged,
    CommentDeleted,
    CommentReactionsChanged,
    PostReactionsChanged,
)
from parvis.posts.queries import KIND, SeenPost, Wall

from .posts import AUTHOR_ONLY, standing
from .telling import held, tell_named, tell_of_comment

NO_COMMENT: Text = {
    "fr": "Vous ne pouvez pas commenter ici : rejoignez la communauté, acceptez sa charte, ou voyez ses règles.",
    "en": "You cannot comment here: join the community, accept its charter, or see its rules.",
}
NO_REACTION: Text = {
    "fr": "Rejoignez la communauté pour réagir à ce qui s’y dit.",
    "en": "Join the community to react to what is said there.",
}
NOT_THE_ASKER: Text = {
    "fr": "Seules la personne qui a posé la question et celles qui animent la communauté retiennent une réponse.",
    "en": "Only who asked the question and those who run the community accept an answer.",
}
Unchanged = Callable[[int], None]


class NoQuestion(Conflict):
    code = "no_question"
    title = {"fr": "Seule une question a une réponse retenue.", "en": "Only a question has an accepted answer."}


async def comment(session: AsyncSession, actor: Actor, post_id: UUID, draft: CommentDraft) -> Discussion:
    """Comments, or replies. Raises `NotFound`, `Forbidden` and `Invalid`."""
    found = await standing(session, actor, post_id)
    to = await _comment(session, actor, found, draft.parent_id) if draft.parent_id else None
    thread_id = _chosen_thread(actor, found, to.thread_id if to else draft.thread_id)
    stance = found.stance(actor, thread_id)
    require(stance.may_comment, NO_COMMENT)
    thread = await engagement.hold(session, thread_id)
    said = await engagement.say(session, actor, thread, draft.body, to, draft.document_ids)
    walls = await tell_of_comment(session, actor, thread, said, CommentAdded)
    await _tell_answered(session, actor, walls, found, to, said)
    await tell_named(session, actor, walls, named_in(said.body), COMMENT, said.id, post_id)
    await stir(session, [wall for wall in walls if wall is not None])
    return await engagement_queries.just_said(session, actor, stance, said)


async def edit(
    session: AsyncSession, actor: Actor, post_id: UUID, comment_id: UUID, draft: CommentChange, unchanged: Unchanged
) -> Discussion:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `Invalid`."""
    found = await standing(session, actor, post_id)
    said, thread, stance = await _held_comment(session, actor, found, comment_id)
    require(engagement_policy.may_edit(actor, said, stance), AUTHOR_ONLY)
    unchanged(said.version)
    before = set(named_in(said.body))
    if await engagement.edit(session, actor, said, draft.body, draft.document_ids):
        walls = await tell_of_comment(session, actor, thread, said, CommentChanged)
        added = set(named_in(said.body)) - before
        await tell_named(session, actor, walls, added, COMMENT, said.id, post_id)
    return await engagement_queries.comment(session, actor, thread, stance, said.id)


async def delete(session: AsyncSession, actor: Actor, post_id: UUID, comment_id: UUID) -> None:
    """Leaves its place. Also under a post that is gone. Raises `NotFound` and `Forbidden`."""
    found = await held(session, actor, post_id)
    said, thread, stance = await _held_comment(session, actor, found, comment_id)
    require(engagement_policy.may_delete(actor, said, stance), AUTHOR_ONLY)
    await engagement.delete(session, thread, said)
    await tell_of_comment(session, actor, thread, said, CommentDeleted)


async def accept(session: AsyncSession, actor: Actor, post_id: UUID, comment_id: UUID) -> SeenPost:
    """Makes a comment the answer to a question, in place of another of its discussion.

    Raises `NotFound`, `NoQuestion` and `Forbidden`.
    """
    found = await standing(session, actor, post_id)
    said, thread, stance = await _held_comment(session, actor, found, comment_id)
    _refuse_other_than_question(found)
    require(stance.may_accept, NOT_THE_ASKER)
    if said.hidden_at is not None:
        raise NotFound
    if await engagement.accept(session, thread, said.id):
        await _tell_accepted(session, actor, found, thread, said.id)
    return await queries.post(session, actor, post_id)


async def accept_none(session: AsyncSession, actor: Actor, post_id: UUID) -> SeenPost:
    """Takes the answer back, in the discussions where the actor may. Raises `NotFound`, `NoQuestion`, `Forbidden`."""
    found = await standing(session, actor, post_id)
    _refuse_other_than_question(found)
    mine = [thread_id for thread_id in sorted(found.threads()) if found.stance(actor, thread_id).may_accept]
    require(bool(mine), NOT_THE_ASKER)
    for thread_id in mine:
        thread = await engagement.hold(session, thread_id)
        if await engagement.accept(session, thread, None):
            await _tell_accepted(session, actor, found, thread, None)
    return await queries.post(session, actor, post_id)


async def react(session: AsyncSession, actor: Actor, post_id: UUID, kind: ReactionKind, *, stands: bool) -> SeenPost:
    """Reacts to a post, or takes it back. Again changes nothing. Raises `NotFound` and `Forbidden`."""
    found = await standing(session, actor, post_id)
    thread_id = await _reacted_in(session, actor, found, kind) or _where_he_may_react(actor, found)
    thread = await engagement.hold(session, thread_id)
    if await engagement.react(session, actor, thread, None, kind, stands=stands):
        for wall in await queries.walls_sharing(session, thread.id):
            fact = PostReactionsChanged(id=post_id, version=thread.version, community_id=wall)
            record(session, fact, actor_id=actor.id)
    return await queries.post(session, actor, post_id)


async def react_to_comment(
    session: AsyncSession, actor: Actor, post_id: UUID, comment_id: UUID, kind: ReactionKind, *, stands: bool
) -> Discussion:
    """The same to a comment. Raises `NotFound` and `Forbidden`."""
    found = await standing(session, actor, post_id)
    said, thread, stance = await _held_comment(session, actor, found, comment_id)
    require(stance.may_react, NO_REACTION)
    if await engagement.react(session, actor, thread, said, kind, stands=stands):
        await tell_of_comment(session, actor, thread, said, CommentReactionsChanged, version=thread.version)
    return await engagement_queries.comment(session, actor, thread, stance, said.id)


async def bookmark(session: AsyncSession, actor: Actor, post_id: UUID, *, stands: bool) -> None:
    """Puts a post aside, or back. Raises `NotFound`."""
    await queries.post(session, actor, post_id)
    if stands:
        await engagement.put_aside(session, actor, KIND, post_id)
    else:
        await engagement.put_back(session, actor, KIND, post_id)


async def _comment(session: AsyncSession, actor: Actor, found: SeenPost, comment_id: UUID) -> Comment:
    """One that stands in a discussion of the post which the actor may read. Raises `NotFound`."""
    threads = list(found.threads())
    moderated = [thread_id for thread_id in threads if found.stance(actor, thread_id).moderates]
    return await engagement_queries.standing_comment(session, actor, threads, comment_id, moderated=moderated)


async def _held_comment(
    session: AsyncSession, actor: Actor, found: SeenPost, comment_id: UUID
) -> tuple[Comment, Thread, Stance]:
    said = await _comment(session, actor, found, comment_id)
    thread = await engagement.hold(session, said.thread_id)
    await session.refresh(said)
    if said.deleted_at is not None:
        raise NotFound
    return said, thread, found.stance(actor, thread.id)


def _chosen_thread(actor: Actor, found: SeenPost, wanted: UUID | None) -> UUID:
    """The discussion asked for, or the first in which the actor may comment. Raises `NotFound`."""
    threads = list(found.threads())
    if wanted is not None:
        if wanted not in threads:
            raise NotFound
        return wanted
    mine = [thread_id for thread_id in threads if found.stance(actor, thread_id).may_comment]
    return (mine or threads)[0]


def _where_he_may_react(actor: Actor, found: SeenPost) -> UUID:
    mine: Sequence[UUID] = [id_ for id_ in found.threads() if found.stance(actor, id_).may_react]
    require(bool(mine), NO_REACTION)
    return mine[0]


async def _reacted_in(session: AsyncSession, actor: Actor, found: SeenPost, kind: ReactionKind) -> UUID | None:
    """In which discussion of the post the actor reacted so, of those that he reads and still takes part in."""
    query = select(Reaction.thread_id).where(
        Reaction.subject_id == found.post.id, Reaction.member_id == actor.id, Reaction.kind == kind
    )
    known = (await session.execute(query)).scalar_one_or_none()
    return known if known in found.threads() and found.stance(actor, known).may_react else None


def _refuse_other_than_question(found: SeenPost) -> None:
    if found.post.kind != "question":
        raise NoQuestion


async def _tell_accepted(
    session: AsyncSession, actor: Actor, found: SeenPost, thread: Thread, comment_id: UUID | None
) -> None:
    for wall in await queries.walls_sharing(session, thread.id):
        said = {"id": found.post.id, "version": found.post.version, "community_id": wall}
        record(session, AnswerAccepted(**said, comment_id=comment_id), actor_id=actor.id)


async def _tell_answered(
    session: AsyncSession, actor: Actor, walls: Sequence[Wall], found: SeenPost, to: Comment | None, said: Comment
) -> None:
    """To who said what this answers and to who began the discussion, each if he still reads it."""
    answered = [found.post.author_id, to.author_id if to else None]
    wanted = {member_id for member_id in answered if member_id is not None}
    for member_id in await queries.readers_among(session, actor, walls, wanted):
        fact = Answered(member_id=member_id, kind=COMMENT, id=said.id, about=found.post.id)
        record(session, fact, actor_id=actor.id)
