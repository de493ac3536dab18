"""Versions of pages: kept by themselves when nobody has written for a while, asked for, and put back.

A version is one of the document, whose file is the state of the page. What is put back is written as anybody writes, so
that those who are in the page see it, and nothing that they write meanwhile is lost.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.documents.models import DocumentVersion
from parvis.documents.policy import WRITERS_ONLY, may_write
from parvis.documents.queries.documents import KIND, content
from parvis.documents.queries.spaces import Quotas
from parvis.documents.service.documents import keep_version
from parvis.documents.service.holding import HeldDocument, hold_document
from parvis.documents.service.keeping import account_of
from parvis.documents.service.noting import note
from parvis.documents.service.problems import SpaceFull
from parvis.documents.service.telling import tell_document
from parvis.documents.written import PAGE_TYPE
from parvis.files import service as files
from parvis.files.making import read_whole, store
from parvis.files.places import IN_A_PLACE
from parvis.files.service import QuotaExceeded, Received
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, require
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis
from parvis.pages import queries, tree, yjs
from parvis.pages.models import PageAuthor, PageClient, PageVersion, WrittenPage
from parvis.pages.queries import Written
from parvis.pages.tree import Node

from .keeping import Kept, Writing, keep
from .settling import KEEP

QUIET, LONGEST = timedelta(minutes=10), timedelta(hours=1)
"""After so long without a word, and while one is written after so long."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A page as it was at `seq`, and its bytes, which are stored."""

    seq: int
    characters: int
    received: Received


async def snapshot(parvis: Parvis, written: Written) -> Snapshot:
    state, text = await asyncio.to_thread(_whole, written)
    return Snapshot(written.seq, len(text), await store(parvis.storage, state, PAGE_TYPE, "page"))


def _whole(written: Written) -> tuple[bytes, str]:
    document = yjs.document(written.updates)
    return document.get_update(), tree.text_of(tree.read(document))


async def keep_now(
    session: AsyncSession, actor: Actor, quotas: Quotas, document_id: UUID, taken: Snapshot, label: str = ""
) -> int:
    """The number of a version that says what the page said; the current one where nothing was written since, and it
    takes the label. Raises `NotFound`, `Forbidden` and `SpaceFull`."""
    held = await _hold(session, actor, document_id)
    last = await _last(session, document_id)
    if last is None or last.seq < taken.seq:
        await _keep(session, actor, quotas, held, taken, label, last)
    elif label:
        current = await session.get_one(DocumentVersion, (document_id, held.document.number), populate_existing=True)
        current.label = label
        await session.flush()
    await tell_document(session, actor, held.document, held.folder.guard_id)
    return held.document.number


async def _keep(
    session: AsyncSession,
    actor: Actor,
    quotas: Quotas,
    held: HeldDocument,
    taken: Snapshot,
    label: str,
    last: PageVersion | None,
) -> None:
    document, account = held.document, account_of(held.space, quotas)
    received = Received(taken.received.sha256, taken.received.size, PAGE_TYPE, document.name)
    try:
        await files.make_room(session, account, received.size)
    except QuotaExceeded:
        raise SpaceFull from None
    owned = {"owner_id": actor.id, "account_id": IN_A_PLACE, "claimed_id": document.id}
    file = await files.add(session, received, claimed_kind=KIND, **owned)
    made = await keep_version(session, actor, held.space, document, file, label=label)
    await note_version(session, document.id, made.number, taken.seq, taken.characters, since=last.seq if last else -1)


async def note_version(
    session: AsyncSession, document_id: UUID, number: int, seq: int, characters: int, *, since: int
) -> None:
    """What a version says, and who wrote since the one before."""
    session.add(PageVersion(document_id=document_id, number=number, seq=seq, characters=characters))
    await session.flush()
    wrote = select(PageClient.member_id).distinct()
    wrote = wrote.where(PageClient.document_id == document_id, PageClient.last_seq > since)
    authors = [
        {"document_id": document_id, "number": number, "member_id": id_}
        for id_ in await session.scalars(wrote.where(PageClient.member_id.is_not(None)))
    ]
    if authors:
        await session.execute(insert(PageAuthor), authors)


async def earlier(parvis: Parvis, actor: Actor, document_id: UUID, number: int) -> Node:
    """What a version says. Raises `NotFound`."""
    state = await state_of(parvis, actor, document_id, number)
    return await asyncio.to_thread(lambda: tree.of([state]))


async def state_of(parvis: Parvis, actor: Actor, document_id: UUID, number: int) -> bytes:
    """A version, as one update. Raises `NotFound`."""
    await parvis.database.read(queries.refuse_hidden, actor, document_id)
    file = await parvis.database.read(content, actor, document_id, number)
    return await read_whole(parvis.storage, file)


def rewriting(written: Written, nodes: list[Node]) -> tuple[bytes, int]:
    """The update that puts these nodes in the place of all that was written, and the client id that writes it."""
    document = yjs.document(written.updates)
    before = document.get_state()
    children = yjs.root(document).children
    with document.transaction():
        if len(children):
            del children[0 : len(children)]
        tree.write(document, nodes)
    return document.get_update(before), document.client_id


async def rewrite(
    session: AsyncSession, actor: Actor, document_id: UUID, number: int, update: bytes, client_id: int
) -> Kept:
    """With a version of this number. Raises `NotFound` and `Forbidden`."""
    held = await _hold(session, actor, document_id)
    await note(session, actor, "restored", held.document, number=number)
    return await keep(session, document_id, [Writing(actor.id, frozenset({client_id}), update)])


def keep_versions(parvis: Parvis, quotas: Quotas) -> Handler:
    """The handler of `pages.keep_version`."""

    async def keep_one(job: LeasedJob) -> None:
        document_id = UUID(job.payload["document_id"])
        if not await parvis.database.write(_is_time, document_id):
            return
        taken = await snapshot(parvis, await parvis.database.read(queries.written, document_id))
        try:
            await parvis.database.write(_keep_for_writer, quotas, document_id, taken)
        except (NotFound, SpaceFull):  # Who wrote last reads it no longer, or there is no room: the next tries.
            return

    return keep_one


async def _is_time(session: AsyncSession, document_id: UUID) -> bool:
    """Otherwise comes back when it may be."""
    page = await session.get(WrittenPage, document_id, populate_existing=True)
    if page is None or page.written_by is None:
        return False
    last = await _last(session, document_id)
    if last is not None and last.seq >= page.seq:
        return False
    now, quiet_at = clock.now(), page.written_at + QUIET
    latest = (last.kept_at if last else page.written_at) + LONGEST
    if now >= min(quiet_at, latest):
        return True
    said = {"document_id": str(document_id)}
    await enqueue(session, KEEP, said, run_at=min(quiet_at, latest), unique=f"{document_id} {page.seq}")
    return False


async def _keep_for_writer(session: AsyncSession, quotas: Quotas, document_id: UUID, taken: Snapshot) -> None:
    page = await session.get_one(WrittenPage, document_id, populate_existing=True)
    actor = await acting_later(session, page.written_by) if page.written_by else None
    if actor is None:
        raise NotFound
    held = await hold_document(session, actor, document_id)
    last = await _last(session, document_id)
    if last is None or last.seq < taken.seq:
        await _keep(session, actor, quotas, held, taken, "", last)
        await tell_document(session, None, held.document, held.folder.guard_id)


async def _last(session: AsyncSession, document_id: UUID) -> PageVersion | None:
    newest = select(func.max(PageVersion.number)).where(PageVersion.document_id == document_id).scalar_subquery()
    query = select(PageVersion).where(PageVersion.document_id == document_id, PageVersion.number == newest)
    found: PageVersion | None = (await session.execute(query)).scalar_one_or_none()
    return found


async def _hold(session: AsyncSession, actor: Actor, document_id: UUID) -> HeldDocument:
    held = await hold_document(session, actor, document_id)
    if held.document.kind != "page":
        raise NotFound
    require(may_write(held.level), WRITERS_ONLY)
    return held
