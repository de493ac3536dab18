"""Rights over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn
from parvis.documents.queries import documents as documents_of
from parvis.documents.queries import folders as folders_of
from parvis.documents.queries import rights as queries
from parvis.documents.queries.rights import Rights
from parvis.documents.schemas.rights import DocumentReadersOut, RightsDraft, RightsOut
from parvis.documents.service import rights as service
from parvis.documents.service.problems import TooMany
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.pagination import PageQuery
from parvis.kernel.web import IfMatchNeeded, Reader, Writer, documented

router = APIRouter(tags=["documents"])

CHANGING = [NotFound, Forbidden, PreconditionFailed, PreconditionRequired, TooMany]
FOLDER, DOCUMENT = "/folders/{folder_id:uuid}", "/documents/{document_id:uuid}"


@router.get(f"{FOLDER}/rights", responses=documented([NotFound, Forbidden]))
async def get_folder_rights(folder_id: UUID, actor: SignedIn, read: Reader, response: Response) -> RightsOut:
    """Who has which rights on a folder, its own and those from above. For those who manage it."""
    return _out(await read(queries.folder_rights, actor, folder_id), response)


@router.put(f"{FOLDER}/rights", responses=documented(CHANGING))
async def set_folder_rights(
    folder_id: UUID, draft: RightsDraft, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded, response: Response
) -> RightsOut:
    """Put these rights in the place of a folder's own. They count at once for all that is in it."""
    return _out(await write(service.set_folder_rights, actor, folder_id, draft, unchanged), response)


@router.get(f"{FOLDER}/readers", responses=documented([NotFound]))
async def list_folder_readers(folder_id: UUID, actor: SignedIn, read: Reader, page: PageQuery) -> DocumentReadersOut:
    """Who can see a folder, in names and numbers, as far as you may know."""
    found = await read(folders_of.folder, actor, folder_id)
    return DocumentReadersOut.of(*await read(queries.readers, actor, found.folder.guard_id, page))


@router.get(f"{DOCUMENT}/rights", responses=documented([NotFound, Forbidden]))
async def get_document_rights(document_id: UUID, actor: SignedIn, read: Reader, response: Response) -> RightsOut:
    """The same of a document."""
    return _out(await read(queries.document_rights, actor, document_id), response)


@router.put(f"{DOCUMENT}/rights", responses=documented(CHANGING))
async def set_document_rights(
    document_id: UUID, draft: RightsDraft, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded, response: Response
) -> RightsOut:
    """Put these rights in the place of a document's own."""
    return _out(await write(service.set_document_rights, actor, document_id, draft, unchanged), response)


@router.get(f"{DOCUMENT}/readers", responses=documented([NotFound]))
async def list_document_readers(
    document_id: UUID, actor: SignedIn, read: Reader, page: PageQuery
) -> DocumentReadersOut:
    """Who can see a document."""
    found = await read(documents_of.document, actor, document_id)
    return DocumentReadersOut.of(*await read(queries.readers, actor, found.guard_id, page))


def _out(found: Rights, response: Response) -> RightsOut:
    response.headers["etag"] = etag_of(found.version)
    return RightsOut.of(found)
