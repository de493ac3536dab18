"""Reading what is known of uploads."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.storage import Part

from .failures import UploadExpired
from .models import Upload, UploadPart


async def own_upload(session: AsyncSession, actor: Actor, upload_id: UUID, *, locked: bool = False) -> Upload:
    """Raises `NotFound`, also when it is somebody else's, and `UploadExpired`."""
    upload = await session.get(Upload, upload_id, with_for_update=locked or None, populate_existing=locked)
    if upload is None or upload.owner_id != actor.id:
        raise NotFound
    if upload.expires_at <= clock.now():
        raise UploadExpired
    return upload


async def whole_upload(session: AsyncSession, upload_id: UUID) -> tuple[Upload, Sequence[Part]] | None:
    """One of which all is there, and no file was made yet."""
    upload = await session.get(Upload, upload_id)
    if upload is None or upload.finished_at is not None or not upload.is_whole:
        return None
    rows = select(UploadPart).where(UploadPart.upload_id == upload_id).order_by(UploadPart.start)
    return upload, [Part(row.key, row.start, row.size) for row in await session.scalars(rows)]


async def made_of(session: AsyncSession, upload: Upload) -> File | None:
    """The file that was made of it, if there is one still."""
    return None if upload.file_id is None else await session.get(File, upload.file_id)


async def unknown_among(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Which of these are no upload under way."""
    known = select(Upload.id).where(Upload.id.in_(ids), Upload.finished_at.is_(None))
    return set(ids) - set(await session.scalars(known))
