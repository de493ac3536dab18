"""What is written in pages, kept: a batch of one page is one unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, Folder
from parvis.documents.queries.spaces import Quotas
from parvis.documents.service.keeping import account_of
from parvis.files import queries as files
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.pages import yjs
from parvis.pages.models import PageClient, PageUpdate, WrittenPage

from .settling import settle_later

MOST_BYTES = 16 * 2**20
"""Of a page, with what was deleted in it."""


@dataclass(frozen=True, slots=True)
class Writing:
    """An update, by whom and under which of his client ids."""

    member_id: UUID
    clients: frozenset[int]
    content: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a batch. `seq`: the last of its page; `content`: what was kept as one update; `before`: the
    last before it; `strange`: places in the batch of what was under the client id of another; `is_full`."""

    seq: int
    before: int
    content: bytes | None
    strange: frozenset[int] = field(default_factory=frozenset)
    is_full: bool = False


async def keep(session: AsyncSession, document_id: UUID, batch: Sequence[Writing]) -> Kept:
    """Keeps these updates as one. Raises `NotFound` when there is no such page."""
    query = (
        select(WrittenPage.seq, WrittenPage.state_seq, WrittenPage.size)
        .where(WrittenPage.document_id == document_id)
        .with_for_update()
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    before, state_seq, size = found
    known = await _clients(session, document_id, batch)
    strange = frozenset(at for at, one in enumerate(batch) if any(known[id_] != one.member_id for id_ in one.clients))
    mine = [one for at, one in enumerate(batch) if at not in strange]
    if not mine:
        return Kept(before, before, None, strange)
    content = yjs.merged([one.content for one in mine])
    if size + len(content) > MOST_BYTES:
        return Kept(before, before, None, strange, is_full=True)
    seq = before + 1
    await session.execute(insert(PageUpdate).values(document_id=document_id, seq=seq, content=content))
    writers = {id_ for one in mine for id_ in one.clients}
    told = update(PageClient).where(PageClient.document_id == document_id, PageClient.client_id.in_(writers))
    await session.execute(told.values(last_seq=seq).execution_options(synchronize_session=False))
    now = {"seq": seq, "size": size + len(content), "written_by": mine[-1].member_id, "written_at": clock.now()}
    page = update(WrittenPage).where(WrittenPage.document_id == document_id).values(**now)
    await session.execute(page.execution_options(synchronize_session=False))
    await settle_later(session, document_id, state_seq, seq)
    return Kept(seq, before, content, strange)


async def has_room(session: AsyncSession, quotas: Quotas, document_id: UUID) -> bool:
    """Whether the space that a page stands in may hold more. Three queries. Raises `NotFound`."""
    stands_in = select(Folder.space_id).join(Document, Document.folder_id == Folder.id)
    space_id = stands_in.where(Document.id == document_id).scalar_subquery()
    space = await session.scalar(select(Folder).where(Folder.id == space_id))
    if space is None:
        raise NotFound
    account = account_of(space, quotas)
    return await files.bytes_of(session, account.id) < account.quota


async def _clients(session: AsyncSession, document_id: UUID, batch: Sequence[Writing]) -> dict[int, UUID | None]:
    """Whose the client ids are: of who writes under them first. The page is held, so that there is a first."""
    wanted = {id_: one.member_id for one in reversed(batch) for id_ in one.clients}
    query = select(PageClient.client_id, PageClient.member_id).where(
        PageClient.document_id == document_id, PageClient.client_id.in_(wanted)
    )
    known: dict[int, UUID | None] = {row[0]: row[1] for row in (await session.execute(query)).all()}
    new = [
        {"document_id": document_id, "client_id": id_, "member_id": member_id, "last_seq": 0}
        for id_, member_id in wanted.items()
        if id_ not in known
    ]
    if new:
        await session.execute(insert(PageClient), new)
    return {**wanted, **known}
