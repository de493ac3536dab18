"""What posts show beside their words: claimed with them, and gone with them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.communities import policy as communities
from parvis.files import photos
from parvis.files import service as files
from parvis.files.models import File, Picture
from parvis.files.shown import Attached, ImageDraft
from parvis.kernel.errors import NotFound, Text, invalid, require
from parvis.posts.attached import ATTACHED, KEPT_ASIDE, Showing
from parvis.posts.models import PostAttachment
from parvis.posts.policy import Where

NO_UPLOADS: Text = {
    "fr": "Vous ne pouvez pas joindre d’image ni de fichier dans cette communauté.",
    "en": "You cannot attach pictures or files in this community.",
}


async def show(
    session: AsyncSession,
    actor: Actor,
    post_id: UUID,
    before: Attached,
    images: Sequence[ImageDraft] | None,
    file_ids: Sequence[UUID] | None,
    places: Collection[Where],
) -> bool:
    """Has the post show these, in this order; None: as before. Returns whether that changes anything.

    Raises `Forbidden` where the actor may not add some, and `Invalid` for what he has not uploaded, or used elsewhere.
    """
    shown = [(image.picture.id, image.alt) for image in before.images]
    offered = [file.id for file in before.files]
    wanted = shown if images is None else [(image.id, image.alt) for image in images]
    asked = offered if file_ids is None else list(file_ids)
    if (wanted, asked) == (shown, offered):
        return False
    pictures = {image.picture.id: image.picture for image in before.images}
    added = [id_ for id_, _ in wanted if id_ not in pictures], [id_ for id_ in asked if id_ not in offered]
    if any(added):
        require(all(communities.may_upload(*place) for place in places), NO_UPLOADS)
    pictures |= await _claimed_pictures(session, actor, post_id, added[0])
    await _claim_files(session, actor, post_id, added[1])
    await session.execute(delete(PostAttachment).where(PostAttachment.post_id == post_id))
    kept = {id_ for id_, _ in wanted}
    gone = [size for id_, one in pictures.items() if id_ not in kept for size in (one.large_id, one.small_id)]
    await files.remove_all(session, [*gone, *(id_ for id_ in offered if id_ not in asked)])
    for position, (id_, alt) in enumerate(wanted):
        _add(session, post_id, pictures[id_].large_id, position, picture_id=id_, alt=alt)
    for position, id_ in enumerate(asked):
        _add(session, post_id, id_, position)
    await session.flush()
    return True


async def keep_aside(
    session: AsyncSession,
    actor: Actor,
    scheduled_id: UUID,
    before: Showing | None,
    draft: Showing,
    places: Collection[Where],
) -> None:
    """Keeps what a post is to show until it is said, in place of what it was to show before. Raises as `show` does."""
    shown, offered = _ids(before) if before else ([], [])
    wanted, asked = _ids(draft)
    added = [id_ for id_ in wanted if id_ not in shown], [id_ for id_ in asked if id_ not in offered]
    if any(added):
        require(all(communities.may_upload(*place) for place in places), NO_UPLOADS)
    await _claimed_pictures(session, actor, scheduled_id, added[0], KEPT_ASIDE)
    await _claim_files(session, actor, scheduled_id, added[1], KEPT_ASIDE)
    dropped = await session.scalars(select(Picture).where(Picture.id.in_([id_ for id_ in shown if id_ not in wanted])))
    gone = [size for one in dropped for size in (one.large_id, one.small_id)]
    await files.remove_all(session, [*gone, *(id_ for id_ in offered if id_ not in asked)])


async def bring_out(session: AsyncSession, scheduled_id: UUID) -> None:
    """Lets the post that is said now claim what was kept for it."""
    await files.let_go(session, KEPT_ASIDE, scheduled_id)


async def throw_away(session: AsyncSession, scheduled_id: UUID) -> None:
    """What was kept for a post that will not be said."""
    claimed = and_(File.claimed_kind == KEPT_ASIDE, File.claimed_id == scheduled_id)
    await files.remove_all(session, list(await session.scalars(select(File.id).where(claimed))))


async def scrub(session: AsyncSession, post_id: UUID) -> None:
    """Takes away all that a post shows, and its bytes."""
    await session.execute(delete(PostAttachment).where(PostAttachment.post_id == post_id))
    claimed = and_(File.claimed_kind == ATTACHED, File.claimed_id == post_id)
    await files.remove_all(session, list(await session.scalars(select(File.id).where(claimed))))


def _add(
    session: AsyncSession, post_id: UUID, file_id: UUID, position: int, *, picture_id: UUID | None = None, alt: str = ""
) -> None:
    session.add(PostAttachment(file_id=file_id, post_id=post_id, picture_id=picture_id, position=position, alt=alt))


def _ids(draft: Showing) -> tuple[list[UUID], list[UUID]]:
    return [image.id for image in draft.images], list(draft.files)


async def _claimed_pictures(
    session: AsyncSession, actor: Actor, post_id: UUID, ids: Sequence[UUID], kind: str = ATTACHED
) -> Mapping[UUID, Picture]:
    try:
        return await photos.claim(session, actor, ids, kind, post_id)
    except NotFound:
        raise invalid(
            "images",
            "unknown",
            "Une image n’est plus là : joignez-la de nouveau.",
            "A picture is gone: attach it again.",
        ) from None


async def _claim_files(
    session: AsyncSession, actor: Actor, post_id: UUID, ids: Sequence[UUID], kind: str = ATTACHED
) -> None:
    try:
        await files.claim_all(session, actor, ids, kind, post_id)
    except NotFound:
        raise invalid(
            "files", "unknown", "Un fichier n’est plus là : joignez-le de nouveau.", "A file is gone: attach it again."
        ) from None
