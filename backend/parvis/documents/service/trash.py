"""What is put in the trash, taken out again, or deleted for good."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents import policy
from parvis.documents.models import Document, Folder
from parvis.documents.names import sort_key
from parvis.documents.policy import MANAGERS_ONLY, NOT_A_SPACE, WRITERS_ONLY
from parvis.documents.queries.documents import WholeDocument
from parvis.documents.queries.documents import whole as whole_document
from parvis.documents.queries.folders import WholeFolder, below
from parvis.documents.queries.folders import whole as whole_folder
from parvis.documents.queries.standing import NOTHING, behind
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Database
from parvis.kernel.errors import NotFound, require
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

from .documents import Unchanged, touch
from .folders import free_name, refuse_others
from .forgetting import forget_documents, forget_folder
from .guarding import rehang, stand_under
from .holding import hold_document, hold_folder, hold_spaces, refuse_locked
from .noting import note
from .telling import scrub_told, tell_document, tell_folder

EMPTY = "documents.empty_trash"
"""The job that forgets what was in the trash for too long."""
FORGET = "documents.forget_folder"
"""The job that forgets a folder that was deleted for good, with all in it."""
AT_ONCE = 200


async def trash_folder(session: AsyncSession, actor: Actor, folder_id: UUID, unchanged: Unchanged) -> None:
    """With all that is in it. Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `NotAlone`."""
    held = await hold_folder(session, actor, folder_id)
    unchanged(held.folder.version)
    require(held.folder.parent_id is not None, NOT_A_SPACE)
    require(policy.may_take_away(held.level, held.above), WRITERS_ONLY)
    await refuse_others(session, actor, folder_id)
    inside = select(below(Folder.id == folder_id).c.id)
    gone = update(Folder).where(Folder.id.in_(inside)).values(gone_id=folder_id)
    await session.execute(gone.execution_options(synchronize_session=False))
    await session.refresh(held.folder)
    held.folder.trashed_at, held.folder.trashed_by = clock.now(), actor.id
    held.folder.version += 1
    await session.flush()
    await scrub_told(session, held.folder.guard_id, folder_id)
    await note(session, actor, "trashed", held.folder)
    await tell_folder(session, actor, held.folder, gone=True)
    await _empty_later(session)


async def trash_document(session: AsyncSession, actor: Actor, document_id: UUID, unchanged: Unchanged) -> None:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed` and `Locked`."""
    held = await hold_document(session, actor, document_id)
    unchanged(held.document.version)
    require(policy.may_take_away(held.level, held.above), WRITERS_ONLY)
    await refuse_locked(session, actor, held.document)
    held.document.trashed_at, held.document.trashed_by = clock.now(), actor.id
    held.document.locked_by = held.document.locked_until = None
    held.document.version += 1
    await session.flush()
    await scrub_told(session, held.guard_id, document_id)
    await note(session, actor, "trashed", held.document)
    await tell_document(session, actor, held.document, held.folder.guard_id, gone=True)
    await _empty_later(session)


async def recover_folder(session: AsyncSession, actor: Actor, folder_id: UUID) -> WholeFolder:
    """Takes it back to where it was, or into the space itself when that is gone; by another name where its own is
    taken. Raises `NotFound` and `Forbidden`."""
    folder, _ = await _thrown_folder(session, actor, folder_id)
    target = await _target(session, actor, folder.parent_id, folder.space_id)
    before, steps = folder.guard_id, target.depth + 1 - folder.depth
    folder.name = await free_name(session, target.id, folder.name)
    folder.sort_key = sort_key(folder.name)
    moved = folder.parent_id != target.id
    folder.parent_id = target.id
    folder.trashed_at = folder.trashed_by = None
    folder.version += 1
    await session.flush()
    inside = select(below(Folder.id == folder_id, gone=True).c.id)
    if steps:
        deeper = update(Folder).where(Folder.id.in_(inside)).values(depth=Folder.depth + steps)
        await session.execute(deeper.execution_options(synchronize_session=False))
    back = update(Folder).where(Folder.gone_id == folder_id).values(gone_id=None)
    await session.execute(back.execution_options(synchronize_session=False))
    if moved and before == folder_id:
        await stand_under(session, folder_id, target.guard_id)
    elif moved and before != target.guard_id:
        await rehang(session, folder, before, target.guard_id)
    await session.refresh(folder)
    await note(session, actor, "recovered", folder)
    await tell_folder(session, actor, folder)
    return await whole_folder(session, actor, folder_id)


async def recover_document(session: AsyncSession, actor: Actor, document_id: UUID) -> WholeDocument:
    """The same of a document."""
    document, folder, _ = await _thrown_document(session, actor, document_id)
    target = await _target(session, actor, folder.id, folder.space_id)
    document.name = await free_name(session, target.id, document.name)
    document.sort_key = sort_key(document.name)
    document.trashed_at = document.trashed_by = None
    moved = document.folder_id != target.id
    document.folder_id = target.id
    touch(actor, document)
    await session.flush()
    if moved and document.guard_id is not None:
        await stand_under(session, document.guard_id, target.guard_id)
    await note(session, actor, "recovered", document)
    await tell_document(session, actor, document, target.guard_id)
    return await whole_document(session, actor, document_id)


async def delete_folder(session: AsyncSession, actor: Actor, folder_id: UUID) -> None:
    """Forgets a folder of the trash with all that is in it: nobody gets it back. Raises `NotFound` and `Forbidden`."""
    folder, level = await _thrown_folder(session, actor, folder_id)
    require(policy.may_share(level), MANAGERS_ONLY)
    audit(session, actor.id, "folder.deleted", "folder", folder_id)
    await _forget(session, folder)


async def delete_document(session: AsyncSession, actor: Actor, document_id: UUID) -> None:
    """The same of a document."""
    _, _, level = await _thrown_document(session, actor, document_id)
    require(policy.may_share(level), MANAGERS_ONLY)
    audit(session, actor.id, "document.deleted", "document", document_id)
    await forget_documents(session, [document_id])


def empty_trash(database: Database, days: int) -> Handler:
    """The handler of `documents.empty_trash`: a batch after the other."""

    async def empty(_job: LeasedJob) -> None:
        while await database.write(_empty_some, days):
            pass

    return empty


def forget_folders(database: Database) -> Handler:
    """The handler of `documents.forget_folder`: begun again, it goes on."""

    async def forget(job: LeasedJob) -> None:
        while await database.write(forget_folder, UUID(job.payload["id"])):
            pass

    return forget


async def _empty_some(session: AsyncSession, days: int) -> bool:
    """Whether there may be more."""
    until = clock.now() - timedelta(days=days)
    thrown = select(Document.id).where(Document.trashed_at <= until).order_by(Document.trashed_at).limit(AT_ONCE)
    ids = list(await session.scalars(thrown))
    await forget_documents(session, ids)
    folders = select(Folder).where(Folder.trashed_at <= until).order_by(Folder.trashed_at).limit(AT_ONCE)
    found = (await session.scalars(folders)).all()
    for folder in found:
        await _forget(session, folder)
    left = select(Document.trashed_at).where(Document.trashed_at.is_not(None)).limit(1)
    others = select(Folder.trashed_at).where(Folder.trashed_at.is_not(None)).limit(1)
    is_full = len(ids) == AT_ONCE or len(found) == AT_ONCE
    if not is_full and ((await session.scalar(left)) or (await session.scalar(others))):
        await _empty_later(session)
    return is_full


async def _forget(session: AsyncSession, folder: Folder) -> None:
    """It is in no trash any more, and goes as soon as there is time."""
    folder.trashed_at = None
    await session.flush()
    await enqueue(session, FORGET, {"id": str(folder.id)}, unique=str(folder.id))


async def _empty_later(session: AsyncSession) -> None:
    """Once a day, as long as there is anything in a trash."""
    day = (clock.now() + timedelta(days=1)).replace(hour=3, minute=30, second=0, microsecond=0)
    await enqueue(session, EMPTY, {}, run_at=day, unique=day.date().isoformat())


async def _thrown_folder(session: AsyncSession, actor: Actor, folder_id: UUID) -> tuple[Folder, int]:
    """One of the trash, held with its space, and the actor's level there: he must write there. Raises `NotFound`."""
    which = (Folder.id == folder_id, Folder.trashed_at.is_not(None))
    space_id = await session.scalar(select(Folder.space_id).where(*which))
    if space_id is None:
        raise NotFound
    await hold_spaces(session, [space_id])
    query = select(Folder).where(*which).execution_options(populate_existing=True)
    folder = (await session.execute(query)).scalar_one_or_none()
    if folder is None:
        raise NotFound
    level = (await behind(session, actor, [folder.guard_id])).get(folder.guard_id, NOTHING).level
    _refuse_reader(level)
    return folder, level


async def _thrown_document(session: AsyncSession, actor: Actor, document_id: UUID) -> tuple[Document, Folder, int]:
    which = (Document.id == document_id, Document.trashed_at.is_not(None))
    query = select(Document, Folder).join(Folder, Folder.id == Document.folder_id).where(*which)
    first = (await session.execute(query)).one_or_none()
    if first is None:
        raise NotFound
    await hold_spaces(session, [first.Folder.space_id])
    found = (await session.execute(query.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFound
    document, folder = found
    guard_id = document.guard_id or folder.guard_id
    level = (await behind(session, actor, [guard_id])).get(guard_id, NOTHING).level
    _refuse_reader(level)
    return document, folder, level


def _refuse_reader(level: int) -> None:
    """The trash is there for those who write alone: others could read what is in it, and now cannot."""
    if not policy.may_write(level):
        raise NotFound


async def _target(session: AsyncSession, actor: Actor, folder_id: UUID | None, space_id: UUID) -> Folder:
    """Where something comes back to: where it was while the actor writes there, else the space. Raises `Forbidden`."""
    query = select(Folder).where(Folder.id.in_([folder_id or space_id, space_id]), Folder.gone_id.is_(None))
    found = {one.id: one for one in await session.scalars(query.execution_options(populate_existing=True))}
    guards = await behind(session, actor, {one.guard_id for one in found.values()})
    for id_ in (folder_id, space_id):
        target = found.get(id_) if id_ else None
        if target is not None and policy.may_write(guards[target.guard_id].level):
            return target
    require(allowed=False, reason=WRITERS_ONLY)
    raise AssertionError("it is refused")
