"""Copies of documents and of folders: of what the actor reads, as it is now, counted in full where they stand."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.documents import policy
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.names import fitting, group_of, sort_key
from parvis.documents.policy import WRITERS_ONLY, visible_document, visible_folder
from parvis.documents.queries.documents import WholeDocument, document
from parvis.documents.queries.documents import whole as whole_document
from parvis.documents.queries.folders import WholeFolder, ancestors, folder
from parvis.documents.queries.folders import whole as whole_folder
from parvis.documents.queries.spaces import Quotas
from parvis.documents.schemas.documents import DocumentCopyDraft
from parvis.documents.schemas.folders import FolderCopyDraft
from parvis.documents.written import PAGES
from parvis.files.models import File
from parvis.files.service import QuotaExceeded
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.errors import Forbidden, NotFound, require
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

from .documents import keep_version
from .folders import free_name, put
from .holding import HeldFolder, hold_folder
from .keeping import account_of, duplicate
from .noting import note
from .problems import IntoItself, SpaceFull, TooMany
from .telling import tell_document, tell_folder

COPY = "documents.copy"
"""The job that goes on with a copy of many documents."""
MOST_FOLDERS = 1_000
AT_ONCE = 100


async def copy_document(
    session: AsyncSession, actor: Actor, quotas: Quotas, document_id: UUID, draft: DocumentCopyDraft
) -> WholeDocument:
    """Raises `NotFound`, `Forbidden` and `SpaceFull`."""
    held = await hold_folder(session, actor, draft.folder_id)
    require(policy.may_write(held.level), WRITERS_ONLY)
    seen = await document(session, actor, document_id)
    made = await _copy(session, actor, quotas, held, seen.document, seen.file_id, draft.name or seen.document.name)
    await note(session, actor, "added", made, number=made.number)
    await tell_document(session, actor, made, held.folder.guard_id)
    return await whole_document(session, actor, made.id)


async def copy_folder(
    session: AsyncSession, actor: Actor, quotas: Quotas, folder_id: UUID, draft: FolderCopyDraft
) -> WholeFolder:
    """With all in it that the actor reads; beyond a hundred documents the rest follows by itself. Rights that were
    given in it are not copied. Raises `NotFound`, `Forbidden`, `IntoItself`, `TooDeep`, `TooMany` and `SpaceFull`."""
    held = await hold_folder(session, actor, draft.parent_id)
    require(policy.may_write(held.level), WRITERS_ONLY)
    source = await folder(session, actor, folder_id)
    above = ancestors(held.folder.id)
    if (await session.execute(select(above.c.id).where(above.c.id == folder_id))).first() is not None:
        raise IntoItself
    name = await free_name(session, held.folder.id, fitting(draft.name or source.name))
    made = await put(session, actor, held, name)
    copies = {folder_id: made}
    waiting = [folder_id]
    while waiting:
        inside = select(Folder).where(Folder.parent_id == waiting[0], visible_folder(actor)).order_by(Folder.sort_key)
        for one in (await session.scalars(inside)).all():
            target = HeldFolder(copies[waiting[0]], held.space, held.level, held.level)
            copies[one.id] = await put(session, actor, target, one.name)
            waiting.append(one.id)
        if len(copies) > MOST_FOLDERS:
            raise TooMany
        waiting.pop(0)
    pairs = {str(before): str(after.id) for before, after in copies.items()}
    await note(session, actor, "made", made)
    await tell_folder(session, actor, made)
    await _copy_some(session, actor, quotas, pairs, None)
    return await whole_folder(session, actor, made.id)


def copy_on(database: Database, quotas: Quotas) -> Handler:
    """The handler of `documents.copy`: a batch, and the next is another job."""

    async def go_on(job: LeasedJob) -> None:
        await database.write(_go_on, quotas, job.payload)

    return go_on


async def _go_on(session: AsyncSession, quotas: Quotas, payload: dict[str, object]) -> None:
    actor = await acting_later(session, UUID(str(payload["actor_id"])))
    pairs = payload["pairs"]
    assert isinstance(pairs, dict)
    if actor is None:
        return
    try:
        await _copy_some(session, actor, quotas, pairs, UUID(str(payload["after"])))
    except (NotFound, Forbidden, SpaceFull):  # Its place is gone, or full: what was copied stays.
        return


async def _copy_some(
    session: AsyncSession, actor: Actor, quotas: Quotas, pairs: dict[str, str], after: UUID | None
) -> None:
    """Copies the next documents of these folders, each into its own; has the rest follow."""
    current = DocumentVersion.number == Document.number
    query = (
        select(Document, DocumentVersion.file_id)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .join(Folder, Folder.id == Document.folder_id)
        .where(current, Document.folder_id.in_([UUID(id_) for id_ in pairs]), visible_document(actor))
        .order_by(Document.id)
        .limit(AT_ONCE)
    )
    found = (await session.execute(query if after is None else query.where(Document.id > after))).all()
    for source, file_id in found:
        held = await hold_folder(session, actor, UUID(pairs[str(source.folder_id)]))
        require(policy.may_write(held.level), WRITERS_ONLY)
        made = await _copy(session, actor, quotas, held, source, file_id, source.name)
        await tell_document(session, actor, made, held.folder.guard_id)
    if len(found) == AT_ONCE:
        last = str(found[-1].Document.id)
        await enqueue(session, COPY, {"actor_id": str(actor.id), "pairs": pairs, "after": last})


async def _copy(
    session: AsyncSession, actor: Actor, quotas: Quotas, held: HeldFolder, source: Document, file_id: UUID, name: str
) -> Document:
    name = await free_name(session, held.folder.id, fitting(name))
    made = Document(
        id=new_id(),
        folder_id=held.folder.id,
        kind=source.kind,
        name=name,
        sort_key=sort_key(name),
        media_type=source.media_type,
        group=group_of(source.media_type, name),
        size=source.size,
        number=0,
        created_by=actor.id,
        version=0,
    )
    session.add(made)
    await session.flush()
    file = await duplicate(session, actor, quotas, held.space, made, await session.get_one(File, file_id))
    await keep_version(session, actor, held.space, made, file)
    if made.kind == "page":
        try:
            await PAGES.keeper.copied(session, actor, source.id, made, held.space, account_of(held.space, quotas))
        except QuotaExceeded:
            raise SpaceFull from None
    held.folder.changed_at = clock.now()
    await session.flush()
    return made
