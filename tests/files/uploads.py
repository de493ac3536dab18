"""Uploading as a client does."""

from base64 import b64encode
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import httpx

FILES = "/api/v1/files"


async def send(browser: httpx.AsyncClient, content: object, name: str = "carnet.txt", **headers: str) -> httpx.Response:
    """Uploads bytes, or a stream of them."""
    said = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}", **headers}
    return await browser.post(FILES, content=content, headers=said)  # type: ignore[arg-type]


async def upload(browser: httpx.AsyncClient, content: object, name: str = "carnet.txt") -> dict[str, Any]:
    """Uploads, and gives what is said of the file."""
    reply = await send(browser, content, name)
    assert reply.status_code == 201, reply.text
    made: dict[str, Any] = reply.json()
    return made


def repr_digest(content: bytes) -> str:
    return f"sha-256=:{b64encode(sha256(content).digest()).decode()}:"
