"""Folders over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.documents.archive import Root
from parvis.documents.models import Group
from parvis.documents.queries import documents as documents_in
from parvis.documents.queries import folders as queries
from parvis.documents.queries.archive import Chosen
from parvis.documents.queries.documents import DocumentSort, WantedDocuments
from parvis.documents.queries.folders import FolderSort, WholeFolder
from parvis.documents.schemas.documents import DocumentCardOut, DocumentDraft, DocumentOut
from parvis.documents.schemas.folders import FolderCardOut, FolderChange, FolderCopyDraft, FolderDraft, FolderOut
from parvis.documents.service import copying, documents, folders
from parvis.documents.service.problems import (
    IntoItself,
    IsPage,
    Locked,
    NameTaken,
    NotAlone,
    SpaceFull,
    TooDeep,
    TooMany,
)
from parvis.files.zipping import ZIPPED
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed, PreconditionRequired
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.runtime import Running
from parvis.kernel.schemas import Line
from parvis.kernel.web import IfMatchNeeded, Reader, Writer, documented

from .parts import KnownQuotas, eyes_of, sent, whose

router = APIRouter(prefix="/folders/{folder_id:uuid}", tags=["documents"])

CHANGING = [NotFound, Forbidden, PreconditionFailed, PreconditionRequired]
MAKING = limited("make_in_space", "3600/hour", network="144000/hour", who=whose)
Groups = Annotated[list[Group], Query(max_length=11, description="Of these kinds alone.")]
Some = Annotated[list[UUID], Query(max_length=100, description="Only these of what stands right in it.")]
By = Annotated[UUID | None, Query(description="Last changed by this member.")]
Words = Annotated[Line, Query(max_length=200, description="Words of the name: then also in all folders below.")]


@router.get("", responses=documented([NotFound]))
async def get_folder(folder_id: UUID, actor: SignedIn, read: Reader, response: Response) -> FolderOut:
    """A folder or a space, as you see it."""
    return _out(await read(queries.whole, actor, folder_id), actor, response)


@router.get("/folders", responses=documented([NotFound]))
async def list_folders(
    folder_id: UUID, actor: SignedIn, read: Reader, page: PageQuery, sort: FolderSort = "name"
) -> Page[FolderCardOut]:
    """The folders in a folder that you may read."""
    found, following = await read(queries.page_of_folders, actor, folder_id, sort, page)
    return Page[FolderCardOut](items=[FolderCardOut.card(one, actor) for one in found], next=following)


@router.get("/documents", responses=documented([NotFound]))
async def list_documents(
    folder_id: UUID,
    actor: SignedIn,
    read: Reader,
    page: PageQuery,
    sort: DocumentSort = "name",
    kind: Groups = [],  # noqa: B006 — the framework makes a new one of it
    by: By = None,
    q: Words = "",
) -> Page[DocumentCardOut]:
    """The documents in a folder that you may read."""
    wanted = WantedDocuments(q, tuple(kind), by)
    found, following = await read(documents_in.page_of_documents, actor, folder_id, wanted, sort, page)
    return Page[DocumentCardOut](items=[DocumentCardOut.card(one, actor) for one in found], next=following)


@router.get(
    "/archive",
    response_class=Response,
    responses={200: ZIPPED, **documented([NotFound])},
    dependencies=[limited("archive", "240/hour", network="4800/hour", who=whose)],
)
async def download_folder(
    folder_id: UUID,
    actor: SignedIn,
    read: Reader,
    parvis: Running,
    folder: Some = [],  # noqa: B006 — the framework makes a new one of it
    document: Some = [],  # noqa: B006
) -> Response:
    """Download a folder as a zip, or what is chosen of it. What you may not read is not in it; it breaks off when you
    lose the folder."""
    found = await read(queries.folder, actor, folder_id)
    return sent(parvis, Root(folder_id, found.name, Chosen(folder, document)), eyes_of(parvis, actor))


@router.post(
    "/folders",
    status_code=201,
    responses=documented([NotFound, Forbidden, NameTaken, TooDeep, TooMany, IdempotencyKeyReused]),
    dependencies=[MAKING],
)
async def make_folder(folder_id: UUID, draft: FolderDraft, actor: SignedIn, once: Once) -> FolderOut:
    """Make a folder in another, or in a space."""
    return await once(lambda found: FolderOut.of(found, actor), folders.make, actor, folder_id, draft)


@router.post(
    "/documents",
    status_code=201,
    responses=documented([NotFound, Forbidden, NameTaken, Locked, IsPage, SpaceFull, IdempotencyKeyReused]),
    dependencies=[MAKING],
)
async def add_document(
    folder_id: UUID, draft: DocumentDraft, actor: SignedIn, quotas: KnownQuotas, once: Once
) -> DocumentOut:
    """Put an upload of yours in a folder, as a document or as a new version of one."""
    verb = documents.add
    return await once(lambda found: DocumentOut.of(found, actor), verb, actor, quotas, folder_id, draft)


@router.post(
    "/copies",
    status_code=201,
    responses=documented([NotFound, Forbidden, IntoItself, TooDeep, TooMany, SpaceFull, IdempotencyKeyReused]),
    dependencies=[MAKING],
)
async def copy_folder(
    folder_id: UUID, draft: FolderCopyDraft, actor: SignedIn, quotas: KnownQuotas, once: Once
) -> FolderOut:
    """Copy a folder with all in it that you read. Beyond a hundred documents the rest follows by itself."""
    verb = copying.copy_folder
    return await once(lambda found: FolderOut.of(found, actor), verb, actor, quotas, folder_id, draft)


@router.patch("", responses=documented([*CHANGING, NameTaken, IntoItself, TooDeep, TooMany, NotAlone, SpaceFull]))
async def change_folder(
    folder_id: UUID,
    draft: FolderChange,
    actor: SignedIn,
    quotas: KnownQuotas,
    write: Writer,
    unchanged: IfMatchNeeded,
    response: Response,
) -> FolderOut:
    """Rename a folder, or move it, with all that is in it."""
    found = await write(folders.change, actor, quotas, folder_id, draft, unchanged)
    return _out(found, actor, response)


def _out(found: WholeFolder, actor: Actor, response: Response) -> FolderOut:
    response.headers["etag"] = etag_of(found.seen.folder.version)
    return FolderOut.of(found, actor)
