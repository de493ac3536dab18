"""The organisation's logo: a picture that an administrator uploaded, made anew."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Organisation
from parvis.accounts.service import organisation as organisations
from parvis.files import queries, service
from parvis.files.models import File
from parvis.files.pictures import PictureMaker
from parvis.files.service import Received
from parvis.kernel.errors import TooLarge, UnsupportedMedia, require
from parvis.kernel.runtime import Parvis
from parvis.kernel.storage import Storage

KIND = "organisation_logo"
LONGEST_SIDE = 512
MOST_BYTES = 5 * 2**20
ACCEPTED = {"image/png", "image/jpeg", "image/webp"}

NO_SVG = {
    "fr": "Un dessin SVG peut contenir du code : envoyez une image PNG, JPEG ou WebP.",
    "en": "An SVG drawing can contain code: send a PNG, JPEG or WebP picture.",
}
NO_PICTURE = {
    "fr": "Ce fichier n’est pas une image PNG, JPEG ou WebP.",
    "en": "This file is not a PNG, JPEG or WebP picture.",
}
TOO_HEAVY = {"fr": "Un logo pèse 5 Mo au plus.", "en": "A logo weighs 5 MB at most."}


async def put_logo(parvis: Parvis, actor: Actor, file_id: UUID) -> Organisation:
    """Makes a logo of a picture that the actor uploaded.

    Raises `Forbidden`, `NotFound`, `UnsupportedMedia`, `TooLarge` and `UnreadablePicture`.
    """
    require(policy.may_change_organisation(actor), organisations.ADMINISTRATORS_ONLY)
    async with parvis.database.reading() as session:
        file = await queries.own_file(session, actor, file_id)
    _refuse_unfit(file)
    made = await parvis.part(PictureMaker).make_png(await _read(parvis.storage, file), LONGEST_SIDE)
    stored = await parvis.storage.put_stream(_once(made))
    received = Received(stored.sha256, stored.size, "image/png", "logo.png")
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


def _refuse_unfit(file: File) -> None:
    if file.media_type == "image/svg+xml":
        raise UnsupportedMedia(NO_SVG)
    if file.media_type not in ACCEPTED:
        raise UnsupportedMedia(NO_PICTURE)
    if file.size > MOST_BYTES:
        raise TooLarge(TOO_HEAVY)


async def _read(storage: Storage, file: File) -> bytes:
    return b"".join([piece async for piece in await storage.get_stream(file.blob_key)])


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
