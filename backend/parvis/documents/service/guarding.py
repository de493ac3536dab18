"""Which guard guards what, kept with each change of what stands where."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, Folder, Guard, GuardSource
from parvis.documents.policy import MOST_GUARDS
from parvis.documents.queries.folders import below

from .problems import TooMany

ROWS_AT_ONCE = 500


async def begin_space(session: AsyncSession, guard: Guard) -> None:
    """The guard of a new space, and that its own grants count."""
    session.add(guard)
    await session.flush()
    session.add(GuardSource(guard_id=guard.id, source_id=guard.id))
    await session.flush()


async def give_own(session: AsyncSession, id_: UUID, above: Guard, folder: Folder | None) -> Guard:
    """Rights of its own to what has those of `above`: a `folder`, with all in it that has none, or a document. Raises
    `TooMany`."""
    there = list(await session.scalars(select(Guard.id).where(Guard.space_id == above.space_id).limit(MOST_GUARDS)))
    if len(there) >= MOST_GUARDS:
        raise TooMany
    guard = Guard(id=id_, parent_id=above.id, generation=1, version=0, inherits=True, **_space_of(above))
    session.add(guard)
    await session.flush()
    if folder is None:
        await session.execute(update(Document).where(Document.id == id_).values(guard_id=id_))
        await rechain(session, {id_})
    else:
        await rehang(session, folder, above.id, id_)
    return guard


async def take_own(session: AsyncSession, guard: Guard, folder: Folder | None) -> None:
    """Takes its own rights from something: those above count again."""
    assert guard.parent_id is not None
    if folder is None:
        await session.execute(update(Document).where(Document.id == guard.id).values(guard_id=None))
    else:
        await rehang(session, folder, guard.id, guard.parent_id)
    await session.execute(delete(Guard).where(Guard.id == guard.id))


async def rehang(session: AsyncSession, folder: Folder, before: UUID, after: UUID) -> None:
    """What in a folder was guarded by one guard is guarded by another from now on; guards that stood right under the
    one stand under the other."""
    inside = list(await session.scalars(select(below(Folder.id == folder.id, gone=True).c.id)))
    moved: set[UUID] = set()
    for first in range(0, len(inside), ROWS_AT_ONCE):
        some = inside[first : first + ROWS_AT_ONCE]
        of_folders = update(Folder).where(Folder.id.in_(some), Folder.guard_id == before).values(guard_id=after)
        await session.execute(of_folders.execution_options(synchronize_session="fetch"))
        mine = select(Guard.id).outerjoin(Document, Document.id == Guard.id)
        theirs = or_(Guard.id.in_(some), Document.folder_id.in_(some))
        mine = mine.where(Guard.parent_id == before, Guard.id != after, theirs)
        moved |= set(await session.scalars(mine))
    if moved:
        again = update(Guard).where(Guard.id.in_(moved)).values(parent_id=after)
        await session.execute(again.execution_options(synchronize_session="fetch"))
    await rechain(session, moved | {after})


async def stand_under(session: AsyncSession, id_: UUID, above_id: UUID) -> None:
    """Something with rights of its own stands behind another guard from now on, maybe of another space."""
    above = await session.get_one(Guard, above_id, populate_existing=True)
    moved = update(Guard).where(Guard.id == id_).values(parent_id=above_id, **_space_of(above))
    await session.execute(moved.execution_options(synchronize_session=False))
    await rechain(session, {id_})


async def rechain(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Says anew whose grants count for these guards, and for those under them."""
    spaces = select(Guard.space_id).where(Guard.id.in_(ids))
    rows = (
        await session.execute(select(Guard.id, Guard.parent_id, Guard.inherits).where(Guard.space_id.in_(spaces)))
    ).all()
    above = {row.id: row.parent_id if row.inherits else None for row in rows}
    under: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            under[row.parent_id].append(row.id)
    concerned = _with_those_under(ids, under)
    await session.execute(delete(GuardSource).where(GuardSource.guard_id.in_(concerned)))
    pairs = [{"guard_id": id_, "source_id": source} for id_ in concerned for source in _chain(id_, above)]
    for first in range(0, len(pairs), ROWS_AT_ONCE):
        await session.execute(insert(GuardSource), pairs[first : first + ROWS_AT_ONCE])


async def guards_in(session: AsyncSession, folder_id: UUID) -> list[UUID]:
    """Ids of the guards of what is in a folder, its own among them: looked for among those of the space, which are
    few."""
    inside = select(below(Folder.id == folder_id, gone=True).c.id)
    space_id = select(Folder.space_id).where(Folder.id == folder_id).scalar_subquery()
    query = select(Guard.id).outerjoin(Document, Document.id == Guard.id).where(Guard.space_id == space_id)
    return list(await session.scalars(query.where(or_(Guard.id.in_(inside), Document.folder_id.in_(inside)))))


def _with_those_under(ids: Collection[UUID], under: dict[UUID, list[UUID]]) -> list[UUID]:
    found, waiting = dict.fromkeys(ids), list(ids)
    while waiting:
        for id_ in under[waiting.pop()]:
            if id_ not in found:
                found[id_] = None
                waiting.append(id_)
    return list(found)


def _chain(id_: UUID, above: dict[UUID, UUID | None]) -> list[UUID]:
    chain: list[UUID] = []
    at: UUID | None = id_
    while at is not None:
        chain.append(at)
        at = above[at]
    return chain


def _space_of(guard: Guard) -> dict[str, UUID | None]:
    return {
        "space_id": guard.space_id,
        "community_id": guard.community_id,
        "circle_id": guard.circle_id,
        "member_id": guard.member_id,
    }
