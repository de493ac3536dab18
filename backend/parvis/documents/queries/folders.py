"""Reading folders: one with its path, and those of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, Select, bindparam, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
from parvis.accounts.models import Member
from parvis.communities.models import Community
from parvis.documents.models import Document, Folder, FollowedFolder
from parvis.documents.policy import visible_document, visible_folder
from parvis.kernel.db import Id, among
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import Ordering, Page, PageRequest, paginate
from parvis.profiles.queries.people import Named, named

from .standing import NOTHING, Behind, behind

FolderSort = Literal["name", "-name", "changed_at", "-changed_at"]
ORDERS: Mapping[FolderSort, tuple[Ordering, ...]] = {
    "name": (Folder.sort_key, Folder.id),
    "-name": (Folder.sort_key.desc(), Folder.id.desc()),
    "changed_at": (Folder.changed_at, Folder.id),
    "-changed_at": (Folder.changed_at.desc(), Folder.id.desc()),
}
FOLDER: Any = bindparam("folder", type_=Id)
SPACE_NAME = func.coalesce(Community.name, Member.name, Folder.name)
"""What a folder is called, beside the community or the member that it is the space of."""


@dataclass(frozen=True, slots=True)
class SeenFolder:
    """A folder as an actor sees it. `above`: his level in what it stands in, which may be nothing; `folders` and
    `documents`: how many in it he may read."""

    folder: Folder
    name: str
    behind: Behind
    above: int
    people: Mapping[UUID, Named]
    folders: int
    documents: int


@dataclass(frozen=True, slots=True)
class Crumb:
    """A folder on the way to something."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class SeenSpace:
    """Where something stands. `folder_id`: when the actor may read there."""

    folder_id: UUID | None
    kind: Literal["community", "own", "other"]
    name: str
    community: Crumb | None


@dataclass(frozen=True, slots=True)
class WholeFolder:
    """A folder with the way to it, as far as the actor may read it."""

    seen: SeenFolder
    path: Sequence[Crumb]
    space: SeenSpace
    is_followed: bool


def named_folders() -> Select[*tuple[Any, ...]]:
    """Folders with what they are called."""
    query = select(Folder, SPACE_NAME.label("name")).outerjoin(Community, Community.id == Folder.community_id)
    return query.outerjoin(Member, Member.id == Folder.member_id)


async def folder(session: AsyncSession, actor: Actor, folder_id: UUID) -> SeenFolder:
    """Five queries. Raises `NotFound` for one that the actor may not read."""
    found = await folders(session, actor, [folder_id])
    if not found:
        raise NotFound
    return found[0]


async def folders(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> list[SeenFolder]:
    """Those of these that the actor may read, in that order. Five queries."""
    rows = (await session.execute(_folders(actor.stand_in()), {"reader": actor.id, "ids": list(ids)})).all()
    guards = await behind(session, actor, [id_ for row in rows for id_ in (row[0].guard_id, row[2]) if id_])
    people = await named(session, actor, sorted({row[0].created_by for row in rows if row[0].created_by}))
    inside = await _inside(session, actor, [row[0].id for row in rows])
    by_id = {
        found.id: SeenFolder(
            found, name, guards[found.guard_id], guards.get(above_id, NOTHING).level, people, *inside[found.id]
        )
        for found, name, above_id in rows
    }
    return [by_id[id_] for id_ in ids if id_ in by_id]


@lru_cache(maxsize=KINDS_OF_READERS)
def _folders(actor: Actor) -> Select[*tuple[Any, ...]]:
    above = aliased(Folder)
    query = named_folders().add_columns(above.guard_id).outerjoin(above, above.id == Folder.parent_id)
    query = query.where(among(Folder.id, "ids"), visible_folder(actor))
    return query.execution_options(populate_existing=True)


async def whole(session: AsyncSession, actor: Actor, folder_id: UUID) -> WholeFolder:
    """Eight queries. Raises `NotFound`."""
    seen = await folder(session, actor, folder_id)
    path, space = await way_to(session, actor, seen.folder)
    is_followed = await session.scalar(IS_FOLLOWED, {"reader": actor.id, "folder": folder_id})
    return WholeFolder(seen, path, space, bool(is_followed))


async def _inside(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """How many folders and documents are in each that the actor may read. Two queries."""
    asked = {"reader": actor.id, "ids": list(ids)}
    folders_in, documents_in = _how_many(actor.stand_in())
    some = {row[0]: row[1] for row in await session.execute(folders_in, asked)}
    others = {row[0]: row[1] for row in await session.execute(documents_in, asked)}
    return {id_: (some.get(id_, 0), others.get(id_, 0)) for id_ in ids}


@lru_cache(maxsize=KINDS_OF_READERS)
def _how_many(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    folders_in = select(Folder.parent_id, func.count()).where(among(Folder.parent_id, "ids"), visible_folder(actor))
    documents_in = select(Document.folder_id, func.count()).join(Folder, Folder.id == Document.folder_id)
    documents_in = documents_in.where(among(Document.folder_id, "ids"), visible_document(actor))
    return folders_in.group_by(Folder.parent_id), documents_in.group_by(Document.folder_id)


async def way_to(session: AsyncSession, actor: Actor, found: Folder) -> tuple[list[Crumb], SeenSpace]:
    """The folders above one that the actor may read, from the outermost, and the space. Two queries."""
    rows = (await session.execute(WAY, {"folder": found.id})).all()
    guards = await behind(session, actor, [row[0].guard_id for row in rows])
    read = [(one, name) for one, name in rows if guards[one.guard_id].level]
    path = [Crumb(one.id, name) for one, name in read if one.id != found.id]
    top, name = rows[0]
    is_read = guards[top.guard_id].level > 0
    kind: Literal["community", "own", "other"] = "community" if top.community_id else "other"
    if top.member_id == actor.id:
        kind = "own"
    community = Crumb(top.community_id, name) if top.community_id and is_read else None
    return path, SeenSpace(top.id if is_read else None, kind, name if is_read else "", community)


async def page_of_folders(
    session: AsyncSession, actor: Actor, folder_id: UUID, sort: FolderSort, page: PageRequest
) -> tuple[list[SeenFolder], str | None]:
    """Those of a folder that the actor may read. Seven queries. Raises `NotFound`."""
    await refuse_hidden(session, actor, folder_id)
    told = {"reader": actor.id, "folder": folder_id}
    found: Page[UUID] = await paginate(
        session, _folders_in(actor.stand_in()), ORDERS[sort], page, lambda id_: id_, told
    )
    return await folders(session, actor, found.items), found.next


@lru_cache(maxsize=KINDS_OF_READERS)
def _folders_in(actor: Actor) -> Select[UUID]:
    return select(Folder.id).where(Folder.parent_id == FOLDER, visible_folder(actor))


def ancestors(folder_id: Any) -> CTE:
    """Ids of a folder and of all above it, each with its distance."""
    first = select(Folder.id, Folder.parent_id, literal(0).label("steps")).where(Folder.id == folder_id)
    found = first.cte("ancestors", recursive=True)
    above = aliased(Folder)
    return found.union_all(select(above.id, above.parent_id, found.c.steps + 1).where(above.id == found.c.parent_id))


def below(which: ColumnElement[bool], *, gone: bool = False) -> CTE:
    """Ids of these folders and of all in them, at any depth; `gone`: also of those in the trash."""
    found = select(Folder.id).where(which).cte("below", recursive=True)
    inner = aliased(Folder)
    inside = select(inner.id).where(inner.parent_id == found.c.id)
    return found.union_all(inside if gone else inside.where(inner.gone_id.is_(None)))


async def refuse_hidden(session: AsyncSession, actor: Actor, folder_id: UUID) -> None:
    """One query. Raises `NotFound` for a folder that the actor may not read."""
    found = await session.execute(_one(actor.stand_in()), {"reader": actor.id, "ids": [folder_id]})
    if found.first() is None:
        raise NotFound


@lru_cache(maxsize=KINDS_OF_READERS)
def _one(actor: Actor) -> Select[UUID]:
    return select(Folder.id).where(among(Folder.id, "ids"), visible_folder(actor))


def _way() -> Any:
    above = ancestors(FOLDER)
    query = named_folders().join(above, above.c.id == Folder.id).order_by(above.c.steps.desc())
    return query.execution_options(populate_existing=True)


WAY = _way()
IS_FOLLOWED = select(exists().where(FollowedFolder.member_id == READER, FollowedFolder.folder_id == FOLDER))
