"""The verbs of an upload: begin, take a turn, say what is safe, end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files import service, tidying
from parvis.files.destinations import Destination, Destinations
from parvis.files.service import Received
from parvis.kernel import clock
from parvis.kernel.errors import TooLarge
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import enqueue
from parvis.kernel.storage import Part

from . import queries
from .failures import TakenOver, UploadExpired, WrongOffset
from .models import Upload, UploadPart

KEPT_FOR = timedelta(hours=24)
"""Since it last went on, or ended."""
FINISH = "files.finish_upload"
EXPIRE = "files.expire_uploads"
FINISHED_BY_ANOTHER_AFTER = timedelta(seconds=30)
"""When the process that had the last byte has not made a file of it, another does."""


@dataclass(frozen=True, slots=True)
class UploadDraft:
    """What a client says before it sends."""

    name: str
    size: int
    destination: Destination | None


async def begin(session: AsyncSession, actor: Actor, draft: UploadDraft, destinations: Destinations) -> Upload:
    """Takes the room for it. Raises `NotFound`, `Forbidden` and `QuotaExceeded`."""
    account = await destinations.account(session, actor, draft.destination)
    await service.make_room(session, account, draft.size)
    upload = Upload(
        id=new_id(),
        owner_id=actor.id,
        account_id=account.id,
        destination=None if draft.destination is None else str(draft.destination),
        name=draft.name,
        size=draft.size,
        offset=0,
    )
    session.add(upload)
    await _went_on(session, upload)
    await session.flush()
    return upload


async def take_turn(
    session: AsyncSession, actor: Actor, upload_id: UUID, offset: int, announced: int, destinations: Destinations
) -> Upload:
    """Has the caller go on with it, and nobody else.

    Raises `NotFound`, `Forbidden`, `UploadExpired`, `WrongOffset` and `TooLarge`.
    """
    upload = await queries.own_upload(session, actor, upload_id, locked=True)
    await destinations.account(session, actor, Destination.said(upload.destination))
    if upload.offset != offset:
        raise WrongOffset
    if offset + announced > upload.size:
        raise TooLarge
    upload.turn = new_id()
    await session.flush()
    return upload


async def say_safe(
    session: AsyncSession, upload_id: UUID, turn: UUID | None, offset: int, parts: Sequence[Part]
) -> int:
    """Has parts count that one request brought from `offset` on, and says the offset reached.

    Raises `UploadExpired`, and `TakenOver` when it is not that request's turn any more.
    """
    upload = await session.get(Upload, upload_id, with_for_update=True, populate_existing=True)
    if upload is None or upload.expires_at <= clock.now():
        raise UploadExpired
    if upload.turn != turn:
        raise TakenOver
    for part in parts:
        start = offset + part.start
        await session.merge(UploadPart(upload_id=upload_id, start=start, size=part.size, key=part.key))
        upload.offset = start + part.size
    await _went_on(session, upload)
    await session.flush()
    return upload.offset


async def finish(session: AsyncSession, upload_id: UUID, received: Received) -> None:
    """Makes a file of it, in the room that it took. Again, or when it is gone, changes nothing."""
    upload = await session.get(Upload, upload_id, with_for_update=True, populate_existing=True)
    if upload is None or upload.finished_at is not None:
        return
    file = await service.add(session, received, owner_id=upload.owner_id, account_id=upload.account_id)
    upload.file_id, upload.finished_at, upload.turn = file.id, clock.now(), None
    await session.execute(delete(UploadPart).where(UploadPart.upload_id == upload_id))
    await session.flush()


async def give_up(session: AsyncSession, actor: Actor, upload_id: UUID) -> None:
    """Forgets it, and gives its room back; a file that was made of it stays. Raises `NotFound` and `UploadExpired`."""
    await session.delete(await queries.own_upload(session, actor, upload_id, locked=True))
    await session.flush()


async def forget_expired(session: AsyncSession) -> list[UUID]:
    """Forgets at most 500 uploads whose time is over. Returns which."""
    over = (
        select(Upload.id)
        .where(Upload.expires_at <= clock.now())
        .limit(tidying.AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(delete(Upload).where(Upload.id.in_(over.scalar_subquery())).returning(Upload.id)))


async def _went_on(session: AsyncSession, upload: Upload) -> None:
    upload.expires_at = clock.now() + KEPT_FOR
    await schedule(session, upload.expires_at)
    if upload.is_whole:
        after = clock.now() + FINISHED_BY_ANOTHER_AFTER
        await enqueue(session, FINISH, {"upload_id": str(upload.id)}, run_at=after, unique=str(upload.id))


async def schedule(session: AsyncSession, expiry: datetime) -> None:
    """Sees to it that uploads are looked at after one expires: once for all those of an hour."""
    due = expiry.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    await enqueue(session, EXPIRE, {}, run_at=due, unique=due.isoformat())
