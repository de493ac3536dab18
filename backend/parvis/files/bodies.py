"""What all routes have in common whose body is a file."""

from collections.abc import AsyncIterator

from fastapi import Request
from starlette.requests import ClientDisconnect

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import BadRequest
from parvis.kernel.limits import limited

from .receiving import BROKEN_OFF

COUNTED_WHILE_STREAMED = 2**40
"""The settings' own limit is kept by the store, byte by byte."""


async def uploader(actor: SignedIn) -> str:
    return str(actor.id)


uploading = limited("upload", "2000/minute", network="20000/minute", who=uploader)
"""Folders are dropped whole; what one may keep is limited by the room."""


async def pieces_of(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Raises `BadRequest` when it breaks off."""
    try:
        async for piece in request.stream():
            yield piece
    except ClientDisconnect:
        raise BadRequest(BROKEN_OFF) from None
