"""Documents made of uploads, renamed and moved."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents import policy
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.names import fitting, group_of, sort_key
from parvis.documents.policy import MANAGERS_ONLY, WRITERS_ONLY
from parvis.documents.queries.documents import WholeDocument, whole
from parvis.documents.queries.spaces import Quotas
from parvis.documents.schemas.documents import DocumentChange, DocumentDraft
from parvis.documents.written import PAGE_PICTURE
from parvis.files.looking import service as looking
from parvis.files.models import File, KeptElsewhere
from parvis.files.queries import own_file
from parvis.kernel import clock
from parvis.kernel.errors import require
from parvis.kernel.ids import new_id

from .folders import free_name, name_taken, named_so, refuse_taken
from .guarding import stand_under
from .holding import HeldDocument, HeldFolder, hold_document, hold_folder, refuse_locked
from .keeping import claim, rename_files, take_over
from .noting import note
from .problems import IsPage
from .spaces import take_room
from .telling import scrub_told, tell_document

Unchanged = Callable[[int], None]


async def add(
    session: AsyncSession, actor: Actor, quotas: Quotas, folder_id: UUID, draft: DocumentDraft
) -> WholeDocument:
    """A document made of an upload of the actor's; or, where its name is taken and he wants that, a new version of what
    has it. Raises `NotFound`, `Forbidden`, `NameTaken`, `Locked` and `SpaceFull`."""
    held = await hold_folder(session, actor, folder_id)
    require(policy.may_write(held.level), WRITERS_ONLY)
    file = await own_file(session, actor, draft.file_id)
    name = fitting(draft.name or file.name)
    taken = await named_so(session, folder_id, name)
    if taken is not None and draft.if_exists == "version" and isinstance(taken, Document):
        return await _add_to(session, actor, quotas, taken.id, draft.file_id)
    if taken is not None and draft.if_exists != "rename":
        raise await name_taken(session, actor, taken)
    if taken is not None:
        name = await free_name(session, folder_id, name)
    document = await put(session, actor, quotas, held, file, name)
    await note(session, actor, "added", document, number=document.number)
    await tell_document(session, actor, document, held.folder.guard_id)
    return await whole(session, actor, document.id)


async def put(session: AsyncSession, actor: Actor, quotas: Quotas, held: HeldFolder, file: File, name: str) -> Document:
    """A document of this name, which is free, made of an unclaimed upload."""
    document = Document(
        id=new_id(),
        folder_id=held.folder.id,
        kind="file",
        name=name,
        sort_key=sort_key(name),
        media_type=file.media_type,
        group=group_of(file.media_type, name),
        size=file.size,
        number=0,
        created_by=actor.id,
        version=0,
    )
    session.add(document)
    await session.flush()
    await add_version(session, actor, quotas, held.space, document, file.id)
    held.folder.changed_at = clock.now()
    await session.flush()
    return document


async def add_version(
    session: AsyncSession,
    actor: Actor,
    quotas: Quotas,
    space: Folder,
    document: Document,
    file_id: UUID,
    label: str = "",
) -> DocumentVersion:
    """Makes an upload the current version of a document that is held. Raises `NotFound` and `SpaceFull`."""
    file = await claim(session, actor, quotas, space, file_id, document)
    return await keep_version(session, actor, space, document, file, label=label)


async def keep_version(
    session: AsyncSession,
    actor: Actor,
    space: Folder,
    document: Document,
    file: File,
    *,
    label: str = "",
    restored_from: int | None = None,
) -> DocumentVersion:
    """Makes a file that was claimed for it the current version, and has it looked into."""
    made = DocumentVersion(
        document_id=document.id,
        number=document.number + 1,
        file_id=file.id,
        size=file.size,
        media_type=file.media_type,
        label=label,
        is_frozen=False,
        restored_from=restored_from,
        created_by=actor.id,
    )
    session.add(made)
    await take_room(session, space, file.size)
    document.number, document.size, document.media_type = made.number, made.size, made.media_type
    document.group = group_of(made.media_type, document.name)
    touch(actor, document)
    await session.flush()
    await looking.ask(session, file.id)
    return made


def refuse_page(document: Document) -> None:
    """Raises `IsPage` for what is written here."""
    if document.kind == "page":
        raise IsPage


def touch(actor: Actor, document: Document) -> None:
    document.changed_at, document.changed_by = clock.now(), actor.id
    document.version += 1


async def change(
    session: AsyncSession,
    actor: Actor,
    quotas: Quotas,
    document_id: UUID,
    draft: DocumentChange,
    unchanged: Unchanged,
) -> WholeDocument:
    """Another name, or another place. Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `NameTaken`, `Locked` and
    `SpaceFull`."""
    held = await hold_document(session, actor, document_id, into=draft.folder_id)
    document = held.document
    unchanged(document.version)
    await refuse_locked(session, actor, document)
    goes = draft.folder_id is not None and draft.folder_id != document.folder_id
    target = await hold_folder(session, actor, draft.folder_id) if goes and draft.folder_id else None
    name = fitting(draft.name) if draft.name is not None else document.name
    if draft.name is not None:
        require(policy.may_write(held.level), WRITERS_ONLY)
    if target is not None:
        require(policy.may_take_away(held.level, held.above) and policy.may_write(target.level), WRITERS_ONLY)
        if target.space.id != held.space.id:
            require(policy.may_share(held.level), MANAGERS_ONLY)
    await refuse_taken(session, actor, target.folder.id if target else held.folder.id, name, but=document.id)
    if target is not None:
        await tell_document(session, actor, document, held.folder.guard_id, gone=True)
        await _move(session, quotas, held, target)
    is_renamed = name != document.name
    if is_renamed:
        document.name, document.sort_key = name, sort_key(name)
        document.group = group_of(document.media_type, name)
        await rename_files(session, document)
    touch(actor, document)
    await session.flush()
    if target is not None or is_renamed:
        await note(session, actor, "moved" if target else "renamed", document)
    await tell_document(session, actor, document, (target or held).folder.guard_id)
    return await whole(session, actor, document_id)


async def _move(session: AsyncSession, quotas: Quotas, held: HeldDocument, target: HeldFolder) -> None:
    document = held.document
    if document.guard_id is None and held.folder.guard_id != target.folder.guard_id:
        await scrub_told(session, held.folder.guard_id, document.id)
    document.folder_id = target.folder.id
    await session.flush()
    if target.space.id != held.space.id:
        await take_over(session, quotas, held.space, target.space, await size_of(session, document.id))
    if document.guard_id is not None:
        await stand_under(session, document.guard_id, target.folder.guard_id)


async def size_of(session: AsyncSession, document_id: UUID) -> int:
    """Bytes of all its versions; of a page, also of the pictures in it and of what it says."""
    query = select(func.coalesce(func.sum(DocumentVersion.size), 0)).where(DocumentVersion.document_id == document_id)
    shown = select(func.coalesce(func.sum(File.size), 0))
    shown = shown.where(File.claimed_kind == PAGE_PICTURE, File.claimed_id == document_id)
    said = select(func.coalesce(func.sum(KeptElsewhere.size), 0)).where(KeptElsewhere.id == document_id)
    return sum([int(await session.scalar(part) or 0) for part in (query, shown, said)])


async def _add_to(
    session: AsyncSession, actor: Actor, quotas: Quotas, document_id: UUID, file_id: UUID
) -> WholeDocument:
    held = await hold_document(session, actor, document_id)
    require(policy.may_write(held.level), WRITERS_ONLY)
    refuse_page(held.document)
    await refuse_locked(session, actor, held.document)
    made = await add_version(session, actor, quotas, held.space, held.document, file_id)
    await note(session, actor, "version_added", held.document, number=made.number)
    await tell_document(session, actor, held.document, held.folder.guard_id)
    return await whole(session, actor, document_id)
