"""A member's picture: made anew from an upload, square, in two sizes, without what the camera added."""

from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.service.members import locked_member
from parvis.files import queries, service
from parvis.files.making import read_whole, refuse_unfit, store
from parvis.files.pictures import PictureMaker
from parvis.files.service import Received
from parvis.kernel.runtime import Parvis
from parvis.profiles.models import ProfileField
from parvis.profiles.queries.profile import OwnProfile, own_profile

from .changes import kept_profile, mark_changed
from .profile import Wanted, write_fields

KIND = "avatar"
Size = Literal["small", "large"]
SIDES: dict[Size, int] = {"large": 512, "small": 128}
"""Pixels; the small one is made of the large one."""
MOST_BYTES = 10 * 2**20
TOO_HEAVY = {"fr": "Une photo pèse 10 Mo au plus.", "en": "A photo weighs 10 MB at most."}


async def put_avatar(parvis: Parvis, actor: Actor, file_id: UUID) -> OwnProfile:
    """Makes a member's picture of an own upload.

    Raises `NotFound`, `UnsupportedMedia`, `TooLarge` and `UnreadablePicture`.
    """
    async with parvis.database.reading() as session:
        file = await queries.own_file(session, actor, file_id)
    refuse_unfit(file, MOST_BYTES, TOO_HEAVY)
    picture = await read_whole(parvis.storage, file)
    made: dict[Size, Received] = {}
    for size, side in SIDES.items():
        picture = await parvis.part(PictureMaker).make_square(picture, side)
        made[size] = await store(parvis.storage, picture, "image/webp", "avatar.webp")
    return await parvis.database.write(_change_avatar, actor, made)


async def remove_avatar(session: AsyncSession, actor: Actor) -> OwnProfile:
    """Goes back to initials; to whom a picture is shown stays as it was chosen."""
    return await _change_avatar(session, actor, {})


async def _change_avatar(session: AsyncSession, actor: Actor, made: dict[Size, Received]) -> OwnProfile:
    await locked_member(session, actor.id)
    before = await _kept_value(session, actor.id)
    files = {
        size: str((await service.keep_claimed(session, received, KIND, actor.id)).id) for size, received in made.items()
    }
    if await write_fields(session, actor.id, Wanted({"avatar": files or None}, {})):
        await mark_changed(session, await kept_profile(session, actor.id))
    for file_id in before.values():
        await service.remove(session, UUID(file_id))
    return await own_profile(session, actor.id)


async def _kept_value(session: AsyncSession, member_id: UUID) -> dict[str, str]:
    kept = select(ProfileField.value).where(ProfileField.member_id == member_id, ProfileField.field == "avatar")
    return (await session.execute(kept)).scalar_one_or_none() or {}
