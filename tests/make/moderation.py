"""Reports of a test, and what is decided on them, through the front door."""

from typing import Any

import httpx

from tests.make.communities import Place, Someone
from tests.make.posts import url_of

CASES = "/api/v1/cases"
MY_REPORTS = "/api/v1/me/reports"
MY_DECISIONS = "/api/v1/me/decisions"


async def report(
    reporter: Someone,
    post: dict[str, Any],
    comment: dict[str, Any] | None = None,
    reason: str = "spam",
    words: str = "",
) -> httpx.Response:
    path = ("comments", comment["id"], "report") if comment else ("report",)
    return await reporter.browser.put(url_of(post, *path), json={"reason": reason, "words": words})


async def report_message(
    reporter: Someone, message: dict[str, Any], reason: str = "harassment", words: str = ""
) -> httpx.Response:
    url = f"/api/v1/messages/{message['id']}/report"
    return await reporter.browser.put(url, json={"reason": reason, "words": words})


async def cases(reader: Someone, place: Place | None = None, state: str = "open") -> list[dict[str, Any]]:
    """Of a community, or those that fall to the organisation's moderators."""
    reply = await reader.browser.get(f"{place.url}/cases" if place else CASES, params={"state": state})
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


async def waiting(reader: Someone, place: Place | None = None) -> int:
    reply = await reader.browser.get(f"{place.url}/cases/count" if place else f"{CASES}/count")
    assert reply.status_code == 200, reply.text
    return int(reply.json()["open"])


async def decide(
    moderator: Someone,
    case: dict[str, Any],
    on_content: str = "hide",
    on_author: str = "none",
    reason: str = "Contraire à la charte.",
) -> httpx.Response:
    body = {"on_content": on_content, "on_author": on_author, "reason": reason}
    headers = {"if-match": f'"{case["version"]}"'}
    return await moderator.browser.put(f"{CASES}/{case['id']}/decision", json=body, headers=headers)


async def show_again(moderator: Someone, case: dict[str, Any]) -> httpx.Response:
    headers = {"if-match": f'"{case["version"]}"'}
    return await moderator.browser.delete(f"{CASES}/{case['id']}/hiding", headers=headers)


async def listed(reader: Someone, path: str) -> list[dict[str, Any]]:
    reply = await reader.browser.get(path)
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["items"]
    return found
