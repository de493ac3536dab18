"""Writing all entries again, while they are served: each stands as it was until the batch that writes it anew.

A worker that dies goes on where it was: after what, is kept with the job in the unit of work of each batch.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import exists, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.chat.models import Message
from parvis.chat.subscribers import index_messages
from parvis.communities.models import Community
from parvis.communities.service.communities import index as index_communities
from parvis.documents.models import Document
from parvis.documents.subscribers import PAGE, index_documents, index_page_comments
from parvis.engagement.models import Comment, Thread
from parvis.kernel import entries
from parvis.kernel.db import Database
from parvis.kernel.entries import Entry
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.posts.models import Post
from parvis.posts.service.indexing import index_all, index_comments
from parvis.profiles.directory.index import reindex

REBUILD = "search.rebuild"
AT_ONCE, DOCUMENTS_AT_ONCE = 200, 20
"""Subjects in one unit of work; of documents, whose texts are long, fewer."""
AT_A_STRETCH = 20.0
"""Seconds after which a job hands on to the next: others wait."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is found under one name: its rows, and who writes entries of them."""

    name: str
    model: Any
    index: Callable[..., Awaitable[None]]
    at_once: int = AT_ONCE


async def _index_comments(session: AsyncSession, ids: Sequence[UUID], *, again: bool) -> None:
    """Of posts, and of pages."""
    query = select(Comment.id).join(Thread, Thread.id == Comment.thread_id)
    of_pages = set(await session.scalars(query.where(Comment.id.in_(ids), Thread.subject_kind == PAGE)))
    await index_comments(session, [id_ for id_ in ids if id_ not in of_pages], again=again)
    await index_page_comments(session, sorted(of_pages), again=again)


KINDS: Sequence[_Kind] = (
    _Kind("person", Member, reindex),
    _Kind("community", Community, index_communities),
    _Kind("post", Post, index_all),
    _Kind("comment", Comment, _index_comments),
    _Kind("message", Message, index_messages),
    _Kind("document", Document, index_documents, DOCUMENTS_AT_ONCE),
)


@dataclass(frozen=True, slots=True)
class Step:
    """How far it went: which kind, and after which of its subjects. Past the last kind it is done."""

    kind: int = 0
    after: UUID | None = None

    @property
    def is_last(self) -> bool:
        return self.kind >= len(KINDS)


async def enqueue_rebuild(session: AsyncSession) -> bool:
    """Has all entries written again, unless that is under way."""
    return await enqueue(session, REBUILD, {}, unique="all") is not None


def rebuild_entries(database: Database) -> Handler:
    """The handler of `search.rebuild`."""

    async def rebuild(job: LeasedJob) -> None:
        after = job.payload.get("after")
        step = Step(job.payload.get("kind", 0), UUID(after) if after else None)
        until = monotonic() + AT_A_STRETCH
        while not step.is_last and monotonic() < until:
            step = await database.write(write_some, step)
        if not step.is_last:
            await database.write(_go_on, step)

    return rebuild


async def write_some(session: AsyncSession, step: Step) -> Step:
    """A batch, and what comes after it."""
    kind = KINDS[step.kind]
    query = select(kind.model.id).order_by(kind.model.id).limit(kind.at_once)
    ids = list(await session.scalars(query if step.after is None else query.where(kind.model.id > step.after)))
    if ids:
        await kind.index(session, ids, again=True)
        return Step(step.kind, ids[-1])
    if await _forget_orphans(session, kind):
        return step
    return Step(step.kind + 1)


async def _forget_orphans(session: AsyncSession, kind: _Kind) -> bool:
    """Forgets a batch of entries whose subject is gone. Whether there were any."""
    stands = exists().where(kind.model.id == Entry.subject_id)
    query = select(Entry.subject_id).where(Entry.kind == kind.name, not_(stands)).limit(AT_ONCE)
    ids = list(dict.fromkeys(await session.scalars(query)))
    if ids:
        await entries.forget(session, kind.name, ids)
    return bool(ids)


async def _go_on(session: AsyncSession, step: Step) -> None:
    payload = {"kind": step.kind, "after": str(step.after) if step.after else None}
    await enqueue(session, REBUILD, payload)
