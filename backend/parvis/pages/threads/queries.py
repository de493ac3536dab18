"""Reading what is said of a page: each starts from a page that the actor may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.documents.models import MANAGE, Document, Folder
from parvis.documents.policy import may_write, visible_document
from parvis.documents.queries.standing import NOTHING, behind
from parvis.engagement import queries as engagement
from parvis.engagement.models import Comment, Thread
from parvis.engagement.policy import Stance, kept_from
from parvis.engagement.queries import Discussion, Said
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.pages.models import PageThread
from parvis.pages.policy import WRITE_SCOPE, may_comment
from parvis.profiles.queries.people import Named, named

KIND = "page"
"""Of what a thread is a discussion."""
Wanted = Literal["open", "resolved"]


@dataclass(frozen=True, slots=True)
class Discussed:
    """A page whose discussions an actor may read. `guard_id`: whose rights count there; `level`: his."""

    document: Document
    guard_id: UUID
    level: int

    @property
    def stance(self) -> Stance:
        may = may_comment(self.level)
        return Stance(
            may_comment=may, may_react=may, moderates=self.level >= MANAGE, may_accept=False, scope=WRITE_SCOPE
        )


@dataclass(frozen=True, slots=True)
class SeenThread:
    """A discussion of a page as an actor sees it. `opening`: what it began with, and the first answers."""

    page: PageThread
    thread: Thread
    opening: Said
    discussion: Discussion
    resolved_by: Named | None
    discussed: Discussed


async def discussed(session: AsyncSession, actor: Actor, document_id: UUID) -> Discussed:
    """Two queries. Raises `NotFound` for what the actor may not read, or is no page."""
    query = select(Document, Folder.guard_id).join(Folder, Folder.id == Document.folder_id)
    query = query.where(Document.id == document_id, Document.kind == KIND, visible_document(actor))
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    guard_id = found[0].guard_id or found[1]
    guards = await behind(session, actor, [guard_id])
    return Discussed(found[0], guard_id, guards.get(guard_id, NOTHING).level)


async def page_of_threads(
    session: AsyncSession, actor: Actor, document_id: UUID, wanted: Wanted, page: PageRequest
) -> tuple[list[SeenThread], str | None]:
    """Those that are open, or resolved, from the first. Eight queries. Raises `NotFound`."""
    there = await discussed(session, actor, document_id)
    is_wanted = PageThread.resolved_at.is_(None) if wanted == "open" else PageThread.resolved_at.is_not(None)
    statement = _threads(actor, there).where(is_wanted)
    found: Page[tuple[PageThread, Thread]] = await paginate(
        session, statement, (PageThread.thread_id,), page, lambda about, thread: (about, thread)
    )
    return await _seen(session, actor, there, found.items), found.next


async def thread(session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID) -> SeenThread:
    """Eight queries. Raises `NotFound`, also when nothing is left in it that the actor may read."""
    there = await discussed(session, actor, document_id)
    return await thread_of(session, actor, there, thread_id)


async def thread_of(session: AsyncSession, actor: Actor, there: Discussed, thread_id: UUID) -> SeenThread:
    statement = _threads(actor, there).where(PageThread.thread_id == thread_id)
    rows = (await session.execute(statement.execution_options(populate_existing=True))).all()
    if not rows:
        raise NotFound
    return (await _seen(session, actor, there, [(row[0], row[1]) for row in rows]))[0]


async def answers(
    session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID, page: PageRequest
) -> Discussion:
    """All that answers what a discussion began with, from the first. Eight queries. Raises `NotFound`."""
    there = await discussed(session, actor, document_id)
    thread = await refuse_hidden(session, actor, there, thread_id)
    first = select(Comment.id).where(Comment.thread_id == thread_id, Comment.parent_id.is_(None))
    opening = (await session.execute(first.order_by(Comment.id).limit(1))).scalar_one()
    return await engagement.page_of_comments(session, actor, thread, there.stance, page, opening)


async def comment(
    session: AsyncSession, actor: Actor, document_id: UUID, thread_id: UUID, comment_id: UUID
) -> Discussion:
    """One comment. Raises `NotFound`."""
    there = await discussed(session, actor, document_id)
    thread = await refuse_hidden(session, actor, there, thread_id)
    return await engagement.comment(session, actor, thread, there.stance, comment_id)


async def refuse_hidden(session: AsyncSession, actor: Actor, there: Discussed, thread_id: UUID) -> Thread:
    """The discussion, if it is one of the page with something that the actor may read. Raises `NotFound`."""
    found = await session.execute(_threads(actor, there).where(PageThread.thread_id == thread_id))
    row: Any = found.one_or_none()
    if row is None:
        raise NotFound
    thread: Thread = row[1]
    return thread


async def count(session: AsyncSession, document_id: UUID) -> int:
    """How many discussions a page has, whoever asks."""
    query = select(func.count()).select_from(PageThread).where(PageThread.document_id == document_id)
    return await session.scalar(query) or 0


def may_resolve(actor: Actor, there: Discussed, begun_by: UUID | None) -> bool:
    """Who writes the page, and who began it and may still comment."""
    return may_write(there.level) or (may_comment(there.level) and begun_by == actor.id)


def _threads(actor: Actor, there: Discussed) -> Any:
    return (
        select(PageThread, Thread)
        .join(Thread, Thread.id == PageThread.thread_id)
        .where(PageThread.document_id == there.document.id, _has_something(actor, there.stance))
    )


def _has_something(actor: Actor, stance: Stance) -> ColumnElement[bool]:
    """Something stands in it that the actor may read."""
    said = aliased(Comment)
    stands = exists().where(said.thread_id == PageThread.thread_id, said.deleted_at.is_(None))
    return stands if stance.moderates else stands.where(not_(kept_from(actor, said)))


async def _seen(
    session: AsyncSession, actor: Actor, there: Discussed, rows: Sequence[tuple[PageThread, Thread]]
) -> list[SeenThread]:
    discussion = await engagement.openings(session, actor, [thread for _, thread in rows], there.stance)
    by_thread = {said.comment.thread_id: said for said in discussion.items}
    resolvers: Mapping[UUID, Named] = await named(
        session, actor, sorted({about.resolved_by for about, _ in rows if about.resolved_by})
    )
    return [
        SeenThread(
            about,
            thread,
            by_thread[thread.id],
            discussion,
            resolvers.get(about.resolved_by) if about.resolved_by else None,
            there,
        )
        for about, thread in rows
        if thread.id in by_thread
    ]
