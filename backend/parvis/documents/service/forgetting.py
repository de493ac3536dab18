"""What is deleted for good, a batch after the other: bytes, versions, and the room that they took."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, DocumentVersion, Folder, Guard
from parvis.documents.queries.documents import ENTRY
from parvis.documents.queries.folders import below
from parvis.documents.written import PAGE_PICTURE, PAGES
from parvis.files import service as files
from parvis.files.models import File, KeptElsewhere
from parvis.kernel import entries
from parvis.kernel.personal_data import AT_ONCE


async def forget_documents(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Forgets these documents, 500 at most, with their versions and bytes, and gives the room back."""
    if not ids:
        return
    per_space = (
        select(Folder.space_id, func.sum(DocumentVersion.size))
        .join(Document, Document.folder_id == Folder.id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(Document.id.in_(ids))
        .group_by(Folder.space_id)
    )
    for space_id, size in (await session.execute(per_space)).all():
        less = update(Folder).where(Folder.id == space_id).values(used=Folder.used - size)
        await session.execute(less.execution_options(synchronize_session=False))
    shown = and_(File.claimed_kind == PAGE_PICTURE, File.claimed_id.in_(ids))
    files_of = select(File.id, File.size, File.claimed_id).where(shown)
    pictures = (await session.execute(files_of)).all()
    said = select(KeptElsewhere.id, KeptElsewhere.size, KeptElsewhere.id).where(KeptElsewhere.id.in_(ids))
    counted = [*pictures, *(await session.execute(said)).all()]
    for document_id in {row[2] for row in counted}:
        space = select(Folder.space_id).join(Document, Document.folder_id == Folder.id)
        size = sum(row[1] for row in counted if row[2] == document_id)
        of_document = space.where(Document.id == document_id).scalar_subquery()
        less = update(Folder).where(Folder.id == of_document).values(used=Folder.used - size)
        await session.execute(less.execution_options(synchronize_session=False))
    versions = select(DocumentVersion.file_id).where(DocumentVersion.document_id.in_(ids))
    file_ids = [*await session.scalars(versions), *(row[0] for row in pictures)]
    await files.forget_elsewhere(session, ids)
    await PAGES.keeper.forgotten(session, ids)
    await session.execute(delete(Document).where(Document.id.in_(ids)))
    await session.execute(delete(Guard).where(Guard.id.in_(ids)))
    for first in range(0, len(file_ids), AT_ONCE):
        await files.remove_all(session, file_ids[first : first + AT_ONCE])
    await entries.forget(session, ENTRY, ids)


async def forget_space(session: AsyncSession, member_id: UUID) -> int:
    """Forgets a batch of what is in the space of a member whose account is erased, and at last the space. Returns how
    much was forgotten: after a full batch there may be more."""
    space_id = await session.scalar(select(Folder.id).where(Folder.member_id == member_id, Folder.parent_id.is_(None)))
    if space_id is None:
        return 0
    return AT_ONCE if await forget_folder(session, space_id) else 1


async def forget_folder(session: AsyncSession, folder_id: UUID) -> bool:
    """Forgets a batch of the documents in a folder, at any depth, and at last the folders. Whether there is more."""
    inside = select(below(Folder.id == folder_id, gone=True).c.id)
    ids = list(await session.scalars(select(Document.id).where(Document.folder_id.in_(inside)).limit(AT_ONCE)))
    await forget_documents(session, ids)
    if len(ids) == AT_ONCE:
        return True
    folders = list(await session.scalars(inside))
    guards = list(await session.scalars(select(Guard.id).where(Guard.id.in_(folders))))
    await session.execute(delete(Folder).where(Folder.id.in_(folders)))
    await session.execute(delete(Guard).where(Guard.id.in_(guards)))
    return False
