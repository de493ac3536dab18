"""Keeping files, claiming them, letting them go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.db import one_at_a_time
from parvis.kernel.errors import Conflict, InsufficientStorage, NotFound, Unavailable

from . import queries, tidying
from .destinations import Account, Destination, Destinations
from .models import DoomedBlob, File, KeptElsewhere
from .names import harmless
from .places import IN_A_PLACE

RECEIVED = "files received"
"""Under which a unit of work notes the files whose bytes it received, for `scanning.py`."""


class QuotaExceeded(InsufficientStorage):
    code = "quota_exceeded"
    title = {
        "fr": "Il n’y a plus assez de place dans cet espace de stockage.",
        "en": "There is not enough room left in this storage space.",
    }


class InUse(Conflict):
    code = "in_use"
    title = {
        "fr": "Ce fichier est utilisé : retirez-le de l’endroit où il sert.",
        "en": "This file is in use: remove it from where it is used.",
    }


@dataclass(frozen=True)
class Received:
    """A blob that was just stored, and what its bytes and its sender say."""

    sha256: str
    size: int
    media_type: str
    name: str


async def keep(session: AsyncSession, actor: Actor, received: Received, account: Account) -> File:
    """Makes the actor's file of what was received; it expires unless it is claimed. Raises `QuotaExceeded`."""
    await make_room(session, account, received.size)
    return await add(session, received, owner_id=actor.id, account_id=account.id)


async def keep_for(
    session: AsyncSession,
    actor: Actor,
    received: Received,
    destinations: Destinations,
    destination: Destination | None,
) -> File:
    """The same, for whom its destination says now. Raises `NotFound` and `Forbidden` too."""
    return await keep(session, actor, received, await destinations.account(session, actor, destination))


async def make_room(session: AsyncSession, account: Account, size: int) -> None:
    """Sees that so many bytes more fit, until the commit: those that end together are counted one after the other.

    Raises `QuotaExceeded`.
    """
    await one_at_a_time(session, f"files of {account.id}")
    if await queries.bytes_of(session, account.id) + size > account.quota:
        raise QuotaExceeded


async def keep_claimed(session: AsyncSession, received: Received, kind: str, claimed_id: UUID | None = None) -> File:
    """Makes a file of the organisation's own, in use from the start."""
    return await add(session, received, owner_id=None, claimed_kind=kind, claimed_id=claimed_id)


async def add(
    session: AsyncSession,
    received: Received,
    *,
    owner_id: UUID | None,
    account_id: UUID | None = None,
    claimed_kind: str | None = None,
    claimed_id: UUID | None = None,
) -> File:
    """Makes a file, in room that was made for it. Raises `Unavailable` while its blob is being deleted."""
    await _save_blob(session, received.sha256)
    file = File(
        owner_id=owner_id,
        account_id=account_id,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        sha256=received.sha256,
        claimed_kind=claimed_kind,
        claimed_id=claimed_id,
    )
    session.add(file)
    await session.flush()
    _note_received(session, file)
    await tidying.schedule(session)
    return file


async def claim(
    session: AsyncSession, actor: Actor, file_id: UUID, kind: str, claimed_id: UUID, holder: Account | None = None
) -> File:
    """Puts an own, unclaimed file to use, so that it stays, and `kind` says who reads it. With a `holder`, it counts
    from now on with a place of his, in room that is made for it: the place says that it is taken.

    Raises `NotFound` when it is somebody else's or in use elsewhere, and `QuotaExceeded`.
    """
    mine = update(File).where(File.id == file_id, File.owner_id == actor.id, File.claimed_kind.is_(None))
    counts = {"account_id": IN_A_PLACE} if holder else {}
    claimed = mine.values(claimed_kind=kind, claimed_id=claimed_id, **counts).returning(File)
    found = await session.execute(claimed.execution_options(populate_existing=True))
    file: File | None = found.scalar_one_or_none()
    if file is None:
        raise NotFound
    if holder is not None:
        await make_room(session, holder, file.size)
    return file


async def count_elsewhere(session: AsyncSession, id_: UUID, size: int) -> int:
    """Says how many bytes of this thing count with its place, in room that was made for them. How many more they
    are."""
    known = await session.get(KeptElsewhere, id_, populate_existing=True)
    before = known.size if known else 0
    if known is None:
        session.add(KeptElsewhere(id=id_, size=size))
    else:
        known.size = size
    await session.flush()
    return size - before


async def forget_elsewhere(session: AsyncSession, ids: Collection[UUID]) -> None:
    await session.execute(delete(KeptElsewhere).where(KeptElsewhere.id.in_(ids)))


async def duplicate(
    session: AsyncSession,
    file: File,
    actor: Actor,
    holder: Account,
    kind: str,
    claimed_id: UUID,
    name: str | None = None,
) -> File:
    """Another file with the same bytes, in use from the start in a place of the holder's, of a file that the caller may
    read.

    Raises `QuotaExceeded`.
    """
    await make_room(session, holder, file.size)
    same = Received(file.sha256, file.size, file.media_type, harmless(name or file.name))
    ids = {"owner_id": actor.id, "account_id": IN_A_PLACE, "claimed_id": claimed_id}
    return await add(session, same, claimed_kind=kind, **ids)


async def rename(session: AsyncSession, file_id: UUID, name: str) -> None:
    """Changes the name under which it is downloaded."""
    renamed = update(File).where(File.id == file_id).values(name=harmless(name))
    await session.execute(renamed.execution_options(synchronize_session="fetch"))


async def claim_all(
    session: AsyncSession, actor: Actor, file_ids: Collection[UUID], kind: str, claimed_id: UUID
) -> Mapping[UUID, File]:
    """Puts own, unclaimed files to use, all or none. Raises `NotFound`, as `claim` does."""
    if not file_ids:
        return {}
    mine = update(File).where(File.id.in_(file_ids), File.owner_id == actor.id, File.claimed_kind.is_(None))
    claimed = mine.values(claimed_kind=kind, claimed_id=claimed_id).returning(File)
    found = {file.id: file for file in await session.scalars(claimed)}
    if len(found) < len(set(file_ids)):
        raise NotFound
    return found


async def put_bytes(session: AsyncSession, file: File, received: Received) -> None:
    """Gives a file, which keeps its id, these bytes instead of its own."""
    await _save_blob(session, received.sha256)
    before, file.sha256, file.size, file.scan = file.sha256, received.sha256, received.size, None
    await session.flush()
    _note_received(session, file)
    await tidying.doom(session, [before])


async def let_go(session: AsyncSession, kind: str, claimed_id: UUID) -> None:
    """Has nothing use these files any longer, so that something else may claim them in the same unit of work."""
    claimed = update(File).where(File.claimed_kind == kind, File.claimed_id == claimed_id)
    freed = claimed.values(claimed_kind=None, claimed_id=None)
    await session.execute(freed.execution_options(synchronize_session="fetch"))


async def remove(session: AsyncSession, file_id: UUID) -> None:
    """Deletes a file that is of no more use to whoever claimed it."""
    await remove_all(session, [file_id])


async def remove_all(session: AsyncSession, file_ids: Collection[UUID]) -> None:
    """Deletes files that are of no more use to whoever claimed them."""
    gone = await session.scalars(delete(File).where(File.id.in_(file_ids)).returning(File.sha256))
    await tidying.doom(session, list(gone))


async def discard(session: AsyncSession, actor: Actor, file_id: UUID) -> None:
    """Deletes an own file that nothing uses.

    Raises `NotFound` when it is somebody else's, and `InUse` when something shows it: it goes from there.
    """
    query = select(File).where(File.id == file_id, File.owner_id == actor.id).with_for_update()
    file = (await session.execute(query)).scalar_one_or_none()
    if file is None:
        raise NotFound
    if file.claimed_kind is not None:
        raise InUse
    await remove(session, file_id)


async def remove_some(session: AsyncSession, which: ColumnElement[bool]) -> int:
    """Deletes at most 500 of these files, whatever uses them. Returns how many."""
    found = list(await session.scalars(select(File.id).where(which).limit(tidying.AT_ONCE)))
    gone = await session.scalars(delete(File).where(File.id.in_(found)).returning(File.sha256))
    await tidying.doom(session, list(gone))
    return len(found)


def _note_received(session: AsyncSession, file: File) -> None:
    """For a scanner to hear of, where there is one. What Parvis made itself is not somebody's bytes."""
    if file.account_id is not None:
        session.info.setdefault(RECEIVED, []).append(file.id)


async def _save_blob(session: AsyncSession, sha256: str) -> None:
    """Takes the blob back from those to be deleted. Raises `Unavailable` while it is being deleted: sent again, it is
    stored again."""
    query = select(DoomedBlob).where(DoomedBlob.sha256 == sha256).with_for_update()
    doomed = (await session.execute(query)).scalar_one_or_none()
    if doomed is None:
        return
    if doomed.is_being_deleted:
        raise Unavailable(headers={"retry-after": "5"})
    await session.delete(doomed)
