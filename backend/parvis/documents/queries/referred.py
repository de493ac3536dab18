"""Documents, as what refers to them shows them."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, Actor
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.policy import visible_document
from parvis.files.looking.models import Look
from parvis.files.referred import Card
from parvis.kernel.db import among


async def cards(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> Mapping[UUID, Card]:
    """Of those of these that the actor may read. One query; none for a token that does not read documents."""
    if not actor.may_use("documents:read"):
        return {}
    rows = await session.execute(_cards(actor.stand_in()), {"reader": actor.id, "ids": list(ids)})
    return {row[0]: Card(*row) for row in rows}


@lru_cache(maxsize=KINDS_OF_READERS)
def _cards(actor: Actor) -> Select[*tuple[Any, ...]]:
    current = and_(DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.number)
    size = case((Document.kind == "file", Document.size))
    return (
        select(Document.id, Document.name, Document.media_type, Document.group, size)
        .add_columns(DocumentVersion.file_id, func.coalesce(Look.drawn, 0))
        .join(DocumentVersion, current)
        .join(Folder, Folder.id == Document.folder_id)
        .outerjoin(Look, Look.file_id == DocumentVersion.file_id)
        .where(among(Document.id, "ids"), visible_document(actor))
    )
