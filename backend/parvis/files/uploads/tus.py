"""The words of tus 1.0 (tus.io/protocols/resumable-upload): what its headers say, both ways."""

import re
from base64 import b64decode, b64encode
from binascii import Error as MalformedBase64
from collections.abc import Callable, Coroutine
from datetime import datetime
from email.utils import format_datetime
from hashlib import new as new_hash
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from parvis.files.destinations import Destination
from parvis.files.names import harmless
from parvis.kernel.errors import ParvisError, TooLarge, UnsupportedMedia

from .failures import MalformedUpload, UnknownTusVersion
from .models import Upload
from .receiving import Checksum
from .service import UploadDraft

VERSION = "1.0.0"
SPOKEN = {"tus-resumable": VERSION}
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
ALGORITHMS = ("sha256", "sha1")
"""Of checksums; the protocol wants the second."""
STRETCH = "application/offset+octet-stream"
NUMBER = re.compile(r"[0-9]{1,18}")


class TusRoute(APIRoute):
    """Says the protocol's version on every answer, and wants it said (section "Tus-Resumable")."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                if request.method not in {"GET", "OPTIONS"} and request.headers.get("tus-resumable") != VERSION:
                    raise UnknownTusVersion(headers={"tus-version": VERSION})
                response = await handle(request)
            except ParvisError as error:
                error.headers.update(SPOKEN)
                raise
            response.headers.update(SPOKEN)
            return response

        return handled


def abilities(most_bytes: int) -> dict[str, str]:
    """What this server can, for `OPTIONS`."""
    return {
        "tus-version": VERSION,
        "tus-extension": EXTENSIONS,
        "tus-max-size": str(most_bytes),
        "tus-checksum-algorithm": ",".join(ALGORITHMS),
    }


def state_of(upload: Upload) -> dict[str, str]:
    """How far an upload is, and until when it may be taken up again."""
    said = {"upload-offset": str(upload.offset), "upload-length": str(upload.size)}
    metadata = {"filename": upload.name, "destination": upload.destination}
    words = [f"{key} {b64encode(word.encode()).decode()}" for key, word in metadata.items() if word]
    return {**said, "upload-metadata": ",".join(words), **expiry_of(upload)}


def expiry_of(upload: Upload) -> dict[str, str]:
    return {"upload-expires": _http_date(upload.expires_at)}


def draft_of(request: Request, most_bytes: int) -> UploadDraft:
    """Raises `MalformedUpload`, `BadRequest` and `TooLarge`."""
    size = number_in(request, "upload-length")
    if size > most_bytes:
        raise TooLarge
    metadata = _metadata(request.headers.get("upload-metadata", ""))
    return UploadDraft(harmless(metadata.get("filename", "")), size, Destination.said(metadata.get("destination")))


def number_in(request: Request, header: str) -> int:
    """Raises `MalformedUpload`."""
    said = request.headers.get(header, "")
    if not NUMBER.fullmatch(said):
        raise MalformedUpload
    return int(said)


def announced(request: Request) -> int:
    """How many bytes the body brings at least, as far as it says."""
    said = request.headers.get("content-length", "0")
    return int(said) if NUMBER.fullmatch(said) else 0


def checksum_of(request: Request) -> Checksum | None:
    """Raises `MalformedUpload`, also for an algorithm that is not known."""
    said = request.headers.get("upload-checksum")
    if said is None:
        return None
    algorithm, _, encoded = said.partition(" ")
    try:
        digest = b64decode(encoded, validate=True)
    except MalformedBase64:
        raise MalformedUpload from None
    if algorithm not in ALGORITHMS or len(digest) != new_hash(algorithm).digest_size:
        raise MalformedUpload
    return Checksum(algorithm, digest)


def refuse_other_media(request: Request) -> None:
    """Raises `UnsupportedMedia`."""
    if request.headers.get("content-type") != STRETCH:
        raise UnsupportedMedia


def _metadata(said: str) -> dict[str, str]:
    """Key -> word of `Upload-Metadata`, each word in Base64."""
    pairs = (pair.strip().partition(" ") for pair in said.split(",") if pair.strip())
    try:
        return {key: b64decode(encoded, validate=True).decode() for key, _, encoded in pairs}
    except (MalformedBase64, UnicodeDecodeError):
        raise MalformedUpload from None


def _http_date(at: datetime) -> str:
    return format_datetime(at, usegmt=True)
