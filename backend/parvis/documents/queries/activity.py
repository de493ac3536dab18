"""What was done in a folder and below it, as far as one may read what it was done with now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.documents.models import WRITE, Document, Folder, FolderAct
from parvis.documents.policy import guards_of, readable_by, visible_folder
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.profiles.queries.people import Named, named

from .folders import Crumb, below, named_folders, refuse_hidden

ORDER = (FolderAct.id.desc(),)


@dataclass(frozen=True, slots=True)
class SeenAct:
    """What somebody did, with a document, or else with a folder that is called `name` now. `folder`: where, when the
    actor reads there."""

    act: FolderAct
    id: UUID
    name: str
    document: Document | None
    is_trashed: bool
    by: Named | None
    folder: Crumb | None


async def page_of_acts(
    session: AsyncSession, actor: Actor, folder_id: UUID, page: PageRequest
) -> tuple[list[SeenAct], str | None]:
    """The last first. Who reads it is told of what he may read now, who writes there of what is in the trash too. Four
    queries. Raises `NotFound`."""
    await refuse_hidden(session, actor, folder_id)
    found: Page[Any] = await paginate(session, _acts(actor, folder_id), ORDER, page, lambda *row: row)
    people = await named(session, actor, sorted({act.by for act, *_ in found.items if act.by}))
    places = await _places(session, actor, [act.folder_id for act, *_ in found.items])
    items = [
        SeenAct(
            act,
            *((inner.id, inner.name) if document is None else (document.id, document.name)),
            document,
            is_trashed=_is_thrown(document, inner, stands_gone),
            by=people.get(act.by) if act.by else None,
            folder=places.get(act.folder_id),
        )
        for act, document, inner, stands_gone in found.items
    ]
    return items, found.next


def _acts(actor: Actor, folder_id: UUID) -> Select[*tuple[Any, ...]]:
    """Acts with their document or folder, and the trash in which the document's folder is."""
    stands, inner = aliased(Folder), aliased(Folder)
    inside = below(Folder.id == folder_id, gone=True)
    guard_id = func.coalesce(Document.guard_id, stands.guard_id, inner.guard_id)
    is_there = and_(Document.trashed_at.is_(None), stands.gone_id.is_(None), inner.gone_id.is_(None))
    writes = select(guards_of(actor, WRITE).subquery().c.id)
    is_seen: ColumnElement[bool] = or_(and_(is_there, guard_id.in_(readable_by(actor))), guard_id.in_(writes))
    return (
        select(FolderAct, Document, inner, stands.gone_id)
        .outerjoin(Document, Document.id == FolderAct.document_id)
        .outerjoin(stands, stands.id == Document.folder_id)
        .outerjoin(inner, inner.id == FolderAct.inner_id)
        .where(FolderAct.folder_id.in_(select(inside.c.id)), is_seen)
    )


async def _places(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> Mapping[UUID, Crumb]:
    query = named_folders().where(Folder.id.in_(set(ids)), visible_folder(actor))
    return {folder.id: Crumb(folder.id, name) for folder, name in await session.execute(query)}


def _is_thrown(document: Document | None, inner: Folder | None, stands_gone: UUID | None) -> bool:
    if document is not None:
        return document.trashed_at is not None or stands_gone is not None
    return inner is not None and inner.gone_id is not None
