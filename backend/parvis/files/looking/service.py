"""Having files looked into, and what becomes of what was found."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files import queries as files
from parvis.files import service
from parvis.files.events import FileLookedInto
from parvis.files.making import store
from parvis.files.models import File
from parvis.files.service import Received
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis

from . import queries
from .kinds import kind_of, language_of
from .looker import TOO_MUCH, Found, Looker
from .models import Look, LookPage, State
from .reasons import Reason

LOOK = "files.look"
PAGE = "look_page"
"""What claims the picture of a page: nobody reads it but through the file whose page it is."""
OPENED_AS = {
    **{kind: kind for kind in ("picture", "drawing", "pdf", "office", "page", "archive")},
    **dict.fromkeys(("text", "markdown", "code", "table"), "text"),
}
"""Kinds that a process looks into, and as what."""
SHOWN_AS_THEY_ARE = {"audio", "video"}
MOST_BYTES = 64 * 2**20
"""Heavier files are not opened."""
READ_OF_WORDS = 2 * 2**20
"""Bytes of text that are read at all."""
MOST_TRIES = 3
"""A file with which so many processes of ours died is not opened again."""
FORGOTTEN_AT_ONCE = 100


async def ask(session: AsyncSession, file_id: UUID) -> Look:
    """Has a file looked into, in the unit of work that puts it to use; `FileLookedInto` says when it is over.

    What was found before stays, and is said at once. Raises `NotFound`.
    """
    file = await session.get(File, file_id)
    if file is None:
        raise NotFound
    known = await queries.look_of(session, file_id)
    if known is not None:
        if known.state != "waiting":
            _say(session, file)
        return known
    return await _begin(session, file)


async def ask_for_own(session: AsyncSession, actor: Actor, file_id: UUID) -> None:
    """Has an own file looked into; one that could not be is tried anew. Raises `NotFound`."""
    file = await files.own_file(session, actor, file_id)
    known = await queries.look_of(session, file_id)
    if known is not None and known.state == "failed":
        await session.delete(known)
        await session.flush()
        known = None
    if known is None:
        await _begin(session, file)


def look_into_files(parvis: Parvis) -> Handler:
    """The handler of `files.look`. Files are opened outside of any transaction."""
    looker = Looker()

    async def look(job: LeasedJob) -> None:
        file_id = UUID(job.payload["file_id"])
        async with parvis.database.reading() as session:
            file, known = await session.get(File, file_id), await queries.look_of(session, file_id)
        if file is None or known is None or known.state != "waiting":
            return
        pieces = await parvis.storage.get_stream(file.blob_key, 0, _read_of(known))
        if await parvis.database.write(_count_try, file_id) > MOST_TRIES:
            found = TOO_MUCH
        else:
            found = await looker.look(pieces, OPENED_AS[known.kind])
        await _keep_found(parvis, file, found)

    return look


async def forget_pages(session: AsyncSession) -> int:
    """Deletes pictures of pages of files that are gone, 100 at most. Returns how many."""
    gone = list(await session.scalars(select(LookPage).where(LookPage.file_id.is_(None)).limit(FORGOTTEN_AT_ONCE)))
    await _remove_pages(session, gone)
    return len(gone)


async def forget(session: AsyncSession, file_id: UUID) -> None:
    """Forgets what was found inside a file, whose bytes are to be others."""
    known = await queries.look_of(session, file_id)
    if known is not None:
        await _remove_pages(session, await queries.pages_of(session, file_id))
        await session.delete(known)
        await session.flush()


async def _begin(session: AsyncSession, file: File) -> Look:
    kind = kind_of(file.media_type, file.name)
    look = Look(file_id=file.id, state="waiting", kind=kind, language=language_of(file.media_type, file.name))
    session.add(look)
    if kind in SHOWN_AS_THEY_ARE:
        _end(session, file, look, "ready")
    elif kind not in OPENED_AS:
        _end(session, file, look, "none", "unknown")
    elif file.size > MOST_BYTES and OPENED_AS[kind] != "text":
        _end(session, file, look, "none", "too_heavy")
    else:
        await enqueue(session, LOOK, {"file_id": str(file.id)}, unique=str(file.id))
    await session.flush()
    return look


def _end(session: AsyncSession, file: File, look: Look, state: State, reason: Reason | None = None) -> None:
    look.state, look.reason, look.looked_at = state, reason, clock.now()
    _say(session, file)


def _say(session: AsyncSession, file: File) -> None:
    record(session, FileLookedInto(file_id=file.id, claimed_kind=file.claimed_kind, claimed_id=file.claimed_id))


def _read_of(look: Look) -> int | None:
    return READ_OF_WORDS if OPENED_AS[look.kind] == "text" else None


async def _count_try(session: AsyncSession, file_id: UUID) -> int:
    look = await _waiting(session, file_id)
    if look is None:
        return 0
    look.tries += 1
    return look.tries


async def _keep_found(parvis: Parvis, file: File, found: Found) -> None:
    """Stores the pictures of pages, then all of it in one unit."""
    sizes = [
        [await store(parvis.storage, one, "image/webp", f"page-{page.number}.webp") for one in (page.large, page.small)]
        for page in found.pages
    ]
    await parvis.database.write(_keep, file, found, sizes)


async def _keep(session: AsyncSession, read: File, found: Found, sizes: Sequence[Sequence[Received]]) -> None:
    """Keeps what was found, if the file is still there and still has the bytes that were read."""
    look = await _waiting(session, read.id)
    file = await session.get(File, read.id, populate_existing=True)
    if look is None or file is None or file.sha256 != read.sha256:
        return
    for page, (large, small) in zip(found.pages, sizes, strict=True):
        kept = [await service.keep_claimed(session, one, PAGE, file.id) for one in (large, small)]
        shape = {"number": page.number, "width": page.width, "height": page.height}
        session.add(LookPage(file_id=file.id, large_id=kept[0].id, small_id=kept[1].id, **shape))
    facts = found.facts
    look.text, look.is_cut = found.text, facts.is_cut or (_read_of(look) or file.size) < file.size
    look.page_count, look.drawn = facts.page_count, len(found.pages)
    look.has_position, look.entries, look.entry_count = facts.has_position, facts.entries, facts.entry_count
    _end(session, file, look, "failed" if facts.reason else "ready", facts.reason or facts.lacks)


async def _waiting(session: AsyncSession, file_id: UUID) -> Look | None:
    query = select(Look).where(Look.file_id == file_id, Look.state == "waiting").with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


async def _remove_pages(session: AsyncSession, pages: Sequence[LookPage]) -> None:
    await session.execute(delete(LookPage).where(LookPage.id.in_([page.id for page in pages])))
    await service.remove_all(session, [id_ for page in pages for id_ in (page.large_id, page.small_id)])
