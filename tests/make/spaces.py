"""Spaces, folders and documents of a test, made through the front door."""

from typing import Any, Protocol

import httpx

from tests.files.uploads import upload
from tests.make.communities import Place, Someone

API = "/api/v1"
DOCUMENTS = f"{API}/documents"
FOLDERS = f"{API}/folders"


async def answered(asking: Any) -> Any:
    reply: httpx.Response = await asking
    assert reply.is_success, f"{reply.request.method} {reply.request.url}: {reply.text}"
    return reply.json() if reply.content else None


def folder_url(folder: dict[str, Any]) -> str:
    return f"{FOLDERS}/{folder.get('folder_id') or folder['id']}"


def document_url(document: dict[str, Any]) -> str:
    return f"{DOCUMENTS}/{document['id']}"


async def own_space(someone: Someone) -> dict[str, Any]:
    found: dict[str, Any] = await answered(someone.browser.get(f"{API}/me/space"))
    return found


async def space_of(someone: Someone, place: Place) -> dict[str, Any]:
    found: dict[str, Any] = await answered(someone.browser.get(f"{place.url}/space"))
    return found


class Visitor(Protocol):
    @property
    def browser(self) -> httpx.AsyncClient: ...


async def make_page(visitor: Visitor, folder: dict[str, Any], **draft: Any) -> dict[str, Any]:
    said = {"name": "Sortie de terrain", **draft}
    made: dict[str, Any] = await answered(visitor.browser.post(f"{folder_url(folder)}/pages", json=said))
    return made


async def make_folder(someone: Someone, parent: dict[str, Any], name: str = "Cours") -> dict[str, Any]:
    made: dict[str, Any] = await answered(someone.browser.post(f"{folder_url(parent)}/folders", json={"name": name}))
    return made


async def putting(
    someone: Someone, folder: dict[str, Any], name: str = "Plan.txt", content: bytes = b"Bonjour.", **draft: Any
) -> httpx.Response:
    file = await upload(someone.browser, content, name)
    return await someone.browser.post(f"{folder_url(folder)}/documents", json={"file_id": file["id"], **draft})


async def put_document(
    someone: Someone, folder: dict[str, Any], name: str = "Plan.txt", content: bytes = b"Bonjour.", **draft: Any
) -> dict[str, Any]:
    made: dict[str, Any] = await answered(putting(someone, folder, name, content, **draft))
    return made


async def seen(someone: Someone, url: str) -> dict[str, Any]:
    found: dict[str, Any] = await answered(someone.browser.get(url))
    return found


async def names_in(someone: Someone, folder: dict[str, Any], which: str = "documents", **query: Any) -> list[str]:
    found = await answered(someone.browser.get(f"{folder_url(folder)}/{which}", params=query))
    return [item["name"] for item in found["items"]]


async def changing(
    someone: Someone, url: str, body: object = None, method: str = "PATCH", tag: str | None = None
) -> httpx.Response:
    """Changes what is at this address as it is now."""
    if tag is None:
        tag = (await someone.browser.get(url)).headers.get("etag", '"0"')
    return await someone.browser.request(method, url, json=body, headers={"if-match": tag})


async def changed(someone: Someone, url: str, body: object = None, method: str = "PATCH") -> Any:
    return await answered(changing(someone, url, body, method))
