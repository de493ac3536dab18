"""Pictures to be shown with what people say: an upload made anew in two sizes, in whose place they come.

A picture belongs to who uploaded it and expires like an upload, until a feature claims its two files together.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.service.members import locked_member
from parvis.kernel.errors import NotFound, Text
from parvis.kernel.runtime import Parvis

from . import queries, service
from .destinations import Account, Destinations
from .making import read_whole, refuse_unfit, store
from .models import Picture
from .pictures import PictureMaker
from .service import Received

LARGE, SMALL = 2048, 960
"""Pixels of the longest side."""
MOST_BYTES = 25 * 2**20
TOO_HEAVY: Text = {"fr": "Une image pèse 25 Mo au plus.", "en": "A picture weighs 25 MB at most."}


async def make_picture(parvis: Parvis, actor: Actor, file_id: UUID) -> Picture:
    """Puts a picture in the place of an own upload that nothing uses. Again changes nothing.

    Raises `NotFound`, `InUse`, `UnsupportedMedia`, `TooLarge`, `UnreadablePicture` and `QuotaExceeded`.
    """
    async with parvis.database.reading() as session:
        known = await _own(session, actor, file_id)
        if known is not None:
            return known
        file = await queries.own_file(session, actor, file_id)
    if file.claimed_kind is not None:
        raise service.InUse
    refuse_unfit(file, MOST_BYTES, TOO_HEAVY)
    made = await parvis.part(PictureMaker).make_photos(await read_whole(parvis.storage, file), (LARGE, SMALL))
    sizes = [await store(parvis.storage, one.content, "image/webp", "image.webp") for one in made]
    shape = made[0].width, made[0].height
    account = parvis.part(Destinations).own(actor)
    return await parvis.database.write(_put_in_place, actor, file_id, sizes, shape, account)


async def claim(
    session: AsyncSession, actor: Actor, ids: Collection[UUID], kind: str, claimed_id: UUID
) -> Mapping[UUID, Picture]:
    """Puts own, unclaimed pictures to use. Raises `NotFound` when one is somebody else's or in use elsewhere."""
    if not ids:
        return {}
    found = {picture.id: picture for picture in await session.scalars(select(Picture).where(Picture.id.in_(ids)))}
    if len(found) < len(set(ids)):
        raise NotFound
    files = [id_ for picture in found.values() for id_ in (picture.large_id, picture.small_id)]
    await service.claim_all(session, actor, files, kind, claimed_id)
    return found


async def _own(session: AsyncSession, actor: Actor, picture_id: UUID) -> Picture | None:
    picture = await session.get(Picture, picture_id)
    if picture is not None:
        await queries.own_file(session, actor, picture.large_id)
    return picture


async def _put_in_place(
    session: AsyncSession,
    actor: Actor,
    file_id: UUID,
    sizes: Sequence[Received],
    shape: tuple[int, int],
    account: Account,
) -> Picture:
    await locked_member(session, actor.id)
    known = await _own(session, actor, file_id)
    if known is not None:
        return known
    await service.discard(session, actor, file_id)
    large, small = [await service.keep(session, actor, received, account) for received in sizes]
    picture = Picture(id=file_id, large_id=large.id, small_id=small.id, width=shape[0], height=shape[1])
    session.add(picture)
    await session.flush()
    return picture
