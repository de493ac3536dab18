"""Taking out of a photo where it was taken, before anybody else is shown it."""

import asyncio
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files import queries, service
from parvis.files.making import read_whole, store
from parvis.files.models import File
from parvis.files.service import Received
from parvis.kernel.errors import Conflict, NotFound, Text, TooLarge, UnsupportedMedia
from parvis.kernel.runtime import Parvis

from . import service as looking
from .kinds import PICTURES
from .positions import has_position, without_position

HOLDERS = {*PICTURES, "image/heic"}
MOST_BYTES = 64 * 2**20
TOO_HEAVY: Text = {"fr": "Une photo pèse 64 Mo au plus.", "en": "A photo weighs 64 MB at most."}
NO_PHOTO: Text = {
    "fr": "Ce fichier n’est pas une image : rien n’y dit où elle a été prise.",
    "en": "This file is not a picture: nothing in it says where it was taken.",
}


class PositionStays(Conflict):
    code = "position_stays"
    title = {
        "fr": "La position de cette image n’a pas pu être retirée.",
        "en": "The position could not be taken out of this picture.",
    }


async def remove_position(parvis: Parvis, actor: Actor, file_id: UUID) -> File:
    """Puts the same picture, without where it was taken, in the place of an own upload that nothing uses.

    No point of it changes. Again changes nothing. Raises `NotFound`, `InUse`, `UnsupportedMedia`, `TooLarge` and
    `PositionStays`.
    """
    async with parvis.database.reading() as session:
        file = await queries.own_file(session, actor, file_id)
    if file.claimed_kind is not None:
        raise service.InUse
    if file.media_type not in HOLDERS:
        raise UnsupportedMedia(NO_PHOTO)
    if file.size > MOST_BYTES:
        raise TooLarge(TOO_HEAVY)
    content = await read_whole(parvis.storage, file)
    bare = await asyncio.to_thread(without_position, content)
    if bare == content:
        return file
    if await asyncio.to_thread(has_position, bare):
        raise PositionStays
    received = await store(parvis.storage, bare, file.media_type, file.name)
    return await parvis.database.write(_put_in_place, actor, file, received)


async def _put_in_place(session: AsyncSession, actor: Actor, read: File, received: Received) -> File:
    query = select(File).where(File.id == read.id, File.owner_id == actor.id).with_for_update()
    file = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if file is None:
        raise NotFound
    if file.claimed_kind is not None:
        raise service.InUse
    await service.put_bytes(session, file, received)
    await looking.forget(session, file.id)
    await looking.ask(session, file.id)
    return file
