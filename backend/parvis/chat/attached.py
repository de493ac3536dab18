"""Pictures and files that messages show."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete as sql_delete
from sqlalchemy import exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files import photos
from parvis.files import service as files
from parvis.files.models import File, Picture
from parvis.files.service import Received
from parvis.files.shown import Attached, ImageDraft, SeenImage
from parvis.kernel.errors import NotFound, invalid
from parvis.kernel.ids import new_id

from .models import Conversation, Message, MessageAttachment
from .policy import shown_to, visible_to

ATTACHED = "message"
"""What claims such files, for the message's id."""
PICTURE = "conversation_picture"
"""What claims the picture of a conversation, for its id."""


async def attached(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Attached]:
    """Of each of these messages that shows something. One query."""
    query = (
        select(MessageAttachment, File, Picture)
        .join(File, File.id == MessageAttachment.file_id)
        .outerjoin(Picture, Picture.id == MessageAttachment.picture_id)
        .where(MessageAttachment.message_id.in_(ids))
        .order_by(MessageAttachment.position)
        .execution_options(populate_existing=True)
    )
    images: dict[UUID, list[SeenImage]] = defaultdict(list)
    offered: dict[UUID, list[File]] = defaultdict(list)
    for one, file, picture in await session.execute(query):
        if one.picture_id is None:
            offered[one.message_id].append(file)
        else:
            images[one.message_id].append(SeenImage(picture, one.alt))
    return {id_: Attached(images[id_], offered[id_]) for id_ in images | offered}


async def attach(
    session: AsyncSession, actor: Actor, message_id: UUID, images: Sequence[ImageDraft], file_ids: Sequence[UUID]
) -> Attached:
    """Has a message show these. Raises `Invalid` for what its author has not uploaded, or used elsewhere."""
    try:
        pictures = await photos.claim(session, actor, [image.id for image in images], ATTACHED, message_id)
        offered = await files.claim_all(session, actor, file_ids, ATTACHED, message_id)
    except NotFound:
        raise invalid(
            *("files", "unknown"),
            "Un fichier n’est plus là : joignez-le de nouveau.",
            "A file is gone: attach it again.",
        ) from None
    shown = [SeenImage(pictures[image.id], image.alt) for image in images]
    kept = Attached(shown, [offered[id_] for id_ in file_ids])
    await _keep(session, message_id, kept)
    return kept


async def copy(session: AsyncSession, message_id: UUID, shown: Attached) -> Attached:
    """Has a message show what another shows: the same bytes, kept for it alone."""
    images = [SeenImage(await _copy_picture(session, message_id, one.picture), one.alt) for one in shown.images]
    offered = [await _copy_file(session, message_id, file) for file in shown.files]
    kept = Attached(images, offered)
    await _keep(session, message_id, kept)
    return kept


async def scrub(session: AsyncSession, message_ids: Sequence[UUID]) -> None:
    """Takes away all that these messages show, and its bytes."""
    await session.execute(sql_delete(MessageAttachment).where(MessageAttachment.message_id.in_(message_ids)))
    claimed = select(File.id).where(File.claimed_kind == ATTACHED, File.claimed_id.in_(message_ids))
    await files.remove_all(session, list(await session.scalars(claimed)))


async def may_read_attached(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads the message reads what it shows, as long as he does."""
    if actor is None or not actor.may_use("chat:read"):
        return False
    return bool(await session.scalar(select(exists().where(Message.id == file.claimed_id, shown_to(actor)))))


async def may_read_picture(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads the conversation."""
    if actor is None or not actor.may_use("chat:read"):
        return False
    return bool(await session.scalar(select(exists().where(Conversation.id == file.claimed_id, visible_to(actor)))))


async def _keep(session: AsyncSession, message_id: UUID, shown: Attached) -> None:
    rows: list[dict[str, Any]] = [
        *({"file_id": one.picture.large_id, "picture_id": one.picture.id, "alt": one.alt} for one in shown.images),
        *({"file_id": file.id, "picture_id": None, "alt": ""} for file in shown.files),
    ]
    if rows:
        placed = [{**row, "message_id": message_id, "position": number} for number, row in enumerate(rows)]
        await session.execute(insert(MessageAttachment), placed)


async def _copy_picture(session: AsyncSession, message_id: UUID, picture: Picture) -> Picture:
    large = await _copy_file(session, message_id, await session.get_one(File, picture.large_id))
    small = await _copy_file(session, message_id, await session.get_one(File, picture.small_id))
    made = Picture(id=new_id(), large_id=large.id, small_id=small.id, width=picture.width, height=picture.height)
    session.add(made)
    await session.flush()
    return made


async def _copy_file(session: AsyncSession, message_id: UUID, file: File) -> File:
    received = Received(file.sha256, file.size, file.media_type, file.name)
    return await files.keep_claimed(session, received, ATTACHED, message_id)
