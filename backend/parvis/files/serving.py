"""A file on its way out: conditional, by range, and inert in a browser (RFC 9110 sections 13 and 14)."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from parvis.kernel.errors import ParvisError
from parvis.kernel.etag import not_modified
from parvis.kernel.storage import Storage

from .models import File
from .names import disposition, harmless
from .sniffing import UNKNOWN

SHOWN = {"image/png", "image/jpeg", "image/webp", "image/gif"}
"""Raster pictures, which a browser may show."""
PLAYED = {"audio/mpeg", "audio/flac", "audio/wav", "application/ogg", "video/mp4", "video/webm"}
"""Sound and films, which it may play, by ranges; anything else is downloaded."""
ACTIVE = {"text/html", "image/svg+xml", "application/xml"}
"""What a browser would run, were it not told otherwise in three ways already."""
INERT = "default-src 'none'; frame-ancestors 'none'; sandbox"
BYTES = re.compile(r"bytes=(?:(?P<first>[0-9]{1,18})-(?P<last>[0-9]{1,18})?|-(?P<suffix>[0-9]{1,18}))")
SERVED: dict[int | str, dict[str, Any]] = {
    status: {"description": description, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    for status, description in ((200, "The file."), (206, "The part asked for."))
}
SERVED[302] = {"description": "Where the store has it, for some seconds: if the administrator chose so."}
"""How `serve` answers, for the published description."""


class RangeNotSatisfiable(ParvisError):
    """RFC 9110 section 15.5.17."""

    status, code = 416, "range_not_satisfiable"
    title = {
        "fr": "Cette partie du fichier n’existe pas.",
        "en": "There is no such part of the file.",
    }


async def serve(
    request: Request, storage: Storage, file: File, *, cache_control: str = "private, no-cache"
) -> Response:
    """The file, the part asked for, or 304. Raises `RangeNotSatisfiable`, and `NotFound` when its blob is gone."""
    etag = f'"{file.sha256[:32]}"'
    headers = {**_headers(file), "etag": etag, "cache-control": cache_control}
    if not_modified(request, etag):
        return Response(status_code=304, headers=headers)
    if (location := storage.proxied(file.blob_key)) is not None:
        return Response(headers={**headers, "x-accel-redirect": location})  # It answers `Range` too.
    if not _is_shown(file) and (address := storage.signed(file.blob_key, _told_by_store(file))) is not None:
        return Response(status_code=302, headers={"location": address, "cache-control": "private, no-store"})
    part = _part(request, etag, file.size)
    start, end = part or (0, file.size)
    headers["content-length"] = str(end - start)
    if part is not None:
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    if request.method == "HEAD":
        return Response(status_code=206 if part else 200, headers=headers)
    body = await storage.get_stream(file.blob_key, start, end)
    return StreamingResponse(body, 206 if part else 200, headers)


def handed_out(content: bytes, media_type: str, name: str) -> Response:
    """What is made for who asks, and no file of anybody's: no browser runs it."""
    headers = {
        "content-disposition": disposition("attachment", harmless(name)),
        "content-security-policy": INERT,
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    return Response(content, headers=headers, media_type=media_type)


def _headers(file: File) -> Mapping[str, str]:
    return {
        "content-type": _content_type(file.media_type),
        "content-disposition": disposition("inline" if _is_shown(file) else "attachment", file.name),
        "content-security-policy": INERT,
        "x-content-type-options": "nosniff",
        "accept-ranges": "bytes",
    }


def _is_shown(file: File) -> bool:
    return file.media_type in SHOWN | PLAYED


def _told_by_store(file: File) -> Mapping[str, str]:
    return {"content-type": UNKNOWN, "content-disposition": disposition("attachment", file.name)}


def _content_type(media_type: str) -> str:
    if media_type == "text/plain":
        return "text/plain; charset=utf-8"
    return UNKNOWN if media_type in ACTIVE else media_type


def _part(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    """From which byte to before which, or None for the whole. Several ranges at once are answered by the whole, as
    section 14.2 allows: putting parts together costs more than it gives."""
    found = BYTES.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if found is None or request.headers.get("if-range", etag) != etag:
        return None
    if found["suffix"] is not None:
        start, end = max(0, size - int(found["suffix"])), size
    else:
        start = int(found["first"])
        end = min(int(found["last"]) + 1, size) if found["last"] else size
        if found["last"] and int(found["last"]) < start:
            return None  # Not a range at all, section 14.1.2.
    if start >= end:
        raise RangeNotSatisfiable(headers={"content-range": f"bytes */{size}"})
    return start, end
