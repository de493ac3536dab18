"""Events of a test, said through the front door."""

from datetime import timedelta
from typing import Any

import httpx

from parvis.kernel import clock
from tests.make.communities import Place, Someone
from tests.make.posts import say, seen, url_of

WEEK = timedelta(days=7)


def takes_place(after: timedelta = WEEK, lasts: timedelta = timedelta(hours=2), **more: Any) -> dict[str, Any]:
    starts_at = (clock.now() + after).replace(second=0, microsecond=0)
    when = {"starts_at": starts_at.isoformat(), "ends_at": (starts_at + lasts).isoformat()}
    return {**when, "time_zone": "Europe/Paris", "place": "Hall est", **more}


async def gather(author: Someone, where: Place, title: str = "Sortie de terrain", **event: Any) -> dict[str, Any]:
    """An event, of a week from now unless said otherwise."""
    return await say(author, where, "Bottes obligatoires.", kind="event", title=title, event=takes_place(**event))


async def attend(someone: Someone, post: dict[str, Any], answer: str = "yes") -> int:
    reply = await someone.browser.put(url_of(post, "attendance"), json={"answer": answer})
    return reply.status_code


async def coming(reader: Someone, post: dict[str, Any], answer: str = "yes") -> list[str]:
    """Who answered so, by name."""
    reply = await reader.browser.get(url_of(post, "attendees"), params={"answer": answer})
    assert reply.status_code == 200, reply.text
    return [one["name"] for one in reply.json()["items"]]


async def counted(reader: Someone, post: dict[str, Any]) -> tuple[int, int, int, int]:
    """How many come, may come, do not come and wait."""
    event = (await seen(reader, post))["event"]
    return event["going"], event["maybe"], event["away"], event["waiting"]


async def change_event(author: Someone, post: dict[str, Any], **event: Any) -> httpx.Response:
    return await author.browser.patch(url_of(post), json={"event": takes_place(**event)})
