"""The trash over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from parvis.accounts.auth import SignedIn
from parvis.documents.queries import trash as queries
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.schemas.folders import FolderOut
from parvis.documents.schemas.trash import TrashedOut
from parvis.documents.service import trash as service
from parvis.documents.service.problems import Locked, NotAlone
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatchNeeded, Reader, Writer, documented, running

router = APIRouter(tags=["documents"])

THROWING = [NotFound, Forbidden, PreconditionFailed, PreconditionRequired]
Space = Annotated[UUID | None, Query(description="Of this space alone.")]


@router.get("/documents/trash")
async def list_trash(
    request: Request, actor: SignedIn, read: Reader, page: PageQuery, space_id: Space = None
) -> Page[TrashedOut]:
    """What is in the trash where you write, the last thrown first."""
    found, following = await read(queries.page_of_trash, actor, space_id, page)
    days = running(request).settings.trash_days
    return Page[TrashedOut](items=[TrashedOut.of(one, days, actor) for one in found], next=following)


@router.delete("/folders/{folder_id:uuid}", status_code=204, responses=documented([*THROWING, NotAlone]))
async def trash_folder(folder_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded) -> None:
    """Put a folder in the trash, with all that is in it."""
    await write(service.trash_folder, actor, folder_id, unchanged)


@router.delete("/documents/{document_id:uuid}", status_code=204, responses=documented([*THROWING, Locked]))
async def trash_document(document_id: UUID, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded) -> None:
    """Put a document in the trash."""
    await write(service.trash_document, actor, document_id, unchanged)


@router.post("/folders/{folder_id:uuid}/recovery", responses=documented([NotFound, Forbidden]))
async def recover_folder(folder_id: UUID, actor: SignedIn, write: Writer) -> FolderOut:
    """Take a folder out of the trash, back to where it was, or into the space itself when that is gone."""
    return FolderOut.of(await write(service.recover_folder, actor, folder_id), actor)


@router.post("/documents/{document_id:uuid}/recovery", responses=documented([NotFound, Forbidden]))
async def recover_document(document_id: UUID, actor: SignedIn, write: Writer) -> DocumentOut:
    """The same of a document."""
    return DocumentOut.of(await write(service.recover_document, actor, document_id), actor)


@router.delete(
    "/documents/trash/folders/{folder_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden])
)
async def delete_trashed_folder(folder_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete a folder of the trash for good, with all that is in it. For those who manage it."""
    await write(service.delete_folder, actor, folder_id)


@router.delete(
    "/documents/trash/documents/{document_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden])
)
async def delete_trashed_document(document_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete a document of the trash for good. For those who manage it."""
    await write(service.delete_document, actor, document_id)
