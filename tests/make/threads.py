"""Comments on pages of a test, made through the front door."""

from base64 import b64encode
from typing import Any

import httpx

from parvis.pages import lib0
from tests.make.spaces import API, Visitor, answered

WORDS = "l’ancienne digue, côté aval"


def place_at(clock: int, client: int = 7) -> str:
    """Before a letter of a page, as Yjs writes it."""
    return b64encode(b"\x00" + lib0.uint(client) + lib0.uint(clock) + b"\x00").decode()


def threads_url(page: dict[str, Any]) -> str:
    return f"{API}/pages/{page['id']}/threads"


def comment_url(page: dict[str, Any], comment: dict[str, Any], *more: str) -> str:
    return "/".join((threads_url(page), comment["thread_id"], "comments", comment["id"], *more))


THREAD_DRAFT = {"start": place_at(3), "end": place_at(30), "quote": WORDS}


async def beginning(
    visitor: Visitor, page: dict[str, Any], body: str = "On garde R2 ?", **draft: Any
) -> httpx.Response:
    said = {**THREAD_DRAFT, "body": body, **draft}
    return await visitor.browser.post(threads_url(page), json=said)


async def begin(visitor: Visitor, page: dict[str, Any], body: str = "On garde R2 ?", **draft: Any) -> dict[str, Any]:
    made: dict[str, Any] = await answered(beginning(visitor, page, body, **draft))
    return made


async def answering(visitor: Visitor, page: dict[str, Any], thread: dict[str, Any], body: str) -> httpx.Response:
    return await visitor.browser.post(f"{threads_url(page)}/{thread['id']}/comments", json={"body": body})


async def answer(visitor: Visitor, page: dict[str, Any], thread: dict[str, Any], body: str = "Oui.") -> dict[str, Any]:
    made: dict[str, Any] = await answered(answering(visitor, page, thread, body))
    return made


async def threads(visitor: Visitor, page: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    found = await answered(visitor.browser.get(threads_url(page), params=query))
    items: list[dict[str, Any]] = found["items"]
    return items
