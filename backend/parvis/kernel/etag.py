"""Entity tags and conditional requests (RFC 9110 sections 8.8.3 and 13)."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from starlette.requests import Request

from .errors import PreconditionFailed, PreconditionRequired

ENTITY_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


def etag_of(version: int | bytes) -> str:
    """A strong entity tag: of a version number as it is, of bytes by their SHA-256 (128 bits)."""
    if isinstance(version, int):
        return f'"{version}"'
    return f'"{urlsafe_b64encode(sha256(version).digest()[:16]).decode().rstrip("=")}"'


def check_if_match(request: Request, etag: str, *, required: bool = False) -> None:
    """Lets a change pass only if the client has seen the present version.

    Raises `PreconditionFailed` when `If-Match` names only others, `PreconditionRequired` when absent though `required`.
    """
    header = _joined(request, "if-match")
    if header is None:
        if required:
            raise PreconditionRequired
    elif header != "*" and etag not in ENTITY_TAG.findall(header):
        raise PreconditionFailed(headers={"ETag": etag})


def not_modified(request: Request, etag: str) -> bool:
    """Whether the client holds this version already (`If-None-Match`), so that 304 is enough."""
    header = _joined(request, "if-none-match")
    if header is None:
        return False
    return header == "*" or etag in {tag.removeprefix("W/") for tag in ENTITY_TAG.findall(header)}


def _joined(request: Request, name: str) -> str | None:
    values = request.headers.getlist(name)
    return ", ".join(values).strip() if values else None
