"""Versions of documents: added, named, frozen, restored, deleted; and who holds a document meanwhile."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents import policy
from parvis.documents.models import DocumentVersion
from parvis.documents.policy import MANAGERS_ONLY, WRITERS_ONLY
from parvis.documents.queries.documents import WholeDocument, whole
from parvis.documents.queries.spaces import Quotas
from parvis.documents.queries.versions import SeenVersion, version
from parvis.documents.schemas.versions import VersionChange, VersionDraft
from parvis.files import service as files
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound, require

from .documents import Unchanged, add_version, keep_version, refuse_page, touch
from .holding import HeldDocument, hold_document, refuse_locked
from .keeping import duplicate
from .noting import note
from .problems import VersionKept
from .spaces import take_room
from .telling import tell_document


async def add(
    session: AsyncSession,
    actor: Actor,
    quotas: Quotas,
    document_id: UUID,
    draft: VersionDraft,
    unchanged: Unchanged,
) -> SeenVersion:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `Locked`, `IsPage` and `SpaceFull`."""
    held = await _hold(session, actor, document_id, unchanged)
    refuse_page(held.document)
    await refuse_locked(session, actor, held.document)
    made = await add_version(session, actor, quotas, held.space, held.document, draft.file_id, draft.label)
    await note(session, actor, "version_added", held.document, number=made.number)
    await tell_document(session, actor, held.document, held.folder.guard_id)
    return await version(session, actor, document_id, made.number)


async def change(
    session: AsyncSession,
    actor: Actor,
    document_id: UUID,
    number: int,
    draft: VersionChange,
    unchanged: Unchanged,
) -> SeenVersion:
    """Names a version, or has it kept whatever happens. Raises `NotFound`, `Forbidden` and `PreconditionFailed`."""
    held = await _hold(session, actor, document_id, unchanged)
    kept = await _version(session, document_id, number)
    if draft.label is not None:
        kept.label = draft.label
    if draft.frozen is not None:
        kept.is_frozen = draft.frozen
    await _changed(session, actor, held)
    return await version(session, actor, document_id, number)


async def restore(
    session: AsyncSession, actor: Actor, quotas: Quotas, document_id: UUID, number: int, unchanged: Unchanged
) -> SeenVersion:
    """Makes a new version with the bytes of an earlier one. Raises `NotFound`, `Forbidden`, `PreconditionFailed`,
    `Locked`, `IsPage` and `SpaceFull`."""
    held = await _hold(session, actor, document_id, unchanged)
    refuse_page(held.document)
    await refuse_locked(session, actor, held.document)
    earlier = await session.get_one(File, (await _version(session, document_id, number)).file_id)
    file = await duplicate(session, actor, quotas, held.space, held.document, earlier)
    made = await keep_version(session, actor, held.space, held.document, file, restored_from=number)
    await note(session, actor, "restored", held.document, number=made.number)
    await tell_document(session, actor, held.document, held.folder.guard_id)
    return await version(session, actor, document_id, made.number)


async def delete(session: AsyncSession, actor: Actor, document_id: UUID, number: int, unchanged: Unchanged) -> None:
    """Raises `NotFound`, `Forbidden`, `PreconditionFailed`, `Locked`, and `VersionKept` for the current one, and one
    that is frozen."""
    held = await _hold(session, actor, document_id, unchanged)
    await refuse_locked(session, actor, held.document)
    kept = await _version(session, document_id, number)
    if kept.is_frozen or number == held.document.number:
        raise VersionKept
    file_id, size = kept.file_id, kept.size
    await session.delete(kept)
    await session.flush()
    await files.remove(session, file_id)
    await take_room(session, held.space, -size)
    await _changed(session, actor, held)


async def lock(session: AsyncSession, actor: Actor, document_id: UUID, minutes: int) -> WholeDocument:
    """Holds a document for so long, or longer. Raises `NotFound`, `Forbidden` and `Locked`."""
    held = await hold_document(session, actor, document_id)
    require(policy.may_write(held.level), WRITERS_ONLY)
    refuse_page(held.document)
    await refuse_locked(session, actor, held.document)
    held.document.locked_by = actor.id
    held.document.locked_until = clock.now() + timedelta(minutes=minutes)
    await _tell_held(session, actor, held)
    return await whole(session, actor, document_id)


async def unlock(session: AsyncSession, actor: Actor, document_id: UUID) -> WholeDocument:
    """Holds it no longer; who manages it breaks another's lock. Again changes nothing. Raises `NotFound` and
    `Forbidden`."""
    held = await hold_document(session, actor, document_id)
    document = held.document
    require(policy.may_write(held.level), WRITERS_ONLY)
    if document.locked_until is None or document.locked_until <= clock.now():
        return await whole(session, actor, document_id)
    if document.locked_by != actor.id:
        require(policy.may_share(held.level), MANAGERS_ONLY)
        audit(session, actor.id, "document.lock_broken", "document", document_id)
    document.locked_by = document.locked_until = None
    await _tell_held(session, actor, held)
    return await whole(session, actor, document_id)


async def _hold(session: AsyncSession, actor: Actor, document_id: UUID, unchanged: Unchanged) -> HeldDocument:
    held = await hold_document(session, actor, document_id)
    unchanged(held.document.version)
    require(policy.may_write(held.level), WRITERS_ONLY)
    return held


async def _version(session: AsyncSession, document_id: UUID, number: int) -> DocumentVersion:
    found = await session.get(DocumentVersion, (document_id, number), populate_existing=True)
    if found is None:
        raise NotFound
    return found


async def _changed(session: AsyncSession, actor: Actor, held: HeldDocument) -> None:
    touch(actor, held.document)
    await session.flush()
    await tell_document(session, actor, held.document, held.folder.guard_id)


async def _tell_held(session: AsyncSession, actor: Actor, held: HeldDocument) -> None:
    """Its version stays: who holds a document has not changed what others read."""
    await session.flush()
    await tell_document(session, actor, held.document, held.folder.guard_id)
