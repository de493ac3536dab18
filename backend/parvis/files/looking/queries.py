"""Reading what was found inside files. Whoever asks has judged that the file may be read."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from parvis.files.models import File
from parvis.kernel.db import among
from parvis.kernel.errors import NotFound

from .models import Look, LookPage


async def look_of(session: AsyncSession, file_id: UUID) -> Look | None:
    """Without its words and entries."""
    return await session.get(Look, file_id, populate_existing=True)


async def looks_of(session: AsyncSession, file_ids: Collection[UUID]) -> Mapping[UUID, Look]:
    """Of those files of which somebody asked for it, without words and entries. One query; none for no files."""
    if not file_ids:
        return {}
    return {look.file_id: look for look in await session.scalars(LOOKS, {"ids": file_ids})}


LOOKS = select(Look).where(among(Look.file_id, "ids"))


async def whole_look(session: AsyncSession, file_id: UUID) -> Look | None:
    """With its words and entries."""
    whole = select(Look).where(Look.file_id == file_id).options(undefer(Look.text), undefer(Look.entries))
    return (await session.execute(whole.execution_options(populate_existing=True))).scalar_one_or_none()


async def text_of(session: AsyncSession, file_id: UUID) -> str:
    """The words of a file, to be found by; none while it was not looked into."""
    return await session.scalar(select(Look.text).where(Look.file_id == file_id)) or ""


async def pages_of(session: AsyncSession, file_id: UUID) -> Sequence[LookPage]:
    """Those that are drawn, in order."""
    query = select(LookPage).where(LookPage.file_id == file_id).order_by(LookPage.number)
    return (await session.scalars(query)).all()


async def picture_of_page(session: AsyncSession, file_id: UUID, number: int, *, is_small: bool) -> File:
    """Raises `NotFound`."""
    which = LookPage.small_id if is_small else LookPage.large_id
    query = select(File).join(LookPage, which == File.id).where(LookPage.file_id == file_id, LookPage.number == number)
    picture = (await session.execute(query)).scalar_one_or_none()
    if picture is None:
        raise NotFound
    return picture
