"""Uploading in several requests, as a tus client does."""

from base64 import b64encode
from typing import Any

import httpx

UPLOADS = "/api/v1/uploads"
STRETCH = "application/offset+octet-stream"
SPOKEN = {"tus-resumable": "1.0.0"}


def encoded(**metadata: str) -> str:
    return ",".join(f"{key} {b64encode(word.encode()).decode()}" for key, word in metadata.items())


async def begin(
    browser: httpx.AsyncClient, size: object, name: str = "carnet.bin", content: object = None, **said: str
) -> httpx.Response:
    """Begins an upload, perhaps with bytes; `destination`, other headers."""
    metadata = {"filename": name, **({"destination": said.pop("destination")} if "destination" in said else {})}
    headers = {**SPOKEN, "upload-length": str(size), "upload-metadata": encoded(**metadata)}
    if content is not None:
        headers["content-type"] = STRETCH
    return await browser.post(UPLOADS, content=content, headers={**headers, **said})  # type: ignore[arg-type]


async def begun(browser: httpx.AsyncClient, size: int, name: str = "carnet.bin", **said: str) -> str:
    """The address of an upload that was begun."""
    reply = await begin(browser, size, name, **said)
    assert reply.status_code == 201, reply.text
    return reply.headers["location"]


async def go_on(
    browser: httpx.AsyncClient, url: str, offset: object, content: object, **headers: str
) -> httpx.Response:
    said = {**SPOKEN, "content-type": STRETCH, "upload-offset": str(offset), **headers}
    return await browser.patch(url, content=content, headers=said)  # type: ignore[arg-type]


async def offset_of(browser: httpx.AsyncClient, url: str) -> int:
    reply = await browser.head(url, headers=SPOKEN)
    assert (reply.status_code, reply.headers["cache-control"]) == (200, "no-store"), reply.status_code
    return int(reply.headers["upload-offset"])


async def state_of(browser: httpx.AsyncClient, url: str) -> dict[str, Any]:
    reply = await browser.get(url)
    assert reply.status_code == 200, reply.text
    state: dict[str, Any] = reply.json()
    return state
