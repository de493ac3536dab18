"""Versions of a document, and its lock, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.documents.queries import documents as documents_of
from parvis.documents.queries import versions as queries
from parvis.documents.queries.versions import SeenVersion
from parvis.documents.schemas.documents import DocumentOut
from parvis.documents.schemas.versions import DocumentVersionOut, LockDraft, VersionChange, VersionDraft
from parvis.documents.service import versions as service
from parvis.documents.service.problems import IsPage, Locked, SpaceFull, VersionKept
from parvis.files.serving import SERVED, RangeNotSatisfiable
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatchNeeded, Reader, Writer, documented

from .parts import KnownQuotas, let_out, whose

router = APIRouter(prefix="/documents/{document_id:uuid}", tags=["documents"])

CHANGING = [NotFound, Forbidden, PreconditionFailed, PreconditionRequired]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/versions", responses=documented([NotFound]))
async def list_document_versions(
    document_id: UUID, actor: SignedIn, read: Reader, page: PageQuery
) -> Page[DocumentVersionOut]:
    """The versions of a document that are kept, the last first."""
    found, following = await read(queries.page_of_versions, actor, document_id, page)
    return Page[DocumentVersionOut](items=[DocumentVersionOut.of(one, actor) for one in found], next=following)


@router.post(
    "/versions",
    status_code=201,
    responses=documented([*CHANGING, Locked, IsPage, SpaceFull]),
    dependencies=[limited("make_in_space", "3600/hour", network="144000/hour", who=whose)],
)
async def add_document_version(
    document_id: UUID,
    draft: VersionDraft,
    actor: SignedIn,
    quotas: KnownQuotas,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> DocumentVersionOut:
    """Make an upload of yours the current version."""
    return _out(await write(service.add, actor, quotas, document_id, draft, unchanged), actor, response)


@router.patch("/versions/{number}", responses=documented(CHANGING))
async def change_document_version(
    document_id: UUID,
    number: Number,
    draft: VersionChange,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> DocumentVersionOut:
    """Name a version, freeze it, or let it go again."""
    return _out(await write(service.change, actor, document_id, number, draft, unchanged), actor, response)


@router.put("/versions/{number}/current", responses=documented([*CHANGING, Locked, IsPage, SpaceFull]))
async def restore_document_version(
    document_id: UUID,
    number: Number,
    actor: SignedIn,
    quotas: KnownQuotas,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> DocumentVersionOut:
    """Make a new version with the bytes of an earlier one."""
    return _out(await write(service.restore, actor, quotas, document_id, number, unchanged), actor, response)


@router.delete("/versions/{number}", status_code=204, responses=documented([*CHANGING, Locked, VersionKept]))
async def delete_document_version(
    document_id: UUID, number: Number, actor: SignedIn, write: Writer, unchanged: IfMatchNeeded
) -> None:
    """Delete a version and its bytes: not the current one, nor one that is frozen."""
    await write(service.delete, actor, document_id, number, unchanged)


@router.get(
    "/versions/{number}/content",
    response_class=Response,
    responses={**SERVED, **documented([NotFound, RangeNotSatisfiable])},
)
async def download_document_version(
    document_id: UUID, number: Number, request: Request, actor: SignedIn, read: Reader
) -> Response:
    """Download a version, or a part of it (`Range`)."""
    file = await read(documents_of.content, actor, document_id, number)
    return await let_out(request, file)


@router.put("/lock", responses=documented([NotFound, Forbidden, Locked, IsPage]))
async def lock_document(document_id: UUID, draft: LockDraft, actor: SignedIn, write: Writer) -> DocumentOut:
    """Have nobody else change a document while you do, elsewhere, for some minutes. Again holds it from now."""
    return DocumentOut.of(await write(service.lock, actor, document_id, draft.minutes), actor)


@router.delete("/lock", responses=documented([NotFound, Forbidden]))
async def unlock_document(document_id: UUID, actor: SignedIn, write: Writer) -> DocumentOut:
    """Let others change it again. Who manages it may end another's hold."""
    return DocumentOut.of(await write(service.unlock, actor, document_id), actor)


def _out(found: SeenVersion, actor: Actor, response: Response) -> DocumentVersionOut:
    response.headers["etag"] = etag_of(found.of.document.version)
    return DocumentVersionOut.of(found, actor)
