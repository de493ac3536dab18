"""Keeping files, claiming them, letting them go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.service.members import locked_member
from parvis.kernel.errors import Conflict, InsufficientStorage, NotFound, Unavailable

from . import queries, tidying
from .models import DoomedBlob, File


class QuotaExceeded(InsufficientStorage):
    code = "quota_exceeded"
    title = {
        "fr": "Votre espace de stockage est plein.",
        "en": "Your storage space is full.",
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


async def keep(session: AsyncSession, actor: Actor, received: Received, quota: int) -> File:
    """Makes the actor's file of what was received; it expires unless it is claimed. Raises `QuotaExceeded`."""
    await locked_member(session, actor.id)  # Uploads that end together are counted one after the other.
    if await queries.bytes_of(session, actor.id) + received.size > quota:
        raise QuotaExceeded
    return await _add(session, received, owner_id=actor.id)


async def keep_claimed(session: AsyncSession, received: Received, kind: str, claimed_id: UUID | None = None) -> File:
    """Makes a file of the organisation's own, in use from the start."""
    return await _add(session, received, owner_id=None, claimed_kind=kind, claimed_id=claimed_id)


async def claim(session: AsyncSession, actor: Actor, file_id: UUID, kind: str, claimed_id: UUID) -> File:
    """Puts an own, unclaimed file to use, so that it stays, and `kind` says who reads it.

    Raises `NotFound` when it is somebody else's or in use elsewhere.
    """
    mine = update(File).where(File.id == file_id, File.owner_id == actor.id, File.claimed_kind.is_(None))
    claimed = mine.values(claimed_kind=kind, claimed_id=claimed_id).returning(File)
    file: File | None = (await session.execute(claimed)).scalar_one_or_none()
    if file is None:
        raise NotFound
    return file


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


async def _add(
    session: AsyncSession,
    received: Received,
    *,
    owner_id: UUID | None,
    claimed_kind: str | None = None,
    claimed_id: UUID | None = None,
) -> File:
    await _save_blob(session, received.sha256)
    file = File(
        owner_id=owner_id,
        name=received.name,
        media_type=received.media_type,
        size=received.size,
        sha256=received.sha256,
        claimed_kind=claimed_kind,
        claimed_id=claimed_id,
    )
    session.add(file)
    await session.flush()
    await tidying.schedule(session)
    return file


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
