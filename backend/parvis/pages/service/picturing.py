"""Pictures in pages: made anew of uploads, read by whoever reads the page, and gone a week after nothing shows them."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.policy import WRITERS_ONLY, may_write
from parvis.documents.queries.spaces import Quotas
from parvis.documents.service.holding import HeldDocument, hold_document
from parvis.documents.service.keeping import account_of
from parvis.documents.service.problems import SpaceFull
from parvis.documents.service.spaces import take_room
from parvis.documents.written import PAGE_PICTURE
from parvis.files import queries as file_queries
from parvis.files import service as files
from parvis.files.destinations import Account
from parvis.files.making import read_whole, refuse_unfit, store
from parvis.files.models import File
from parvis.files.photos import LARGE, MOST_BYTES, TOO_HEAVY
from parvis.files.pictures import PictureMaker
from parvis.files.places import IN_A_PLACE
from parvis.files.service import QuotaExceeded, Received
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, require
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis
from parvis.pages import queries, tree
from parvis.pages.models import PagePicture

TIDY = "pages.tidy_pictures"
"""The job that forgets pictures which nothing shows."""
KEPT_FOR = timedelta(days=7)
"""After the page shows them no more: it may be put back, or written on elsewhere meanwhile."""


async def picture(parvis: Parvis, actor: Actor, quotas: Quotas, document_id: UUID, file_id: UUID) -> PagePicture:
    """A picture of an own upload, in a page. Again gives the same.

    Raises `NotFound`, `Forbidden`, `UnsupportedMedia`, `TooLarge`, `UnreadablePicture` and `SpaceFull`.
    """
    async with parvis.database.reading() as session:
        require(may_write((await queries.stand(session, actor, document_id)).level), WRITERS_ONLY)
        known = await session.get(PagePicture, (document_id, file_id))
        file = None if known else await file_queries.own_file(session, actor, file_id)
    if file is None:
        return await parvis.database.write(_again, actor, document_id, file_id)
    if file.claimed_kind is not None:
        raise files.InUse
    refuse_unfit(file, MOST_BYTES, TOO_HEAVY)
    (made,) = await parvis.part(PictureMaker).make_photos(await read_whole(parvis.storage, file), (LARGE,))
    received = await store(parvis.storage, made.content, "image/webp", "image.webp")
    shape = made.width, made.height
    return await parvis.database.write(_keep, actor, quotas, document_id, file_id, received, shape)


async def _again(session: AsyncSession, actor: Actor, document_id: UUID, file_id: UUID) -> PagePicture:
    await _hold(session, actor, document_id)
    return await session.get_one(PagePicture, (document_id, file_id))


async def _keep(
    session: AsyncSession,
    actor: Actor,
    quotas: Quotas,
    document_id: UUID,
    file_id: UUID,
    received: Received,
    shape: tuple[int, int],
) -> PagePicture:
    held = await _hold(session, actor, document_id)
    known = await session.get(PagePicture, (document_id, file_id))
    if known is not None:
        return known
    await files.discard(session, actor, file_id)
    account = account_of(held.space, quotas)
    try:
        await files.make_room(session, account, received.size)
    except QuotaExceeded:
        raise SpaceFull from None
    owned = {"owner_id": actor.id, "account_id": IN_A_PLACE, "claimed_id": document_id}
    kept = await files.add(session, received, claimed_kind=PAGE_PICTURE, **owned)
    made = PagePicture(
        document_id=document_id,
        id=file_id,
        file_id=kept.id,
        width=shape[0],
        height=shape[1],
        unused_since=clock.now(),
    )
    session.add(made)
    await take_room(session, held.space, kept.size)
    await session.flush()
    await _tidy_later(session, document_id)
    return made


async def copy(
    session: AsyncSession, actor: Actor, source: UUID, made: Document, space: Folder, account: Account
) -> None:
    """Those of a page, for a copy of it. Raises `QuotaExceeded`."""
    query = select(PagePicture, File).join(File, File.id == PagePicture.file_id)
    rows = (await session.execute(query.where(PagePicture.document_id == source))).all()
    if not rows:
        return
    await files.make_room(session, account, sum(file.size for _, file in rows))
    for known, file in rows:
        same = Received(file.sha256, file.size, file.media_type, file.name)
        owned = {"owner_id": actor.id, "account_id": IN_A_PLACE, "claimed_id": made.id}
        copied = await files.add(session, same, claimed_kind=PAGE_PICTURE, **owned)
        shape = {"width": known.width, "height": known.height, "unused_since": known.unused_since}
        session.add(PagePicture(document_id=made.id, id=known.id, file_id=copied.id, **shape))
        await take_room(session, space, file.size)
    await session.flush()


async def note_shown(session: AsyncSession, document_id: UUID, shown: Collection[UUID]) -> None:
    """What the page shows now."""
    known = list(await session.scalars(select(PagePicture).where(PagePicture.document_id == document_id)))
    for one in known:
        if one.id in shown:
            one.unused_since = None
        elif one.unused_since is None:
            one.unused_since = clock.now()
    await session.flush()
    if any(one.unused_since is not None for one in known):
        await _tidy_later(session, document_id)


async def _tidy_later(session: AsyncSession, document_id: UUID) -> None:
    at = clock.now() + KEPT_FOR + timedelta(minutes=1)
    said = {"document_id": str(document_id)}
    await enqueue(session, TIDY, said, run_at=at, unique=f"{document_id} {at.date().isoformat()}")


def tidy_pictures(parvis: Parvis) -> Handler:
    """The handler of `pages.tidy_pictures`: what neither the page nor a version of it shows is forgotten."""

    async def tidy(job: LeasedJob) -> None:
        document_id = UUID(job.payload["document_id"])
        unused = await parvis.database.read(_unused, document_id)
        if not unused:
            return
        kept: set[UUID] = set()
        for file in await parvis.database.read(_versions, document_id):
            state = await read_whole(parvis.storage, file)
            kept |= await asyncio.to_thread(_shown_in, state)
        await parvis.database.write(_forget, document_id, [id_ for id_ in unused if id_ not in kept])

    return tidy


def _shown_in(state: bytes) -> set[UUID]:
    return set(tree.pictures_in(tree.of([state])))


async def _unused(session: AsyncSession, document_id: UUID) -> list[UUID]:
    old = PagePicture.unused_since <= clock.now() - KEPT_FOR
    return list(await session.scalars(select(PagePicture.id).where(PagePicture.document_id == document_id, old)))


async def _versions(session: AsyncSession, document_id: UUID) -> list[File]:
    query = select(File).join(DocumentVersion, DocumentVersion.file_id == File.id)
    return list(await session.scalars(query.where(DocumentVersion.document_id == document_id)))


async def _forget(session: AsyncSession, document_id: UUID, ids: Sequence[UUID]) -> None:
    """What is shown again meanwhile stays; what a version alone shows is looked at again."""
    old = and_(PagePicture.document_id == document_id, PagePicture.unused_since <= clock.now() - KEPT_FOR)
    gone = delete(PagePicture).where(old, PagePicture.id.in_(ids)).returning(PagePicture.file_id)
    file_ids = list(await session.scalars(gone))
    sizes = list(await session.scalars(select(File.size).where(File.id.in_(file_ids))))
    await files.remove_all(session, file_ids)
    space = select(Folder.space_id).join(Document, Document.folder_id == Folder.id).where(Document.id == document_id)
    less = update(Folder).where(Folder.id == space.scalar_subquery()).values(used=Folder.used - sum(sizes))
    await session.execute(less.execution_options(synchronize_session=False))
    left = select(PagePicture.id).where(PagePicture.document_id == document_id, PagePicture.unused_since.is_not(None))
    if (await session.execute(left.limit(1))).first() is not None:
        await _tidy_later(session, document_id)


async def _hold(session: AsyncSession, actor: Actor, document_id: UUID) -> HeldDocument:
    held = await hold_document(session, actor, document_id)
    if held.document.kind != "page":
        raise NotFound
    require(may_write(held.level), WRITERS_ONLY)
    return held
