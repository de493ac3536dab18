"""Folders and documents, held until the commit. Whatever changes what stands where in a space holds the space."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder
from parvis.documents.policy import visible_document, visible_folder
from parvis.documents.queries.standing import NOTHING, behind
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.profiles.queries.people import named

from .problems import Locked


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """A folder with its space, the actor's level in it, and `above`: in what it stands in."""

    folder: Folder
    space: Folder
    level: int
    above: int


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """The same of a document. `folder`: what it stands in, whether the actor may read that or not."""

    document: Document
    folder: Folder
    space: Folder
    level: int
    above: int

    @property
    def guard_id(self) -> UUID:
        return self.document.guard_id or self.folder.guard_id


async def hold_spaces(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Folder]:
    """These spaces, always one after the other in the same order."""
    query = select(Folder).where(Folder.id.in_(ids)).order_by(Folder.id).with_for_update()
    found = await session.scalars(query.execution_options(populate_existing=True))
    return {space.id: space for space in found}


async def hold_folder(session: AsyncSession, actor: Actor, folder_id: UUID) -> HeldFolder:
    """Raises `NotFound` for a folder that the actor may not read."""
    [held] = await hold_folders(session, actor, [folder_id])
    return held


async def hold_folders(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> list[HeldFolder]:
    """Several at once, in that order. Raises `NotFound`."""
    visible = select(Folder.space_id).where(Folder.id.in_(ids), visible_folder(actor))
    spaces = await hold_spaces(session, set(await session.scalars(visible)))
    return [await _folder(session, actor, id_, spaces) for id_ in ids]


async def hold_document(
    session: AsyncSession, actor: Actor, document_id: UUID, *, into: UUID | None = None
) -> HeldDocument:
    """Raises `NotFound` for a document that the actor may not read. `into`: a folder whose space is held too."""
    query = select(Folder.space_id).join(Document, Document.folder_id == Folder.id)
    space_id = await session.scalar(query.where(Document.id == document_id, visible_document(actor)))
    if space_id is None:
        raise NotFound
    others = select(Folder.space_id).where(Folder.id == into, visible_folder(actor))
    spaces = await hold_spaces(session, {space_id, *(await session.scalars(others))})
    rows = select(Document, Folder).join(Folder, Folder.id == Document.folder_id)
    rows = rows.where(Document.id == document_id, visible_document(actor)).execution_options(populate_existing=True)
    found = (await session.execute(rows)).one_or_none()
    if found is None or found.Folder.space_id not in spaces:
        raise NotFound
    document, folder = found
    guards = await behind(session, actor, {document.guard_id or folder.guard_id, folder.guard_id})
    level = guards.get(document.guard_id or folder.guard_id, NOTHING).level
    above = guards.get(folder.guard_id, NOTHING).level
    return HeldDocument(document, folder, spaces[folder.space_id], level, above)


async def refuse_locked(session: AsyncSession, actor: Actor, document: Document) -> None:
    """Raises `Locked` while another holds the document."""
    until = document.locked_until
    if until is None or until <= clock.now() or document.locked_by == actor.id:
        return
    people = await named(session, actor, [document.locked_by] if document.locked_by else [])
    by = next((person.name for person in people.values()), None)
    raise Locked(extra={"by": by, "until": until.isoformat(timespec="milliseconds").replace("+00:00", "Z")})


async def _folder(session: AsyncSession, actor: Actor, folder_id: UUID, spaces: dict[UUID, Folder]) -> HeldFolder:
    query = select(Folder).where(Folder.id == folder_id, visible_folder(actor))
    folder = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if folder is None or folder.space_id not in spaces:
        raise NotFound
    parent_guard = select(Folder.guard_id).where(Folder.id == folder.parent_id)
    above_id = await session.scalar(parent_guard) if folder.parent_id else None
    guards = await behind(session, actor, {id_ for id_ in (folder.guard_id, above_id) if id_})
    above = guards.get(above_id, NOTHING).level if above_id else 0
    return HeldFolder(folder, spaces[folder.space_id], guards[folder.guard_id].level, above)
