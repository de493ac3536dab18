"""Pictures and files that posts show."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.models import File, Picture
from parvis.files.shown import Attached, SeenImage
from parvis.kernel.db import among

from .models import Post, PostAttachment
from .policy import visible_to

ATTACHED = "post"
"""What claims such files, for the post's id."""
KEPT_ASIDE = "scheduled_post"
"""What claims those of a post that is to be said later, for its id: their owner alone reads them."""


class ShowingImage(Protocol):
    """A picture that is to be shown, and what it shows, in words."""

    @property
    def id(self) -> UUID: ...
    @property
    def alt(self) -> str: ...


class Showing(Protocol):
    """Something that is written, with the pictures and files that it is to show."""

    @property
    def images(self) -> Sequence[ShowingImage]: ...
    @property
    def files(self) -> Sequence[UUID]: ...


async def attached(session: AsyncSession, post_ids: Collection[UUID]) -> Mapping[UUID, Attached]:
    """Of each of these posts that shows something. One query; none for no posts."""
    if not post_ids:
        return {}
    images: dict[UUID, list[SeenImage]] = defaultdict(list)
    files: dict[UUID, list[File]] = defaultdict(list)
    for one, file, picture in await session.execute(ATTACHMENTS, {"ids": post_ids}):
        if one.picture_id is None:
            files[one.post_id].append(file)
        else:
            images[one.post_id].append(SeenImage(picture, one.alt))
    return {id_: Attached(images[id_], files[id_]) for id_ in images | files}


ATTACHMENTS = (
    select(PostAttachment, File, Picture)
    .join(File, File.id == PostAttachment.file_id)
    .outerjoin(Picture, Picture.id == PostAttachment.picture_id)
    .where(among(PostAttachment.post_id, "ids"))
    .order_by(PostAttachment.position)
    .execution_options(populate_existing=True)
)


async def shown_aside(session: AsyncSession, drafts: Mapping[UUID, Showing]) -> Mapping[UUID, Attached]:
    """What each of these is to show when it is said. Two queries."""
    image_ids = [image.id for draft in drafts.values() for image in draft.images]
    file_ids = [id_ for draft in drafts.values() for id_ in draft.files]
    pictures = {one.id: one for one in await session.scalars(select(Picture).where(Picture.id.in_(image_ids)))}
    files = {one.id: one for one in await session.scalars(select(File).where(File.id.in_(file_ids)))}
    return {
        id_: Attached(
            [SeenImage(pictures[one.id], one.alt) for one in draft.images if one.id in pictures],
            [files[file_id] for file_id in draft.files if file_id in files],
        )
        for id_, draft in drafts.items()
    }


async def may_read_attached(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads the post reads what it shows, as long as he does."""
    if actor is None or not actor.may_use("posts:read"):
        return False
    query = select(exists().where(Post.id == file.claimed_id, visible_to(actor)))
    return bool(await session.scalar(query))
