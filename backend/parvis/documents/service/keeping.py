"""Files of documents: claimed for a version, counted for the space that they stand in."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents import policy
from parvis.documents.models import Document, DocumentVersion, Folder
from parvis.documents.policy import WRITERS_ONLY
from parvis.documents.queries.documents import KIND
from parvis.documents.queries.folders import folder
from parvis.documents.queries.spaces import Quotas
from parvis.files import service as files
from parvis.files.destinations import Account, Answer
from parvis.files.models import File
from parvis.files.service import QuotaExceeded
from parvis.kernel.errors import require

from .problems import SpaceFull
from .spaces import take_room


def account_of(space: Folder, quotas: Quotas) -> Account:
    """For whom files in this space count."""
    if space.community_id is not None:
        return Account(space.community_id, quotas.community)
    assert space.member_id is not None
    return Account(space.member_id, quotas.member)


async def claim(
    session: AsyncSession, actor: Actor, quotas: Quotas, space: Folder, file_id: UUID, document: Document
) -> File:
    """Puts an upload to use as a version. Raises `NotFound` for one that is not the actor's, or in use; `SpaceFull`."""
    try:
        file = await files.claim(session, actor, file_id, KIND, document.id, account_of(space, quotas))
    except QuotaExceeded:
        raise SpaceFull from None
    await files.rename(session, file.id, document.name)
    return file


async def duplicate(
    session: AsyncSession, actor: Actor, quotas: Quotas, space: Folder, document: Document, file: File
) -> File:
    """The same bytes again for a document, of a file that the actor may read. Raises `SpaceFull`."""
    account = account_of(space, quotas)
    try:
        return await files.duplicate(session, file, actor, account, KIND, document.id, document.name)
    except QuotaExceeded:
        raise SpaceFull from None


async def take_over(session: AsyncSession, quotas: Quotas, before: Folder, after: Folder, size: int) -> None:
    """So many bytes stand in another space from now on. Raises `SpaceFull`."""
    try:
        await files.make_room(session, account_of(after, quotas), size)
    except QuotaExceeded:
        raise SpaceFull from None
    await take_room(session, before, -size)
    await take_room(session, after, size)


async def rename_files(session: AsyncSession, document: Document) -> None:
    """All versions are downloaded under the document's name."""
    versions = select(DocumentVersion.file_id).where(DocumentVersion.document_id == document.id)
    for file_id in list(await session.scalars(versions)):
        await files.rename(session, file_id, document.name)


def destination(quotas: Quotas) -> Answer:
    """For whom counts what is sent to a folder: told before it is put there, so that what has no room is not sent."""

    async def answer(session: AsyncSession, actor: Actor, folder_id: UUID) -> Account:
        found = await folder(session, actor, folder_id)
        require(policy.may_write(found.behind.level), WRITERS_ONLY)
        space = await session.execute(select(Folder).where(Folder.id == found.folder.space_id))
        return account_of(space.scalar_one(), quotas)

    return answer
