"""What others share with one, what one shares, and what was changed last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.circles.policy import circles_of
from parvis.documents.models import Document, Folder, Grant, Guard
from parvis.documents.policy import granted_to, visible_document
from parvis.kernel import clock
from parvis.kernel.pagination import Page, PageRequest, paginate

from .documents import SeenDocument, documents
from .folders import SeenFolder, folders

RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shared:
    """A folder or a document to which somebody was given rights, and when that was last done."""

    folder: SeenFolder | None
    document: SeenDocument | None
    at: datetime


async def shared_with(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[Shared], str | None]:
    """What is granted to the actor, or to a community or an audience that he is in, elsewhere than in his own space and
    those of his communities; the last first. Twelve queries at most."""
    is_elsewhere = and_(
        or_(Guard.member_id.is_(None), Guard.member_id != actor.id),
        or_(Guard.circle_id.is_(None), Guard.circle_id.not_in(circles_of(actor.id))),
    )
    return await _page(session, actor, and_(granted_to(actor), is_elsewhere), page)


async def shared_by(
    session: AsyncSession, actor: Actor, member_id: UUID | None, page: PageRequest
) -> tuple[list[Shared], str | None]:
    """What the actor granted to others, or to this one; the last first. As many queries."""
    mine = Grant.granted_by == actor.id
    return await _page(session, actor, mine if member_id is None else and_(mine, Grant.member_id == member_id), page)


async def recent(session: AsyncSession, actor: Actor, page: PageRequest) -> tuple[list[SeenDocument], str | None]:
    """Documents of the last weeks in the actor's own space and in those of his communities, and what he changed
    himself; the last changed first. Four queries."""
    guard = aliased(Guard)
    is_near = or_(guard.member_id == actor.id, guard.circle_id.in_(circles_of(actor.id)))
    statement = (
        select(Document.id)
        .join(Folder, Folder.id == Document.folder_id)
        .join(guard, guard.id == Folder.space_id)
        .where(Document.changed_at > clock.now() - RECENT, or_(is_near, Document.changed_by == actor.id))
        .where(visible_document(actor))
    )
    order = (Document.changed_at.desc(), Document.id.desc())
    found: Page[UUID] = await paginate(session, statement, order, page, lambda id_: id_)
    return await documents(session, actor, found.items), found.next


async def _page(
    session: AsyncSession, actor: Actor, which: ColumnElement[bool], page: PageRequest
) -> tuple[list[Shared], str | None]:
    stands, holds_it = aliased(Folder), aliased(Folder)
    granted = (
        select(Grant.guard_id, func.max(Grant.granted_at).label("at"))
        .join(Guard, Guard.id == Grant.guard_id)
        .where(which)
        .group_by(Grant.guard_id)
        .subquery()
    )
    is_there = or_(
        and_(stands.id.is_not(None), stands.gone_id.is_(None)),
        and_(Document.id.is_not(None), Document.trashed_at.is_(None), holds_it.gone_id.is_(None)),
    )
    statement = (
        select(granted.c.guard_id, granted.c.at)
        .outerjoin(stands, stands.id == granted.c.guard_id)
        .outerjoin(Document, Document.id == granted.c.guard_id)
        .outerjoin(holds_it, holds_it.id == Document.folder_id)
        .where(is_there)
    )
    order = (granted.c.at.desc(), granted.c.guard_id.desc())
    found: Page[Any] = await paginate(session, statement, order, page, lambda id_, at: (id_, at))
    ids = [id_ for id_, _ in found.items]
    seen_folders: Mapping[UUID, SeenFolder] = {one.folder.id: one for one in await folders(session, actor, ids)}
    seen: Sequence[SeenDocument] = await documents(session, actor, ids)
    seen_documents = {one.document.id: one for one in seen}
    items = [
        Shared(seen_folders.get(id_), seen_documents.get(id_), at)
        for id_, at in found.items
        if id_ in seen_folders or id_ in seen_documents
    ]
    return items, found.next
