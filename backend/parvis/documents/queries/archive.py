"""What of a folder goes into a zip, read some at a time, with the eyes that somebody has then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import READ, Document, DocumentVersion, Folder
from parvis.documents.policy import guards_of
from parvis.files.models import File
from parvis.kernel.pagination import Page, PageRequest, paginate

from .documents import ORDERS
from .folders import ORDERS as FOLDER_ORDERS

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Sight:
    """With whose rights something is looked at, and what he must be let do there at least. `is_outside`: for whoever
    holds a link of his."""

    actor: Actor
    least: int = READ
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is wanted of that which stands right in a folder; both empty: all of it."""

    folders: Sequence[UUID] = ()
    documents: Sequence[UUID] = ()

    @property
    def is_all(self) -> bool:
        return not (self.folders or self.documents)


ALL = Chosen()


@dataclass(frozen=True, slots=True)
class Packed:
    """A document on its way into a zip, with the bytes of its current version: of a page, what it said then."""

    id: UUID
    name: str
    kind: str
    changed_at: datetime
    file: File


async def some_documents(
    session: AsyncSession, sight: Sight, folder_id: UUID, chosen: Chosen, cursor: str | None
) -> tuple[list[Packed], str | None]:
    """Some of the documents in a folder, by name, and the cursor of the following ones. One query."""
    current = and_(DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.number)
    statement: Select[*tuple[Any, ...]] = (
        select(Document.id, Document.name, Document.kind)
        .add_columns(Document.changed_at, File)
        .join(DocumentVersion, current)
    )
    statement = statement.join(File, File.id == DocumentVersion.file_id).join(Folder, Folder.id == Document.folder_id)
    statement = statement.where(Document.folder_id == folder_id, _seen_document(sight))
    if not chosen.is_all:
        statement = statement.where(Document.id.in_(chosen.documents))
    request = PageRequest(AT_ONCE, cursor)
    found: Page[Packed] = await paginate(session, statement, ORDERS["name"], request, Packed)
    return found.items, found.next


async def some_folders(
    session: AsyncSession, sight: Sight, folder_id: UUID, chosen: Chosen, cursor: str | None
) -> tuple[list[tuple[UUID, str]], str | None]:
    """The same of the folders in it: ids and names."""
    statement = select(Folder.id, Folder.name).where(Folder.parent_id == folder_id, _seen_folder(sight))
    if not chosen.is_all:
        statement = statement.where(Folder.id.in_(chosen.folders))
    request = PageRequest(AT_ONCE, cursor)
    found: Page[tuple[UUID, str]] = await paginate(
        session, statement, FOLDER_ORDERS["name"], request, lambda id_, name: (id_, name)
    )
    return found.items, found.next


async def is_seen(session: AsyncSession, sight: Sight, folder_id: UUID, document_id: UUID | None) -> bool:
    """Whether a document is seen now; without one, whether the folder is. One query."""
    query = select(Folder.id).where(Folder.id == folder_id, _seen_folder(sight))
    if document_id is not None:
        query = select(Document.id).join(Folder, Folder.id == Document.folder_id)
        query = query.where(Document.id == document_id, _seen_document(sight))
    return (await session.execute(query)).first() is not None


def _seen_folder(sight: Sight) -> ColumnElement[bool]:
    return and_(Folder.gone_id.is_(None), Folder.guard_id.in_(_let_through(sight)))


def _seen_document(sight: Sight) -> ColumnElement[bool]:
    guard_id = func.coalesce(Document.guard_id, Folder.guard_id)
    return and_(Document.trashed_at.is_(None), Folder.gone_id.is_(None), guard_id.in_(_let_through(sight)))


def _let_through(sight: Sight) -> Select[UUID]:
    return select(guards_of(sight.actor, sight.least).subquery().c.id)
