"""Uploading and downloading."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request, Response

from parvis.accounts.auth import SignedIn, Visiting
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
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.runtime import Running
from parvis.kernel.storage import DigestMismatch
from parvis.kernel.web import Reading, Writer, documented

from . import photos, queries, service
from .bodies import COUNTED_WHILE_STREAMED, pieces_of, uploader, uploading
from .destinations import Destination, Destinations
from .names import name_in
from .pictures import UnreadablePicture
from .readers import Quarantined, Readers
from .receiving import announced_digest, receive
from .schemas import FileOut, PictureOut
from .service import InUse, QuotaExceeded
from .serving import SERVED, RangeNotSatisfiable, serve

router = APIRouter(prefix="/files", tags=["files"])

RAW: dict[str, Any] = {
    "requestBody": {
        "description": "The file's bytes, as they are.",
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
NOT_RAW = {
    "fr": "Envoyez les octets du fichier tels quels, sans formulaire.",
    "en": "Send the file's bytes as they are, without a form.",
}


@router.post(
    "",
    status_code=201,
    max_body_size=COUNTED_WHILE_STREAMED,
    openapi_extra=RAW,
    responses=documented(
        [
            BadRequest,
            Forbidden,
            NotFound,
            TooLarge,
            UnsupportedMedia,
            DigestMismatch,
            IdempotencyKeyReused,
            TooManyRequests,
            QuotaExceeded,
            InsufficientStorage,
            Unavailable,
        ]
    ),
    dependencies=[uploading],
)
async def upload_file(
    request: Request,
    actor: SignedIn,
    once: Once,
    parvis: Running,
    destination: Annotated[
        str | None, Query(max_length=100, description="Where it is meant to go, and so for whom it counts: `folder:…`.")
    ] = None,
    content_disposition: Annotated[
        str | None,
        Header(
            max_length=2048, description="Its name: `attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf` (RFC 6266)."
        ),
    ] = None,
    repr_digest: Annotated[
        str | None, Header(max_length=1024, description="To be verified: `sha-256=:…:` (RFC 9530).")
    ] = None,
) -> FileOut:
    """Upload a file: its bytes are the body. Nobody but its owner may read it until something claims it; unclaimed, it
    is forgotten after 24 hours. It counts for you, or for whom its destination says."""
    settings, destinations = parvis.settings, parvis.part(Destinations)
    _refuse_forms(request)
    place, digest = Destination.said(destination), announced_digest(repr_digest)
    async with parvis.database.reading() as session:  # Given back before the bytes come, which may take minutes.
        account = await destinations.account(session, actor, place)
        room = account.quota - await queries.bytes_of(session, account.id)
    _refuse_announced(request, settings.upload_limit, room)
    received = await receive(
        parvis.storage,
        pieces_of(request),
        name=name_in(content_disposition),
        limit=settings.upload_limit,
        room=room,
        digest=digest,
    )
    said = f"{received.sha256}\n{received.name}".encode()
    return await once.saying(said)(FileOut.of, service.keep_for, actor, received, destinations, place)


@router.get(
    "/{file_id:uuid}",
    response_class=Response,
    responses={**SERVED, **documented([NotFound, Quarantined, RangeNotSatisfiable])},
)
async def download_file(
    file_id: UUID,
    request: Request,
    actor: Visiting,
    session: Reading,
    parvis: Running,
) -> Response:
    """Download a file, or a part of it (`Range`). Rights are judged anew each time."""
    file = await queries.readable_file(session, parvis.part(Readers), actor, file_id)
    return await serve(request, parvis.storage, file)


@router.head("/{file_id:uuid}", include_in_schema=False)
async def look_at_file(file_id: UUID, request: Request, actor: Visiting, session: Reading, parvis: Running) -> Response:
    """What a download would say of itself."""
    file = await queries.readable_file(session, parvis.part(Readers), actor, file_id)
    return await serve(request, parvis.storage, file)


@router.put(
    "/{file_id:uuid}/picture",
    responses=documented([NotFound, InUse, UnsupportedMedia, TooLarge, UnreadablePicture, QuotaExceeded]),
    dependencies=[limited("picture", "60/minute", network="600/minute", who=uploader)],
)
async def make_picture(file_id: UUID, actor: SignedIn, parvis: Running) -> PictureOut:
    """Put a picture in the place of an upload of yours (PNG, JPEG or WebP): upright, in two sizes, without what the
    camera wrote beside it. Nobody else may read it until something claims it. Again changes nothing."""
    return PictureOut.of(await photos.make_picture(parvis, actor, file_id))


@router.delete("/{file_id:uuid}", status_code=204, responses=documented([NotFound, InUse]))
async def delete_file(file_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete a file of yours that nothing uses yet."""
    await write(service.discard, actor, file_id)


def _refuse_forms(request: Request) -> None:
    if request.headers.get("content-type", "").startswith(("multipart/", "application/x-www-form-urlencoded")):
        raise UnsupportedMedia(NOT_RAW)


def _refuse_announced(request: Request, limit: int, room: int) -> None:
    """What is announced as too large is refused before it is sent."""
    announced = request.headers.get("content-length", "0")
    size = int(announced) if announced.isdecimal() else 0
    if size > limit:
        raise TooLarge
    if size > room:
        raise QuotaExceeded
