"""Holding what spaces count against what stands in them: `parvis check`. Quotas rest on it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.written import PAGE_PICTURE
from parvis.files.models import File, KeptElsewhere


@dataclass(frozen=True, slots=True)
class Miscounted:
    """A space that counts other than it holds, in bytes."""

    space_id: UUID
    counted: int
    held: int


async def miscounted_spaces(session: AsyncSession) -> list[Miscounted]:
    """Each space is held against its versions, its pages, and the pictures in these. One query."""
    pictures = (File.claimed_kind == PAGE_PICTURE) & (File.claimed_id == Document.id)
    parts = union_all(
        _sizes(DocumentVersion.size, DocumentVersion, DocumentVersion.document_id == Document.id),
        _sizes(File.size, File, pictures),
        _sizes(KeptElsewhere.size, KeptElsewhere, KeptElsewhere.id == Document.id),
    ).subquery()
    held = select(parts.c.space_id, func.sum(parts.c.size).label("size")).group_by(parts.c.space_id).subquery()
    size = func.coalesce(held.c.size, 0)
    query = select(Folder.id, Folder.used, size).outerjoin(held, held.c.space_id == Folder.id)
    query = query.where(Folder.parent_id.is_(None), Folder.used != size).order_by(Folder.id)
    return [Miscounted(id_, counted, int(is_held)) for id_, counted, is_held in (await session.execute(query)).all()]


def _sizes(size: Any, table: type[Any], of_document: ColumnElement[bool]) -> Select[tuple[UUID, int]]:
    """Bytes of one kind, by space."""
    query = select(Folder.space_id, func.sum(size).label("size")).select_from(Document)
    query = query.join(Folder, Folder.id == Document.folder_id).join(table, of_document)
    return query.group_by(Folder.space_id)
