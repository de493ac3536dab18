"""Searches of a test."""

from typing import Any

from parvis.kernel.runtime import Parvis
from tests.conftest import listen, run_jobs
from tests.make.communities import Someone

SEARCH = "/api/v1/search"


async def settle(parvis: Parvis) -> None:
    """Lets all that listens hear what happened, and do what it left for later."""
    await listen(parvis)
    await run_jobs(parvis)
    await listen(parvis)


async def search(someone: Someone, q: str, **query: Any) -> dict[str, Any]:
    reply = await someone.browser.get(SEARCH, params={"q": q, **query})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def found(someone: Someone, q: str, **query: Any) -> list[tuple[str, str]]:
    """Kind and id of what is found, in order."""
    return [(item["kind"], item["id"]) for item in (await search(someone, q, **query))["items"]]


async def finds_nothing(someone: Someone, *words: str) -> None:
    """That none of these words finds, counts, suggests or corrects anything for somebody."""
    for word in words:
        page = await search(someone, word)
        assert (page["items"], page["counts"], page["corrected"]) == ([], [], None), word
        assert await suggested(someone, word) == [], word


async def suggested(someone: Someone, q: str) -> list[tuple[str, str]]:
    reply = await someone.browser.get(f"{SEARCH}/suggestions", params={"q": q})
    assert reply.status_code == 200, reply.text
    return [(item["kind"], item["id"]) for item in reply.json()["items"]]


def text_of(passages: list[dict[str, Any]]) -> str:
    return "".join(passage["text"] for passage in passages)


def marked(passages: list[dict[str, Any]]) -> list[str]:
    return [passage["text"] for passage in passages if passage["is_match"]]
