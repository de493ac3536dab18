"""What becomes of documents after they were put in: they are found by their names, and by the words inside."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.engagement.mentions import words_of
from parvis.engagement.models import COMMENT, Comment
from parvis.files.events import FileLookedInto
from parvis.files.looking import queries as looks
from parvis.kernel import entries
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .events import DocumentChanged
from .models import Document, DocumentVersion, Folder
from .queries.documents import ENTRY, KIND
from .service.telling import tell_document
from .written import PAGES

PAGE = "page"
"""The part of entries of pages, and of what is said of them."""


async def react(session: AsyncSession, fact: Fact) -> None:
    """Makes a document found as it is now, and tells of what was looked into."""
    if fact.type == FileLookedInto.type:
        if fact.data["claimed_kind"] == KIND:
            await _looked_into(session, UUID(fact.data["file_id"]))
    elif "scrubbed" in fact.data:
        return
    else:
        await index_documents(session, [UUID(fact.data["id"])])


async def index_documents(session: AsyncSession, ids: Sequence[UUID], *, again: bool = False) -> None:
    """Makes all these that are kept found, at most 500."""
    current = and_(DocumentVersion.document_id == Document.id, DocumentVersion.number == Document.number)
    query = select(Document, DocumentVersion.file_id, Folder.space_id).where(Document.id.in_(ids))
    query = query.join(DocumentVersion, current).join(Folder, Folder.id == Document.folder_id)
    said = await PAGES.keeper.texts(session, ids)
    drafts = [
        entries.Draft(
            document.id,
            document.name,
            said.get(document.id, "") if document.kind == PAGE else await looks.text_of(session, file_id),
            "fr",
            part=PAGE if document.kind == PAGE else "",
            place_id=space_id,
            forgiven=True,
            author_id=document.changed_by,
            at=document.changed_at,
        )
        for document, file_id, space_id in (await session.execute(query)).all()
    ]
    await entries.put(session, ENTRY, ids, drafts, again=again)


async def index_page_comments(session: AsyncSession, ids: Sequence[UUID], *, again: bool = False) -> None:
    """Makes these comments of pages found, those that stand, at most 500. In which place they are is asked of the
    page."""
    query = select(Comment).where(Comment.id.in_(ids), Comment.deleted_at.is_(None))
    drafts = [
        entries.Draft(
            said.id,
            "",
            words_of(said.body),
            "fr",
            part=PAGE,
            author_id=said.author_id,
            at=said.created_at,
        )
        for said in await session.scalars(query)
    ]
    await entries.put(session, COMMENT, ids, drafts, again=again)


async def _looked_into(session: AsyncSession, file_id: UUID) -> None:
    query = select(Document, Folder.guard_id).join(Folder, Folder.id == Document.folder_id)
    query = query.join(DocumentVersion, DocumentVersion.document_id == Document.id)
    is_current = and_(DocumentVersion.file_id == file_id, DocumentVersion.number == Document.number)
    found = (await session.execute(query.where(is_current))).one_or_none()
    if found is None:
        return
    document, guard_id = found
    await index_documents(session, [document.id])
    if document.trashed_at is None:
        await tell_document(session, None, document, guard_id)


listener = Listener.to("documents", [DocumentChanged, FileLookedInto], react)
