"""What those who may comment a page say of it. Each verb holds the discussion until the commit."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.service.telling import topics_of
from parvis.engagement import policy as engagement_policy
from parvis.engagement import queries as engagement_queries
from parvis.engagement import service as engagement
from parvis.engagement.models import Comment, ReactionKind, Thread
from parvis.engagement.queries import Discussion
from parvis.engagement.schemas import CommentChange
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, Text, require
from parvis.kernel.events import record
from parvis.pages.events import PageThreadChanged
from parvis.pages.models import PageThread

from . import queries
from .places import bytes_of
from .queries import KIND, Discussed, SeenThread
from .schemas import PageAnswerDraft, PageThreadDraft

MOST_THREADS = 2_000
"""Of one page, with those that are resolved."""
NO_COMMENT: Text = {
    "fr": "Vous pouvez lire cette page, mais pas la commenter.",
    "en": "You can read this page, but not comment on it.",
}
AUTHOR_ONLY: Text = {
    "fr": "Seule la personne qui a écrit ce commentaire, ou qui gère la page, peut le faire.",
    "en": "Only who wrote this comment, or manages the page, can do that.",
}
NOT_TO_RESOLVE: Text = {
    "fr": "Résoudre un fil revient à qui l’a ouvert et à qui écrit la page.",
    "en": "A thread is resolved by who began it, and by those who write the page.",
}
Unchanged = Callable[[int], None]


class TooManyThreads(Conflict):
    code = "too_many_threads"
    title = {
        "fr": "Cette page a trop de fils de commentaires : supprimez-en d’abord.",
        "en": "This page has too many threads of comments: delete some first.",
    }


async def begin(session: AsyncSession, actor: Actor, document_id: UUID, draft: PageThreadDraft) -> SeenThread:
    """Comments some words of a page. Raises `NotFound`, `Forbidden`, `TooManyThreads` and `Invalid`."""
    there = await queries.discussed(session, actor, document_id)
    require(there.stance.may_comment, NO_COMMENT)
    if await queries.count(session, document_id) >= MOST_THREADS:
        raise TooManyThreads
    thread = await engagement.begin(session, actor, KIND, document_id)
    places = {"begins": bytes_of(draft.start), "ends": bytes_of(draft.end)}
    session.add(PageThread(thread_id=thread.id, document_id=document_id, quote=draft.quote, **places))
    said = await engagement.say(session, actor, thread, draft.body, None, draft.document_ids)
    await _tell(session, actor, there, thread, said)
    return await queries.thread_of(session, actor, there, thread.id)


async def answer(
    session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID, draft: PageAnswerDraft
) -> Discussion:
    """Answers in a discussion, which is open again where it was resolved. Raises `NotFound`, `Forbidden`,
    `Invalid`."""
    there, about, thread = await _held(session, actor, document_id, thread_id)
    require(there.stance.may_comment, NO_COMMENT)
    opening = await _opening(session, thread_id)
    said = await engagement.say(session, actor, thread, draft.body, opening, draft.document_ids)
    about.resolved_at, about.resolved_by = None, None
    await session.flush()
    await _tell(session, actor, there, thread, said)
    return await engagement_queries.just_said(session, actor, there.stance, said)


async def edit(
    session: AsyncSession,
    actor: Actor,
    document_id: UUID,
    thread_id: UUID,
    comment_id: UUID,
    draft: CommentChange,
    unchanged: Unchanged,
) -> Discussion:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `Invalid`."""
    there, _, thread = await _held(session, actor, document_id, thread_id)
    said = await _comment(session, actor, there, thread, comment_id)
    require(engagement_policy.may_edit(actor, said, there.stance), AUTHOR_ONLY)
    unchanged(said.version)
    if await engagement.edit(session, actor, said, draft.body, draft.document_ids):
        thread.version += 1
        await _tell(session, actor, there, thread, said)
    return await engagement_queries.comment(session, actor, thread, there.stance, said.id)


async def remove(session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID, comment_id: UUID) -> None:
    """Leaves its place; with the last that stands goes the discussion. Raises `NotFound` and `Forbidden`."""
    there, _, thread = await _held(session, actor, document_id, thread_id)
    said = await _comment(session, actor, there, thread, comment_id)
    require(engagement_policy.may_delete(actor, said, there.stance), AUTHOR_ONLY)
    await engagement.delete(session, thread, said)
    await _tell(session, actor, there, thread)
    await forget_empty(session, thread.id)


async def react(
    session: AsyncSession,
    actor: Actor,
    document_id: UUID,
    thread_id: UUID,
    comment_id: UUID,
    kind: ReactionKind,
    *,
    stands: bool,
) -> Discussion:
    """Again changes nothing. Raises `NotFound` and `Forbidden`."""
    there, _, thread = await _held(session, actor, document_id, thread_id)
    said = await _comment(session, actor, there, thread, comment_id)
    require(there.stance.may_react, NO_COMMENT)
    if await engagement.react(session, actor, thread, said, kind, stands=stands):
        await _tell(session, actor, there, thread)
    return await engagement_queries.comment(session, actor, thread, there.stance, said.id)


async def resolve(
    session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID, *, resolved: bool
) -> SeenThread:
    """Resolves a discussion, or opens it again. Again changes nothing. Raises `NotFound` and `Forbidden`."""
    there, about, thread = await _held(session, actor, document_id, thread_id)
    opening = await _opening(session, thread_id)
    require(queries.may_resolve(actor, there, opening.author_id), NOT_TO_RESOLVE)
    if resolved != (about.resolved_at is not None):
        about.resolved_at, about.resolved_by = (clock.now(), actor.id) if resolved else (None, None)
        thread.version += 1
        await session.flush()
        await _tell(session, actor, there, thread)
    return await queries.thread_of(session, actor, there, thread_id)


async def forget_empty(session: AsyncSession, thread_id: UUID) -> None:
    """A discussion in which nothing stands any more, hidden or not, goes."""
    stands = select(Comment.id).where(Comment.thread_id == thread_id, Comment.deleted_at.is_(None)).limit(1)
    if await session.scalar(stands) is None:
        gone = delete(Thread).where(Thread.id == thread_id)
        await session.execute(gone.execution_options(synchronize_session=False))


async def tell(
    session: AsyncSession, actor: Actor, guard_id: UUID, thread: Thread, said: Comment | None = None
) -> None:
    """To all who may read the page, on each topic by a fact of its own. `said`: what is said anew."""
    about = {"id": thread.id, "document_id": thread.subject_id, "version": thread.version}
    for place in await topics_of(session, guard_id):
        fact = PageThreadChanged(place=place, comment_id=said.id if said else None, **about)
        record(session, fact, actor_id=actor.id)


async def _tell(
    session: AsyncSession, actor: Actor, there: Discussed, thread: Thread, said: Comment | None = None
) -> None:
    await session.flush()
    await tell(session, actor, there.guard_id, thread, said)


async def _held(
    session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID
) -> tuple[Discussed, PageThread, Thread]:
    there = await queries.discussed(session, actor, document_id)
    await queries.refuse_hidden(session, actor, there, thread_id)
    thread = await engagement.hold(session, thread_id)
    return there, await session.get_one(PageThread, thread_id, populate_existing=True), thread


async def _opening(session: AsyncSession, thread_id: UUID) -> Comment:
    query = select(Comment).where(Comment.thread_id == thread_id, Comment.parent_id.is_(None)).order_by(Comment.id)
    return (await session.execute(query.limit(1).execution_options(populate_existing=True))).scalar_one()


async def _comment(session: AsyncSession, actor: Actor, there: Discussed, thread: Thread, comment_id: UUID) -> Comment:
    moderated = [thread.id] if there.stance.moderates else []
    return await engagement_queries.standing_comment(session, actor, [thread.id], comment_id, moderated=moderated)
