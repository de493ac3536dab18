"""Reading documents: one with its path, and those of a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.communities.models import Community
from parvis.documents.models import Document, DocumentVersion, Folder, Group
from parvis.documents.names import sort_key
from parvis.documents.policy import visible_document
from parvis.files.looking.models import Look, State
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.analysis import terms_of
from parvis.kernel.db import among
from parvis.kernel.entries import Entry, matching
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Ordering, Page, PageRequest, paginate
from parvis.profiles.queries.people import Named, named

from .folders import FOLDER, SPACE_NAME, Crumb, SeenSpace, below, refuse_hidden, way_to
from .standing import NOTHING, Behind, behind

KIND = "document_version"
"""What claims the files of documents, for the document's id."""
ENTRY = "document"
"""Of what documents are found by."""
DocumentSort = Literal["name", "-name", "changed_at", "-changed_at", "size", "-size"]
ORDERS: Mapping[DocumentSort, tuple[Ordering, ...]] = {
    "name": (Document.sort_key, Document.id),
    "-name": (Document.sort_key.desc(), Document.id.desc()),
    "changed_at": (Document.changed_at, Document.id),
    "-changed_at": (Document.changed_at.desc(), Document.id.desc()),
    "size": (Document.size, Document.id),
    "-size": (Document.size.desc(), Document.id.desc()),
}


@dataclass(frozen=True, slots=True)
class WantedDocuments:
    """Which documents of a folder are asked for. With `words`, also of all below it."""

    words: str = ""
    groups: tuple[Group, ...] = ()
    by: UUID | None = None


ALL = WantedDocuments()


@dataclass(frozen=True, slots=True)
class SeenLook:
    """What was found inside a file, as lists show it. `drawn`: how many of its pages have a picture."""

    state: State
    drawn: int
    has_position: bool | None


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document as an actor sees it. `folder`: None when he does not see what it stands in; `above`: his level
    there; `look`: what was found inside."""

    document: Document
    file_id: UUID
    folder_guard_id: UUID
    folder: Crumb | None
    behind: Behind
    above: int
    people: Mapping[UUID, Named]
    look: SeenLook | None

    @property
    def guard_id(self) -> UUID:
        return self.document.guard_id or self.folder_guard_id

    @property
    def locked_until(self) -> datetime | None:
        """None when nobody holds it."""
        until = self.document.locked_until
        return until if until is not None and until > clock.now() else None


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """A document with the way to it, as far as the actor may read it."""

    seen: SeenDocument
    path: Sequence[Crumb]
    space: SeenSpace


async def document(session: AsyncSession, actor: Actor, document_id: UUID) -> SeenDocument:
    """Three queries. Raises `NotFound` for one that the actor may not read."""
    found = await documents(session, actor, [document_id])
    if not found:
        raise NotFound
    return found[0]


async def documents(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[SeenDocument]:
    """Those of these that the actor may read, in that order. Three queries."""
    rows = (await session.execute(_documents(actor.stand_in()), {"reader": actor.id, "ids": list(ids)})).all()
    guards = await behind(session, actor, [id_ for row in rows for id_ in (row[0].guard_id, row[4]) if id_])
    concerned = {
        id_ for row in rows for id_ in (row[0].created_by, row[0].changed_by, row[0].locked_by) if id_ is not None
    }
    people = await named(session, actor, sorted(concerned))
    by_id = {}
    for found, file_id, folder_id, name, guard_id, *look in rows:
        above = guards.get(guard_id, NOTHING)
        crumb = Crumb(folder_id, name) if above.level else None
        own = guards.get(found.guard_id, NOTHING) if found.guard_id else above
        by_id[found.id] = SeenDocument(
            found, file_id, guard_id, crumb, own, above.level, people, SeenLook(*look) if look[0] else None
        )
    return [by_id[id_] for id_ in ids if id_ in by_id]


@lru_cache(maxsize=KINDS_OF_READERS)
def _documents(actor: Actor) -> Select[*tuple[Any, ...]]:
    current = and_(DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.number)
    return (
        select(Document, DocumentVersion.file_id, Folder.id, SPACE_NAME, Folder.guard_id)
        .add_columns(Look.state, Look.drawn, Look.has_position)
        .join(DocumentVersion, current)
        .join(Folder, Folder.id == Document.folder_id)
        .outerjoin(Community, Community.id == Folder.community_id)
        .outerjoin(Member, Member.id == Folder.member_id)
        .outerjoin(Look, Look.file_id == DocumentVersion.file_id)
        .where(among(Document.id, "ids"), visible_document(actor))
        .execution_options(populate_existing=True)
    )


async def whole(session: AsyncSession, actor: Actor, document_id: UUID) -> WholeDocument:
    """Six queries. Raises `NotFound`."""
    seen = await document(session, actor, document_id)
    query = select(Folder).where(Folder.id == seen.document.folder_id)
    stands_in = (await session.execute(query)).scalar_one()
    path, space = await way_to(session, actor, stands_in)
    return WholeDocument(seen, [*path, seen.folder] if seen.folder else path, space)


async def page_of_documents(
    session: AsyncSession,
    actor: Actor,
    folder_id: UUID,
    wanted: WantedDocuments,
    sort: DocumentSort,
    page: PageRequest,
) -> tuple[list[SeenDocument], str | None]:
    """Those of a folder that the actor may read. Five queries. Raises `NotFound`."""
    await refuse_hidden(session, actor, folder_id)
    told: dict[str, object] = {"reader": actor.id}
    if wanted == ALL:
        statement = _all_in(actor.stand_in())
        told["folder"] = folder_id
    else:
        statement = _seen_by(actor.stand_in()).where(*_conditions(folder_id, wanted))
    found: Page[UUID] = await paginate(session, statement, ORDERS[sort], page, lambda id_: id_, told)
    return await documents(session, actor, found.items), found.next


@lru_cache(maxsize=KINDS_OF_READERS)
def _seen_by(actor: Actor) -> Select[UUID]:
    return select(Document.id).join(Folder, Folder.id == Document.folder_id).where(visible_document(actor))


@lru_cache(maxsize=KINDS_OF_READERS)
def _all_in(actor: Actor) -> Select[UUID]:
    return _seen_by(actor).where(Document.folder_id == FOLDER)


async def content(session: AsyncSession, actor: Actor, document_id: UUID, number: int | None = None) -> File:
    """The bytes of a document's current version, or of another. One query. Raises `NotFound`."""
    wanted = DocumentVersion.number == (Document.number if number is None else number)
    query: Select[File] = (
        select(File)
        .join(DocumentVersion, DocumentVersion.file_id == File.id)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Folder, Folder.id == Document.folder_id)
        .where(Document.id == document_id, wanted, visible_document(actor))
    )
    file: File | None = (await session.execute(query)).scalar_one_or_none()
    if file is None:
        raise NotFound
    return file


async def may_read_version(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads the document reads each of its versions, as long as he does."""
    if actor is None or not actor.may_use("documents:read"):
        return False
    there = exists().where(Folder.id == Document.folder_id, visible_document(actor), Document.id == file.claimed_id)
    return bool(await session.scalar(select(there)))


def _conditions(folder_id: UUID, wanted: WantedDocuments) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words.strip():
        inside = below(Folder.id == folder_id)
        found += [Document.folder_id.in_(select(inside.c.id)), _is_found(wanted.words)]
    else:
        found.append(Document.folder_id == folder_id)
    if wanted.groups:
        found.append(Document.group.in_(wanted.groups))
    if wanted.by is not None:
        found.append(Document.changed_by == wanted.by)
    return found


def _is_found(words: str) -> ColumnElement[bool]:
    """Documents with all these words in their name, or in it and inside together."""
    in_name = and_(*[Document.sort_key.contains(sort_key(word), autoescape=True) for word in sort_name(words).split()])
    terms = terms_of(words)
    if not terms:
        return in_name
    return or_(in_name, Document.id.in_(select(Entry.subject_id).where(Entry.kind == ENTRY, matching(terms))))
