"""Reading links, and what they lead to: as their makers may do with it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.accounts.queries.organisation import organisation
from parvis.documents.archive import Root
from parvis.documents.models import MANAGE, Document, Folder
from parvis.documents.policy import MANAGERS_ONLY, guards_of, may_share, visible_document, visible_folder
from parvis.documents.queries import documents, folders
from parvis.documents.queries.documents import SeenDocument
from parvis.documents.queries.folders import SeenFolder, ancestors
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, require
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.kernel.secrets import hash_token
from parvis.profiles.queries.people import Named, named

from .models import ShareLink

ORDER = (ShareLink.id.desc(),)
DOCUMENTS_ORDER = (Document.sort_key, Document.id)
FOLDERS_ORDER = (Folder.sort_key, Folder.id)


@dataclass(frozen=True, slots=True)
class Thing:
    """What is shared."""

    kind: Literal["folder", "document"]
    id: UUID

    def is_of(self) -> ColumnElement[bool]:
        return (ShareLink.folder_id if self.kind == "folder" else ShareLink.document_id) == self.id


@dataclass(frozen=True, slots=True)
class SeenLink:
    """A link as those see it who manage what it leads to."""

    link: ShareLink
    people: Mapping[UUID, Named]


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link leads to, as its maker sees it."""

    link: ShareLink
    maker: Actor
    seen: SeenDocument | SeenFolder


async def managed(session: AsyncSession, actor: Actor, thing: Thing) -> SeenDocument | SeenFolder:
    """Five queries. Raises `NotFound` for what the actor may not read, `Forbidden` for what he does not manage."""
    seen = await _seen(session, actor, thing)
    require(may_share(seen.behind.level), MANAGERS_ONLY)
    return seen


async def page_of_links(
    session: AsyncSession, actor: Actor, thing: Thing, page: PageRequest
) -> tuple[list[SeenLink], str | None]:
    """Those to something that have not expired, the latest first. Seven queries. Raises `NotFound`, `Forbidden`."""
    await managed(session, actor, thing)
    statement = select(ShareLink).where(thing.is_of(), ShareLink.expires_at > clock.now())
    found: Page[ShareLink] = await paginate(session, statement, ORDER, page, lambda link: link)
    people = await named(session, actor, sorted({link.created_by for link in found.items}))
    return [SeenLink(link, people) for link in found.items], found.next


async def link_of(session: AsyncSession, token: str) -> ShareLink:
    """One query. Raises `NotFound` for a link that nobody made, or that has expired."""
    query = select(ShareLink).where(ShareLink.token_hash == hash_token(token), ShareLink.expires_at > clock.now())
    link = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if link is None:
        raise NotFound
    return link


async def follow(session: AsyncSession, token: str) -> Shared:
    """What a link leads to. Raises `NotFound`."""
    return await behind_link(session, await link_of(session, token))


async def behind_link(session: AsyncSession, link: ShareLink) -> Shared:
    """Raises `NotFound` where the organisation wants no links, and for a link whose maker is not active, or does not
    manage what it leads to any more: that it is in the trash, say."""
    maker = await acting_later(session, link.created_by)
    if maker is None or not (await organisation(session)).share_links:
        raise NotFound
    thing = Thing("folder", link.folder_id) if link.folder_id else Thing("document", _id(link.document_id))
    seen = await _seen(session, maker, thing)
    if not may_share(seen.behind.level):
        raise NotFound
    return Shared(link, maker, seen)


async def document_in(session: AsyncSession, shared: Shared, document_id: UUID | None) -> SeenDocument:
    """The document that a link leads to, or this one in the folder that it leads to. Raises `NotFound`."""
    if isinstance(shared.seen, SeenDocument):
        if document_id not in {None, shared.seen.document.id}:
            raise NotFound
        return shared.seen
    if document_id is None:
        raise NotFound
    query = select(Document.folder_id).join(Folder, Folder.id == Document.folder_id)
    query = query.where(Document.id == document_id, visible_document(shared.maker), _managed_document(shared.maker))
    folder_id = await session.scalar(query)
    if folder_id is None:
        raise NotFound
    await _refuse_outside(session, shared.seen, folder_id)
    return await documents.document(session, shared.maker, document_id)


async def file_of(session: AsyncSession, seen: SeenDocument) -> File:
    """The bytes of its current version. One query."""
    return await session.get_one(File, seen.file_id)


async def page_of_documents(
    session: AsyncSession, shared: Shared, folder_id: UUID | None, page: PageRequest
) -> tuple[list[SeenDocument], str | None]:
    """Those of the shared folder, or of one in it, which the link's maker manages. Raises `NotFound`."""
    at = await _folder_in(session, shared, folder_id)
    statement = select(Document.id).join(Folder, Folder.id == Document.folder_id).where(Document.folder_id == at)
    statement = statement.where(visible_document(shared.maker), _managed_document(shared.maker))
    found: Page[UUID] = await paginate(session, statement, DOCUMENTS_ORDER, page, lambda id_: id_)
    return await documents.documents(session, shared.maker, found.items), found.next


async def page_of_folders(
    session: AsyncSession, shared: Shared, folder_id: UUID | None, page: PageRequest
) -> tuple[list[Folder], str | None]:
    """The same of folders."""
    at = await _folder_in(session, shared, folder_id)
    statement = select(Folder).where(Folder.parent_id == at, visible_folder(shared.maker))
    statement = statement.where(Folder.guard_id.in_(_managed_by(shared.maker)))
    found: Page[Folder] = await paginate(session, statement, FOLDERS_ORDER, page, lambda folder: folder)
    return list(found.items), found.next


async def folder_in(session: AsyncSession, shared: Shared, folder_id: UUID | None) -> Root:
    """The shared folder, or one in it. Raises `NotFound`."""
    at = await _folder_in(session, shared, folder_id)
    if isinstance(shared.seen, SeenFolder) and at == shared.seen.folder.id:
        return Root(at, shared.seen.name)
    return Root(at, (await folders.folder(session, shared.maker, at)).name)


async def _seen(session: AsyncSession, actor: Actor, thing: Thing) -> SeenDocument | SeenFolder:
    if thing.kind == "folder":
        return await folders.folder(session, actor, thing.id)
    return await documents.document(session, actor, thing.id)


async def _folder_in(session: AsyncSession, shared: Shared, folder_id: UUID | None) -> UUID:
    if not isinstance(shared.seen, SeenFolder):
        raise NotFound
    root = shared.seen.folder.id
    if folder_id is None or folder_id == root:
        return root
    maker = shared.maker
    query = select(Folder.id).where(Folder.id == folder_id, visible_folder(maker))
    if await session.scalar(query.where(Folder.guard_id.in_(_managed_by(maker)))) is None:
        raise NotFound
    await _refuse_outside(session, shared.seen, folder_id)
    return folder_id


async def _refuse_outside(session: AsyncSession, shared: SeenFolder, folder_id: UUID) -> None:
    above = ancestors(folder_id)
    if await session.scalar(select(above.c.id).where(above.c.id == shared.folder.id)) is None:
        raise NotFound


def _managed_document(maker: Actor) -> ColumnElement[bool]:
    return func.coalesce(Document.guard_id, Folder.guard_id).in_(_managed_by(maker))


def _managed_by(maker: Actor) -> Select[UUID]:
    """Guards behind which the maker manages: what he only reads there, he does not share."""
    managed = guards_of(maker, MANAGE).subquery()
    return select(managed.c.id)


def _id(id_: UUID | None) -> UUID:
    assert id_ is not None
    return id_
