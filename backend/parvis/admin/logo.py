"""The organisation's logo: a picture that an administrator uploaded, made anew."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Organisation
from parvis.accounts.service import organisation as organisations
from parvis.files import queries, service
from parvis.files.making import read_whole, refuse_unfit, store
from parvis.files.pictures import PictureMaker
from parvis.files.service import Received
from parvis.kernel.errors import require
from parvis.kernel.runtime import Parvis

KIND = "organisation_logo"
LONGEST_SIDE = 512
MOST_BYTES = 5 * 2**20
TOO_HEAVY = {"fr": "Un logo pèse 5 Mo au plus.", "en": "A logo weighs 5 MB at most."}


async def put_logo(parvis: Parvis, actor: Actor, file_id: UUID) -> Organisation:
    """Makes a logo of a picture that the actor uploaded.

    Raises `Forbidden`, `NotFound`, `UnsupportedMedia`, `TooLarge` and `UnreadablePicture`.
    """
    require(policy.may_change_organisation(actor), organisations.ADMINISTRATORS_ONLY)
    async with parvis.database.reading() as session:
        file = await queries.own_file(session, actor, file_id)
    refuse_unfit(file, MOST_BYTES, TOO_HEAVY)
    made = await parvis.part(PictureMaker).make_png(await read_whole(parvis.storage, file), LONGEST_SIDE)
    received = await store(parvis.storage, made, "image/png", "logo.png")
    return await parvis.database.write(_change_logo, actor, received)


async def remove_logo(session: AsyncSession, actor: Actor) -> Organisation:
    """Gives Parvis's own mark back. Raises `Forbidden`."""
    return await _change_logo(session, actor, None)


async def _change_logo(session: AsyncSession, actor: Actor, received: Received | None) -> Organisation:
    require(policy.may_change_organisation(actor), organisations.ADMINISTRATORS_ONLY)
    before = (await organisations.kept_organisation(session)).logo_file_id
    logo = await service.keep_claimed(session, received, KIND) if received else None
    organisation = await organisations.set_logo(session, actor, logo.id if logo else None)
    if before is not None:
        await service.remove(session, before)
    return organisation
