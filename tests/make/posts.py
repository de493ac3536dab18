"""Posts of a test, said through the front door."""

from typing import Any

import httpx
from sqlalchemy import select

from parvis.kernel.events import LogEntry
from parvis.kernel.runtime import Parvis
from tests.make.communities import Place, Someone

POSTS = "/api/v1/posts"
BOOKMARKS = "/api/v1/me/bookmarks"


def url_of(post: dict[str, Any], *path: str) -> str:
    return "/".join([POSTS, post["id"], *path])


async def say(author: Someone, place: Place, body: str = "Bonjour à **tous**.", **draft: Any) -> dict[str, Any]:
    """A post that `author` says in a community."""
    reply = await author.browser.post(f"{place.url}/posts", json={"body": body, **draft})
    assert reply.status_code == 201, reply.text
    said: dict[str, Any] = reply.json()
    return said


async def ask(author: Someone, place: Place, title: str = "Quelle carte fait foi ?") -> dict[str, Any]:
    return await say(author, place, "J’en trouve trois.", kind="question", title=title)


async def say_in(author: Someone, *places: Place, discussion: str = "shared", **draft: Any) -> httpx.Response:
    body = {"body": "Une fois pour toutes.", "places": [place.id for place in places], "discussion": discussion}
    return await author.browser.post(POSTS, json=body | draft)


async def comment(author: Someone, post: dict[str, Any], body: str = "Merci !", **draft: Any) -> dict[str, Any]:
    reply = await author.browser.post(url_of(post, "comments"), json={"body": body, **draft})
    assert reply.status_code == 201, reply.text
    said: dict[str, Any] = reply.json()
    return said


async def seen(reader: Someone, post: dict[str, Any]) -> dict[str, Any]:
    reply = await reader.browser.get(url_of(post))
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def discussed(reader: Someone, post: dict[str, Any], **query: Any) -> list[dict[str, Any]]:
    reply = await reader.browser.get(url_of(post, "comments"), params=query)
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


async def wall(reader: Someone, place: Place, **query: Any) -> list[str]:
    """What stands on a wall, by its words; a place that one left is empty."""
    reply = await reader.browser.get(f"{place.url}/posts", params=query)
    assert reply.status_code == 200, reply.text
    return [item["title"] or item["body"] for item in reply.json()["items"]]


async def told(parvis: Parvis, *types: str) -> list[LogEntry]:
    """The facts of these types, in order."""
    async with parvis.database.reading() as session:
        facts = select(LogEntry).where(LogEntry.type.in_(types)).order_by(LogEntry.id)
        return list(await session.scalars(facts))
