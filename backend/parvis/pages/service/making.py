"""Pages made: new ones, and copies."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, delete, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder
from parvis.documents.names import fitting, group_of, sort_key
from parvis.documents.policy import WRITERS_ONLY, may_write
from parvis.documents.queries.documents import KIND, WholeDocument, whole
from parvis.documents.queries.spaces import Quotas
from parvis.documents.service.documents import keep_version
from parvis.documents.service.folders import free_name
from parvis.documents.service.holding import hold_folder
from parvis.documents.service.keeping import account_of
from parvis.documents.service.noting import note
from parvis.documents.service.problems import SpaceFull
from parvis.documents.service.spaces import take_room
from parvis.documents.service.telling import tell_document
from parvis.documents.written import PAGE_TYPE, FileFormat, Look, PageFile
from parvis.engagement.models import COMMENT, Comment, Thread
from parvis.files import service as files
from parvis.files.destinations import Account
from parvis.files.making import store
from parvis.files.places import IN_A_PLACE
from parvis.files.service import QuotaExceeded, Received
from parvis.kernel import clock, entries
from parvis.kernel.errors import require
from parvis.kernel.ids import new_id
from parvis.kernel.personal_data import AT_ONCE
from parvis.kernel.runtime import Parvis
from parvis.kernel.storage import Storage
from parvis.pages import queries, tree
from parvis.pages.exports import gathering
from parvis.pages.exports.html import fragment
from parvis.pages.exports.paper import MEDIA_TYPES
from parvis.pages.models import PageClient, PageUpdate, WrittenPage
from parvis.pages.tasks.keeping import copy_stock
from parvis.pages.threads.queries import KIND as DISCUSSED
from parvis.pages.tree import Node

from . import picturing
from .versions import note_version


@dataclass(frozen=True, slots=True)
class Beginning:
    """With what a page begins, written by `client_id`; and its bytes, kept as the file of its first version."""

    state: bytes
    client_id: int
    text: str
    received: Received


async def begin(storage: Storage, nodes: list[Node]) -> Beginning:
    """Keeps the bytes. What is never made of them is tidied away."""
    state, client_id = await asyncio.to_thread(tree.update_of, nodes)
    received = await store(storage, state, PAGE_TYPE, "page")
    return Beginning(state, client_id, tree.text_of({"type": "doc", "content": nodes}), received)


async def make(
    session: AsyncSession, actor: Actor, quotas: Quotas, folder_id: UUID, name: str, beginning: Beginning
) -> WholeDocument:
    """A page, by another name where its own is taken. Raises `NotFound`, `Forbidden` and `SpaceFull`."""
    held = await hold_folder(session, actor, folder_id)
    require(may_write(held.level), WRITERS_ONLY)
    name = await free_name(session, folder_id, fitting(name))
    document = Document(
        id=new_id(),
        folder_id=folder_id,
        kind="page",
        name=name,
        sort_key=sort_key(name),
        media_type=PAGE_TYPE,
        group=group_of(PAGE_TYPE, name),
        size=0,
        number=0,
        created_by=actor.id,
        version=0,
    )
    session.add(document)
    await session.flush()
    account = account_of(held.space, quotas)
    received = Received(beginning.received.sha256, beginning.received.size, PAGE_TYPE, name)
    try:
        await files.make_room(session, account, received.size + len(beginning.state))
    except QuotaExceeded:
        raise SpaceFull from None
    owned = {"owner_id": actor.id, "account_id": IN_A_PLACE, "claimed_id": document.id}
    file = await files.add(session, received, claimed_kind=KIND, **owned)
    await keep_version(session, actor, held.space, document, file)
    session.add(
        WrittenPage(
            document_id=document.id,
            state=beginning.state,
            state_seq=0,
            seq=0,
            size=len(beginning.state),
            text=beginning.text,
            written_by=actor.id,
        )
    )
    await session.flush()
    await take_room(
        session,
        held.space,
        await files.count_elsewhere(session, document.id, len(beginning.state)),
    )
    session.add(PageClient(document_id=document.id, client_id=beginning.client_id, member_id=actor.id, last_seq=0))
    await note_version(session, document.id, document.number, 0, len(beginning.text), since=-1)
    held.folder.changed_at = clock.now()
    await session.flush()
    await note(session, actor, "added", document, number=document.number)
    await tell_document(session, actor, document, held.folder.guard_id)
    return await whole(session, actor, document.id)


class Keeper:
    """What documents ask of pages."""

    async def copied(
        self, session: AsyncSession, actor: Actor, source: UUID, made: Document, space: Folder, account: Account
    ) -> None:
        """The copy says what the page says now. Its writers' client ids are theirs in the copy too."""
        page = await session.get(WrittenPage, source, populate_existing=True)
        if page is None:
            return
        await files.make_room(session, account, page.size)
        await take_room(session, space, await files.count_elsewhere(session, made.id, page.size))
        values = {"state": page.state, "state_seq": page.state_seq, "seq": page.seq, "size": page.size}
        session.add(WrittenPage(document_id=made.id, text=page.text, written_by=actor.id, **values))
        await session.flush()
        updates = select(literal(made.id, type_=PageUpdate.document_id.type), PageUpdate.seq, PageUpdate.content)
        later = updates.where(PageUpdate.document_id == source, PageUpdate.seq <= page.seq)
        await session.execute(insert(PageUpdate).from_select(["document_id", "seq", "content"], later))
        clients = select(
            literal(made.id, type_=PageClient.document_id.type), PageClient.client_id, PageClient.member_id
        ).add_columns(PageClient.last_seq)
        columns = ["document_id", "client_id", "member_id", "last_seq"]
        theirs = clients.where(PageClient.document_id == source)
        await session.execute(insert(PageClient).from_select(columns, theirs))
        await note_version(session, made.id, made.number, page.seq, len(page.text), since=-1)
        await picturing.copy(session, actor, source, made, space, account)
        await copy_stock(session, source, made.id)

    async def texts(self, session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return await queries.texts(session, ids)

    async def as_file(self, parvis: Parvis, look: Look, document_id: UUID, format_: FileFormat) -> PageFile:
        paper = await gathering.paper_of(parvis, look, document_id)
        return PageFile(await gathering.made(parvis, paper, format_), MEDIA_TYPES[format_], f".{format_}")

    async def as_html(self, parvis: Parvis, look: Look, document_id: UUID) -> str:
        paper = await gathering.paper_of(parvis, look, document_id)
        return await asyncio.to_thread(fragment, paper)

    async def forgotten(self, session: AsyncSession, ids: Sequence[UUID]) -> None:
        """Rows go with their documents, and with their discussions."""
        theirs = and_(Thread.subject_kind == DISCUSSED, Thread.subject_id.in_(ids))
        said = select(Comment.id).join(Thread, Thread.id == Comment.thread_id).where(theirs)
        comments = list(await session.scalars(said))
        for first in range(0, len(comments), AT_ONCE):
            await entries.forget(session, COMMENT, comments[first : first + AT_ONCE])
        threads = delete(Thread).where(theirs)
        await session.execute(threads.execution_options(synchronize_session=False))
