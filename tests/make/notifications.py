"""What the people of a test are told."""

from datetime import datetime
from typing import Any

import httpx

from parvis.kernel.runtime import Parvis
from tests.conftest import listen, run_jobs
from tests.make.communities import Someone

NOTIFICATIONS = "/api/v1/notifications"
CHOICES = "/api/v1/me/notification-choices"


async def choose(browser: httpx.AsyncClient, *, paused_until: datetime | None = None, **kinds: Any) -> dict[str, Any]:
    """Has who browses choose how he is told of these kinds."""
    pause = {"paused_until": paused_until.isoformat()} if paused_until else {}
    reply = await browser.patch(CHOICES, json={"kinds": kinds, **pause})
    assert reply.status_code == 200, reply.text
    chosen: dict[str, Any] = reply.json()
    return chosen


async def told(parvis: Parvis, reader: Someone, **query: Any) -> dict[str, Any]:
    """All that a member is told by now."""
    await listen(parvis)
    await run_jobs(parvis)
    reply = await reader.browser.get(NOTIFICATIONS, params=query)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def lines(parvis: Parvis, reader: Someone, **query: Any) -> list[list[tuple[str, list[str], int]]]:
    """Of each notification, what is said: the reason, who, and how many."""
    found = await told(parvis, reader, **query)
    return [
        [(line["reason"], [person["name"] for person in line["people"]], line["count"]) for line in item["lines"]]
        for item in found["items"]
    ]


async def unread(parvis: Parvis, reader: Someone) -> int:
    await listen(parvis)
    await run_jobs(parvis)
    reply = await reader.browser.get(f"{NOTIFICATIONS}/count")
    assert reply.status_code == 200, reply.text
    count: int = reply.json()["unread"]
    return count


async def read(reader: Someone, item: dict[str, Any], up_to: int | None = None) -> httpx.Response:
    body = {"up_to": item["position"] if up_to is None else up_to}
    return await reader.browser.put(f"{NOTIFICATIONS}/{item['id']}/read", json=body)
