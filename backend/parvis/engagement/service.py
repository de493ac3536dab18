"""Commenting, reacting and putting aside. Whoever owns the subject has judged whether the actor may, and tells it.

Each verb that counts holds the thread until the commit.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.publics import PRECEDENCE
from parvis.accounts.queries.publics import shown_today
from parvis.files.referred import DOCUMENTS, ids_in, kept
from parvis.kernel import clock, entries
from parvis.kernel.events import record

from .events import MyBookmarkChanged, MyReactionChanged
from .mentions import without_names
from .models import COMMENT, REACTIONS, Bookmark, Comment, Participant, Reaction, ReactionKind, Thread


async def begin(session: AsyncSession, actor: Actor, kind: str, subject_id: UUID) -> Thread:
    """A thread of a subject that the actor says."""
    thread = Thread(subject_kind=kind, subject_id=subject_id, comments=0, reactions={}, people=0, mix={}, version=1)
    session.add(thread)
    await session.flush()
    await _take_part(session, thread, actor.id, actor.shown_public, began=True)
    return thread


async def hold(session: AsyncSession, thread_id: UUID) -> Thread:
    """The thread, held until the commit."""
    query = select(Thread).where(Thread.id == thread_id).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one()


async def say(
    session: AsyncSession,
    actor: Actor,
    thread: Thread,
    body: str,
    to: Comment | None,
    document_ids: Sequence[UUID] = (),
) -> Comment:
    """Comments in a thread that is held. A reply to a reply is one to what that one answers. Raises `Invalid` for
    documents that the actor may not read."""
    await DOCUMENTS.referable(session, actor, document_ids)
    said = Comment(
        thread_id=thread.id,
        parent_id=(to.parent_id or to.id) if to else None,
        author_id=actor.id,
        body=without_names(body),
        document_ids=kept(document_ids),
        reactions={},
        version=1,
    )
    session.add(said)
    thread.comments += 1
    thread.version += 1
    await session.flush()
    await _take_part(session, thread, actor.id, actor.shown_public, comments=1)
    return said


async def edit(
    session: AsyncSession, actor: Actor, comment: Comment, body: str, document_ids: Sequence[UUID] | None = None
) -> bool:
    """Whether this changed what is said. Documents: as before by default; raises `Invalid` for one that is added which
    the actor may not read."""
    said, refers = without_names(body), comment.document_ids
    if document_ids is not None:
        added = set(document_ids) - ids_in([comment.document_ids])
        await DOCUMENTS.referable(session, actor, sorted(added))
        refers = kept(document_ids)
    if (said, refers) == (comment.body, comment.document_ids):
        return False
    comment.body, comment.document_ids, comment.edited_at = said, refers, clock.now()
    comment.version += 1
    await session.flush()
    return True


async def delete(session: AsyncSession, thread: Thread, comment: Comment) -> None:
    """Leaves the place of a comment alone. The thread is held. Again changes nothing."""
    if comment.deleted_at is not None and comment.author_id is None:
        return
    author_id, was_hidden = comment.author_id, comment.hidden_at is not None
    comment.body, comment.document_ids, comment.author_id, comment.reactions = "", None, None, {}
    comment.deleted_at, comment.edited_at, comment.hidden_at = clock.now(), None, None
    comment.version += 1
    if not was_hidden:
        await _uncount(session, thread, comment, author_id)
    await session.flush()
    await entries.forget(session, COMMENT, [comment.id])


async def hide(session: AsyncSession, thread: Thread, comment: Comment) -> bool:
    """Hides a comment of a thread that is held from all but its author and who moderates. Whether this changed
    anything."""
    if comment.hidden_at is not None or comment.deleted_at is not None:
        return False
    comment.hidden_at = clock.now()
    comment.version += 1
    await _uncount(session, thread, comment, comment.author_id)
    return True


async def show(session: AsyncSession, thread: Thread, comment: Comment) -> bool:
    """Hides it no longer. Whether this changed anything."""
    if comment.hidden_at is None:
        return False
    comment.hidden_at = None
    comment.version += 1
    thread.comments += 1
    thread.version += 1
    await session.flush()
    if comment.author_id is not None:
        public = (await shown_today(session, [comment.author_id])).get(comment.author_id)
        await _take_part(session, thread, comment.author_id, public, comments=1)
    return True


async def accept(session: AsyncSession, thread: Thread, comment_id: UUID | None) -> bool:
    """Makes a comment of a thread that is held the answer, or none. Whether this changed anything."""
    if thread.accepted_id == comment_id:
        return False
    thread.accepted_id = comment_id
    thread.version += 1
    await session.flush()
    return True


async def react(
    session: AsyncSession, actor: Actor, thread: Thread, comment: Comment | None, kind: ReactionKind, *, stands: bool
) -> bool:
    """Reacts to the subject of a thread that is held, or to a comment in it, or takes it back. Whether this changed
    anything."""
    subject: Thread | Comment = comment or thread
    subject_kind, subject_id = ("comment", comment.id) if comment else (thread.subject_kind, thread.subject_id)
    known = await session.get(Reaction, (subject_id, actor.id, kind), populate_existing=True)
    if (known is not None) == stands or (known is not None and known.thread_id != thread.id):
        return False
    if known is None:
        made = {"subject_id": subject_id, "member_id": actor.id, "kind": kind, "subject_kind": subject_kind}
        session.add(Reaction(**made, thread_id=thread.id))
    else:
        await session.delete(known)
    step = 1 if stands else -1
    _count(subject, kind, step)
    thread.version += 1
    await session.flush()
    if comment is None:
        await _take_part(session, thread, actor.id, actor.shown_public, reactions=step)
    changed = MyReactionChanged(member_id=actor.id, kind=subject_kind, id=subject_id, reaction=kind, stands=stands)
    record(session, changed, actor_id=actor.id)
    return True


async def put_aside(session: AsyncSession, actor: Actor, kind: str, subject_id: UUID) -> None:
    """Again changes nothing."""
    try:
        async with session.begin_nested():
            session.add(Bookmark(member_id=actor.id, subject_id=subject_id, subject_kind=kind))
            await session.flush()
    except IntegrityError:
        return
    record(session, MyBookmarkChanged(member_id=actor.id, kind=kind, id=subject_id, stands=True), actor_id=actor.id)


async def put_back(session: AsyncSession, actor: Actor, kind: str, subject_id: UUID) -> None:
    known = await session.get(Bookmark, (actor.id, subject_id))
    if known is None:
        return
    await session.delete(known)
    record(session, MyBookmarkChanged(member_id=actor.id, kind=kind, id=subject_id, stands=False), actor_id=actor.id)


async def forget_comments(session: AsyncSession, comments: Sequence[Comment]) -> None:
    """Of an account that is erased: the places stay, for what answers them."""
    for comment in comments:
        await delete(session, await hold(session, comment.thread_id), comment)
        comment.author_id, comment.body, comment.document_ids, comment.reactions = None, "", None, {}
    await session.flush()


async def forget_reactions(session: AsyncSession, reactions: Sequence[Reaction]) -> None:
    """Of an account that is erased: they are counted no more."""
    for reaction in reactions:
        thread = await hold(session, reaction.thread_id)
        subject: Thread | Comment | None = thread
        if reaction.subject_kind == "comment":
            subject = await session.get(Comment, reaction.subject_id, populate_existing=True)
        if subject is not None:
            _count(subject, reaction.kind, -1)
        await session.delete(reaction)
        await session.flush()


async def forget_participants(session: AsyncSession, participants: Sequence[Participant]) -> None:
    """Of an account that is erased."""
    for participant in participants:
        await _leave(session, await hold(session, participant.thread_id), participant)


async def _uncount(session: AsyncSession, thread: Thread, comment: Comment, author_id: UUID | None) -> None:
    """A comment that others read no more is neither counted nor the answer."""
    thread.comments = max(thread.comments - 1, 0)
    thread.version += 1
    if thread.accepted_id == comment.id:
        thread.accepted_id = None
    await session.flush()
    if author_id is not None:
        await _take_part(session, thread, author_id, None, comments=-1)


async def _take_part(
    session: AsyncSession,
    thread: Thread,
    member_id: UUID,
    public: str | None,
    *,
    began: bool = False,
    comments: int = 0,
    reactions: int = 0,
) -> None:
    """Counts what a member does in a thread, and him once; not any more when nothing of it is left."""
    known = await session.get(Participant, (thread.id, member_id), populate_existing=True)
    if known is None:
        if began or comments > 0 or reactions > 0:
            counted = {"began": began, "comments": comments, "reactions": reactions}
            session.add(Participant(thread_id=thread.id, member_id=member_id, public=public, **counted))
            thread.people += 1
            _count_public(thread, public, 1)
            await session.flush()
        return
    known.comments = max(known.comments + comments, 0)
    known.reactions = max(known.reactions + reactions, 0)
    await session.flush()
    if not (known.began or known.comments or known.reactions):
        await _leave(session, thread, known)


async def _leave(session: AsyncSession, thread: Thread, participant: Participant) -> None:
    await session.delete(participant)
    thread.people = max(thread.people - 1, 0)
    _count_public(thread, participant.public, -1)
    await session.flush()


def _count(subject: Thread | Comment, kind: str, step: int) -> None:
    kept = {known: subject.reactions.get(known, 0) + (step if known == kind else 0) for known in REACTIONS}
    subject.reactions = {known: count for known, count in kept.items() if count > 0}


def _count_public(thread: Thread, public: str | None, step: int) -> None:
    kept = {known: thread.mix.get(known, 0) + (step if known == public else 0) for known in PRECEDENCE}
    thread.mix = {known: count for known, count in kept.items() if count > 0}
