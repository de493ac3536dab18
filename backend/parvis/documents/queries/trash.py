"""What is in the trash, for those who write where it was."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import func, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.documents.models import WRITE, Document, Folder
from parvis.documents.policy import guards_of
from parvis.kernel.pagination import Page, PageRequest, paginate
from parvis.profiles.queries.people import Named, named

from .folders import Crumb, folders
from .standing import NOTHING, behind


@dataclass(frozen=True, slots=True)
class Thrown:
    """Something in the trash. `folder`: where it was, when the actor may read that; `level`: his in it."""

    kind: Literal["folder", "document"]
    id: UUID
    name: str
    group: str | None
    size: int | None
    at: datetime
    by: Named | None
    folder: Crumb | None
    version: int
    level: int


async def page_of_trash(
    session: AsyncSession, actor: Actor, space_id: UUID | None, page: PageRequest
) -> tuple[list[Thrown], str | None]:
    """The last thrown first. What was in a folder that was thrown comes back with it alone. Nine queries."""
    writes = select(guards_of(actor, WRITE).subquery().c.id)
    stands = aliased(Folder)
    guard_id = func.coalesce(Document.guard_id, stands.guard_id)
    thrown = select(
        literal("document").label("kind"),
        *(Document.id, Document.name, Document.group, Document.size),
        func.coalesce(Document.trashed_at, Document.changed_at).label("at"),
        Document.trashed_by,
        *(Document.folder_id.label("place_id"), guard_id.label("guard_id"), Document.version),
    )
    thrown = thrown.join(stands, stands.id == Document.folder_id).where(
        Document.trashed_at.is_not(None), stands.gone_id.is_(None), guard_id.in_(writes)
    )
    others = select(
        literal("folder"),
        *(Folder.id, Folder.name, null(), null()),
        func.coalesce(Folder.trashed_at, Folder.changed_at),
        Folder.trashed_by,
        *(Folder.parent_id, Folder.guard_id, Folder.version),
    ).where(Folder.trashed_at.is_not(None), Folder.guard_id.in_(writes))
    if space_id is not None:
        thrown, others = thrown.where(stands.space_id == space_id), others.where(Folder.space_id == space_id)
    every = union_all(thrown, others).subquery()
    order = (every.c.at.desc(), every.c.id.desc())
    found: Page[Any] = await paginate(session, select(every), order, page, lambda *row: row)
    guards = await behind(session, actor, [row[8] for row in found.items])
    people = await named(session, actor, sorted({row[6] for row in found.items if row[6]}))
    places = await folders(session, actor, sorted({row[7] for row in found.items if row[7]}))
    crumbs = {one.folder.id: Crumb(one.folder.id, one.name) for one in places}
    items = [
        Thrown(
            *(row[0], row[1], row[2], row[3], row[4], row[5], people.get(row[6]), crumbs.get(row[7])),
            *(row[9], guards.get(row[8], NOTHING).level),
        )
        for row in found.items
    ]
    return items, found.next
