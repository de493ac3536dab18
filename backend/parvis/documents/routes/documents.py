"""Documents over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.documents.queries import documents as queries
from parvis.documents.queries.documents import WholeDocument
from parvis.documents.schemas.documents import DocumentChange, DocumentCopyDraft, DocumentOut
from parvis.documents.service import copying
from parvis.documents.service import documents as service
from parvis.documents.service.problems import Locked, NameTaken, SpaceFull
from parvis.files.serving import SERVED, RangeNotSatisfiable
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.web import IfMatchNeeded, Reader, Writer, documented

from .parts import KnownQuotas, let_out, whose

router = APIRouter(prefix="/documents/{document_id:uuid}", tags=["documents"])

CHANGING = [NotFound, Forbidden, PreconditionFailed, PreconditionRequired]


@router.get("", responses=documented([NotFound]))
async def get_document(document_id: UUID, actor: SignedIn, read: Reader, response: Response) -> DocumentOut:
    """A document, as you see it."""
    return _out(await read(queries.whole, actor, document_id), actor, response)


@router.get("/content", response_class=Response, responses={**SERVED, **documented([NotFound, RangeNotSatisfiable])})
async def download_document(document_id: UUID, request: Request, actor: SignedIn, read: Reader) -> Response:
    """Download the current version, or a part of it (`Range`). Rights are judged anew each time."""
    file = await read(queries.content, actor, document_id)
    return await let_out(request, file)


@router.post(
    "/copies",
    status_code=201,
    responses=documented([NotFound, Forbidden, SpaceFull, IdempotencyKeyReused]),
    dependencies=[limited("make_in_space", "3600/hour", network="144000/hour", who=whose)],
)
async def copy_document(
    document_id: UUID, draft: DocumentCopyDraft, actor: SignedIn, quotas: KnownQuotas, once: Once
) -> DocumentOut:
    """Copy the current version of a document, as one of its own."""
    verb = copying.copy_document
    return await once(lambda found: DocumentOut.of(found, actor), verb, actor, quotas, document_id, draft)


@router.patch("", responses=documented([*CHANGING, NameTaken, Locked, SpaceFull]))
async def change_document(
    document_id: UUID,
    draft: DocumentChange,
    actor: SignedIn,
    quotas: KnownQuotas,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> DocumentOut:
    """Rename a document, or move it."""
    return _out(await write(service.change, actor, quotas, document_id, draft, unchanged), actor, response)


def _out(found: WholeDocument, actor: Actor, response: Response) -> DocumentOut:
    response.headers["etag"] = etag_of(found.seen.document.version)
    return DocumentOut.of(found, actor)
