"""Uploads that may be taken up again, as tus 1.0 has them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from parvis.accounts.auth import SignedIn
from parvis.files.bodies import COUNTED_WHILE_STREAMED, pieces_of, uploading
from parvis.files.destinations import Destinations
from parvis.files.service import QuotaExceeded
from parvis.kernel.errors import (
    BadRequest,
    Forbidden,
    InsufficientStorage,
    NotFound,
    TooLarge,
    TooManyRequests,
    Unavailable,
    UnsupportedMedia,
)
from parvis.kernel.runtime import Running
from parvis.kernel.web import API, Reading, Writer, documented

from . import queries, service, tus
from .failures import ChecksumMismatch, MalformedUpload, TakenOver, UnknownTusVersion, UploadExpired, WrongOffset
from .receiving import Stretch, take_up
from .schemas import UploadOut
from .tus import TusRoute

router = APIRouter(prefix="/uploads", tags=["files"], route_class=TusRoute)

Said = Annotated[str | None, Header(max_length=4096)]
STRETCH: dict[str, Any] = {
    "requestBody": {
        "description": "Bytes of the file, from the offset on.",
        "content": {tus.STRETCH: {"schema": {"type": "string", "format": "binary"}}},
    }
}
ARRIVING = [TooLarge, UnsupportedMedia, ChecksumMismatch, InsufficientStorage, Unavailable, TakenOver]


@router.options("", include_in_schema=False, status_code=204)
async def describe_uploads(parvis: Running) -> Response:
    """What of the protocol is spoken."""
    return Response(status_code=204, headers=tus.abilities(parvis.settings.upload_limit))


@router.post(
    "",
    status_code=201,
    response_class=Response,
    max_body_size=COUNTED_WHILE_STREAMED,
    openapi_extra=STRETCH,
    responses=documented(
        [
            *(BadRequest, MalformedUpload, Forbidden, NotFound, UnknownTusVersion, TooManyRequests, QuotaExceeded),
            *ARRIVING,
        ]
    ),
    dependencies=[uploading],
)
async def begin_upload(
    request: Request,
    actor: SignedIn,
    parvis: Running,
    tus_resumable: Said = None,
    upload_length: Annotated[str | None, Header(max_length=20, description="Bytes of the whole file.")] = None,
    upload_metadata: Annotated[
        str | None, Header(max_length=4096, description="`filename …,destination …`, each word in Base64.")
    ] = None,
    upload_checksum: Said = None,
) -> Response:
    """Begin an upload that may be taken up again (tus 1.0): its room is taken from now on. The body, if there is one,
    is its beginning. `Location` says where to go on."""
    checksum = tus.checksum_of(request)
    has_body = "content-type" in request.headers
    if has_body:
        tus.refuse_other_media(request)
    draft = tus.draft_of(request, parvis.settings.upload_limit)
    upload = await parvis.database.write(service.begin, actor, draft, parvis.part(Destinations))
    headers = {"location": f"{API}/uploads/{upload.id}"}
    if has_body or upload.is_whole:
        stretch = Stretch(0, tus.announced(request), pieces_of(request), checksum)
        upload = await take_up(parvis, actor, upload.id, stretch)
        headers["upload-offset"] = str(upload.offset)
    return Response(status_code=201, headers={**headers, **tus.expiry_of(upload)})


@router.head("/{upload_id:uuid}", include_in_schema=False)
async def ask_offset(upload_id: UUID, actor: SignedIn, session: Reading) -> Response:
    """How far it is."""
    upload = await queries.own_upload(session, actor, upload_id)
    return Response(headers={"cache-control": "no-store", **tus.state_of(upload)})


@router.get("/{upload_id:uuid}", responses=documented([NotFound, UploadExpired]))
async def get_upload(upload_id: UUID, actor: SignedIn, session: Reading, response: Response) -> UploadOut:
    """How far an upload of yours is, and the file that was made of it. `HEAD` says the first in the protocol's
    headers."""
    upload = await queries.own_upload(session, actor, upload_id)
    response.headers.update({"cache-control": "no-store", **tus.state_of(upload)})
    return UploadOut.of(upload, await queries.made_of(session, upload))


@router.patch(
    "/{upload_id:uuid}",
    status_code=204,
    response_class=Response,
    max_body_size=COUNTED_WHILE_STREAMED,
    openapi_extra=STRETCH,
    responses=documented(
        [BadRequest, MalformedUpload, Forbidden, NotFound, UploadExpired, WrongOffset, UnknownTusVersion, *ARRIVING]
    ),
)
async def continue_upload(
    upload_id: UUID,
    request: Request,
    actor: SignedIn,
    parvis: Running,
    tus_resumable: Said = None,
    upload_offset: Annotated[str | None, Header(max_length=20, description="From which byte on.")] = None,
    upload_checksum: Annotated[
        str | None, Header(max_length=200, description="Of this request’s bytes: `sha256 …`, in Base64.")
    ] = None,
) -> Response:
    """Go on with an upload from where it is safe. When two requests do at the same time, the later has the turn and
    the other is refused. After the last byte it becomes a file, hashed by the server."""
    tus.refuse_other_media(request)
    offset, checksum = tus.number_in(request, "upload-offset"), tus.checksum_of(request)
    stretch = Stretch(offset, tus.announced(request), pieces_of(request), checksum)
    upload = await take_up(parvis, actor, upload_id, stretch)
    return Response(status_code=204, headers={"upload-offset": str(upload.offset), **tus.expiry_of(upload)})


@router.delete("/{upload_id:uuid}", status_code=204, responses=documented([NotFound, UploadExpired, UnknownTusVersion]))
async def give_up_upload(
    upload_id: UUID, actor: SignedIn, write: Writer, parvis: Running, tus_resumable: Said = None
) -> None:
    """Give up an upload: its room is given back, what came of it is deleted. A file that was made of it stays."""
    await write(service.give_up, actor, upload_id)
    await parvis.storage.parts.forget(upload_id.hex)
