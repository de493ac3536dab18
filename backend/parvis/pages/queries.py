"""Reading pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder
from parvis.documents.policy import visible_document
from parvis.documents.queries import versions as document_versions
from parvis.documents.queries.documents import WholeDocument, whole
from parvis.documents.queries.folders import ancestors
from parvis.documents.queries.standing import NOTHING, behind
from parvis.documents.queries.versions import SeenVersion
from parvis.files.models import File
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import PageRequest
from parvis.profiles.queries.people import Named, named

from .models import PageAuthor, PageClient, PagePicture, PageUpdate, PageVersion, WrittenPage

MOST_SHOWN = 20
"""Of those who wrote."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written in a page up to `seq`: updates, from the first."""

    updates: Sequence[bytes]
    seq: int


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as an actor sees it. `people`: how many wrote; `writers`: the last of them whom the actor may find."""

    document: WholeDocument
    written: Written
    people: int
    writers: Sequence[Named]

    @property
    def level(self) -> int:
        return self.document.seen.behind.level


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a page stands, for one who reads it: `level` is his; a change of any of `places` may change it."""

    level: int
    community_id: UUID | None
    places: frozenset[UUID]


async def page(session: AsyncSession, actor: Actor, document_id: UUID) -> SeenPage:
    """Ten queries. Raises `NotFound` for what the actor may not read, or is no page."""
    document = await whole(session, actor, document_id)
    said = await written(session, document_id)
    writers = select(PageClient.member_id, func.max(PageClient.last_seq)).group_by(PageClient.member_id)
    rows = (await session.execute(writers.where(PageClient.document_id == document_id, PageClient.last_seq > 0))).all()
    latest = [id_ for id_, _ in sorted(rows, key=lambda row: -row[1]) if id_ is not None][:MOST_SHOWN]
    people = await named(session, actor, latest)
    return SeenPage(document, said, len(rows), [people[id_] for id_ in latest if id_ in people])


async def read_state(session: AsyncSession, actor: Actor, document_id: UUID) -> Written:
    """Three queries. Raises `NotFound`."""
    await refuse_hidden(session, actor, document_id)
    return await written(session, document_id)


async def refuse_hidden(session: AsyncSession, actor: Actor, document_id: UUID) -> None:
    """Raises `NotFound` for what the actor may not read, or is no page."""
    query = select(Document.id).join(Folder, Folder.id == Document.folder_id)
    query = query.where(Document.id == document_id, Document.kind == "page", visible_document(actor))
    if (await session.execute(query)).first() is None:
        raise NotFound


async def stand(session: AsyncSession, actor: Actor, document_id: UUID) -> Stand:
    """Three queries. Raises `NotFound`."""
    query = select(Document.guard_id, Folder.guard_id, Folder.id, Folder.space_id).join(
        Folder, Folder.id == Document.folder_id
    )
    query = query.where(Document.id == document_id, Document.kind == "page", visible_document(actor))
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    own_guard, folder_guard, folder_id, space_id = found
    guards = await behind(session, actor, [own_guard or folder_guard])
    above = ancestors(folder_id)
    community = select(Folder.community_id).where(Folder.id == space_id).scalar_subquery()
    rows = (await session.execute(select(above.c.id, community))).all()
    level = guards.get(own_guard or folder_guard, NOTHING).level
    return Stand(level, rows[0][1], frozenset({document_id, *(row[0] for row in rows)}))


async def written(session: AsyncSession, document_id: UUID) -> Written:
    """All that was written, whoever asks. Two queries. Raises `NotFound`."""
    query = select(WrittenPage.state, WrittenPage.state_seq, WrittenPage.seq).where(
        WrittenPage.document_id == document_id
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise NotFound
    state, state_seq, seq = found
    later = await _updates(session, document_id, state_seq, seq)
    if len(later) < seq - state_seq:  # Brought together between the two: read once more.
        return await written(session, document_id)
    return Written([state, *later], seq)


async def written_after(session: AsyncSession, document_id: UUID, seq: int) -> Written:
    """What was written after that. Raises `NotFound`."""
    last = await session.scalar(select(WrittenPage.seq).where(WrittenPage.document_id == document_id))
    if last is None:
        raise NotFound
    later = await _updates(session, document_id, seq, last)
    if len(later) < last - seq:  # Some were brought together: they are in the state.
        return await written(session, document_id)
    return Written(later, last)


async def _updates(session: AsyncSession, document_id: UUID, after: int, last: int) -> Sequence[bytes]:
    query = select(PageUpdate.content).where(PageUpdate.document_id == document_id)
    query = query.where(PageUpdate.seq > after, PageUpdate.seq <= last).order_by(PageUpdate.seq)
    return list(await session.scalars(query))


async def last_of(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, int]:
    """The last that was written in each of these pages. One query."""
    rows: Any = await session.execute(
        select(WrittenPage.document_id, WrittenPage.seq).where(WrittenPage.document_id.in_(ids))
    )
    return {row[0]: row[1] for row in rows}


async def clients_of(session: AsyncSession, document_id: UUID) -> Mapping[int, UUID | None]:
    """Who writes under which client id."""
    query = select(PageClient.client_id, PageClient.member_id).where(PageClient.document_id == document_id)
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


async def texts(session: AsyncSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    query = select(WrittenPage.document_id, WrittenPage.text).where(WrittenPage.document_id.in_(ids))
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


@dataclass(frozen=True, slots=True)
class Authors:
    """Who wrote in a page, the most first: `people`, None for who left or is not for the actor to find; how many
    letters are of each; and which of them stands behind a client id."""

    people: Sequence[Named | None]
    letters: Sequence[int]
    at: Mapping[int, int]


async def authors(session: AsyncSession, actor: Actor, document_id: UUID, letters: Mapping[int, int]) -> Authors:
    """`letters`: of each client id. Two queries."""
    clients = await clients_of(session, document_id)
    found = await named(session, actor, sorted({id_ for id_ in clients.values() if id_ is not None}))
    counted: dict[UUID | None, int] = {}
    for client, count in letters.items():
        id_ = clients.get(client)
        key = id_ if id_ in found else None
        counted[key] = counted.get(key, 0) + count
    order = sorted(counted, key=lambda id_: (-counted[id_], str(id_)))
    place = {id_: at for at, id_ in enumerate(order)}
    at = {client: place[id_ if (id_ := clients.get(client)) in found else None] for client in letters}
    return Authors([found[id_] if id_ else None for id_ in order], [counted[id_] for id_ in order], at)


async def pictures(
    session: AsyncSession, document_id: UUID, ids: Sequence[UUID]
) -> Mapping[UUID, tuple[PagePicture, File]]:
    """Those of a page, whoever asks. One query."""
    query = select(PagePicture, File).join(File, File.id == PagePicture.file_id)
    query = query.where(PagePicture.document_id == document_id, PagePicture.id.in_(ids))
    return {one.id: (one, file) for one, file in (await session.execute(query)).all()}


async def picture(session: AsyncSession, actor: Actor, document_id: UUID, picture_id: UUID) -> File:
    """Two queries. Raises `NotFound` for one in a page that the actor may not read."""
    await refuse_hidden(session, actor, document_id)
    found = await pictures(session, document_id, [picture_id])
    if picture_id not in found:
        raise NotFound
    return found[picture_id][1]


@dataclass(frozen=True, slots=True)
class SeenPageVersion:
    """A version of a page, with those who wrote since the one before whom the actor may find."""

    seen: SeenVersion
    characters: int
    authors: Sequence[Named]


async def page_of_versions(
    session: AsyncSession, actor: Actor, document_id: UUID, page: PageRequest
) -> tuple[list[SeenPageVersion], str | None]:
    """The last first. Nine queries. Raises `NotFound`."""
    await refuse_hidden(session, actor, document_id)
    found, following = await document_versions.page_of_versions(session, actor, document_id, page)
    return await _with_authors(session, actor, document_id, found), following


async def version(session: AsyncSession, actor: Actor, document_id: UUID, number: int) -> SeenPageVersion:
    """Nine queries. Raises `NotFound`."""
    await refuse_hidden(session, actor, document_id)
    found = await document_versions.version(session, actor, document_id, number)
    return (await _with_authors(session, actor, document_id, [found]))[0]


async def _with_authors(
    session: AsyncSession, actor: Actor, document_id: UUID, found: Sequence[SeenVersion]
) -> list[SeenPageVersion]:
    numbers = [one.version.number for one in found]
    lengths = select(PageVersion.number, PageVersion.characters)
    lengths = lengths.where(PageVersion.document_id == document_id, PageVersion.number.in_(numbers))
    characters = {row[0]: row[1] for row in (await session.execute(lengths)).all()}
    wrote = select(PageAuthor.number, PageAuthor.member_id)
    wrote = wrote.where(PageAuthor.document_id == document_id, PageAuthor.number.in_(numbers))
    rows = (await session.execute(wrote.order_by(PageAuthor.member_id))).all()
    people = await named(session, actor, sorted({row[1] for row in rows}))
    return [
        SeenPageVersion(
            one,
            characters.get(one.version.number, 0),
            [people[id_] for number, id_ in rows if number == one.version.number and id_ in people],
        )
        for one in found
    ]
