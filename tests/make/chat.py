"""Conversations of a test, made through the front door."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.make.communities import Place, Someone

CONVERSATIONS = "/api/v1/conversations"
MESSAGES = "/api/v1/messages"


@dataclass(frozen=True)
class Room:
    """A conversation, by its id."""

    id: str

    @property
    def url(self) -> str:
        return f"{CONVERSATIONS}/{self.id}"

    async def seen_by(self, someone: Someone) -> dict[str, Any]:
        return await answered(someone.browser.get(self.url))

    async def say(self, someone: Someone, text: str = "Bonjour.", **draft: Any) -> dict[str, Any]:
        return await answered(self.saying(someone, text, **draft))

    async def saying(self, someone: Someone, text: str = "Bonjour.", **draft: Any) -> httpx.Response:
        body = {"client_id": str(uuid4()), "text": text, **draft}
        return await someone.browser.post(f"{self.url}/messages", json=body)

    async def messages(self, someone: Someone, **query: Any) -> dict[str, Any]:
        return await answered(someone.browser.get(f"{self.url}/messages", params=query))

    async def texts(self, someone: Someone, **query: Any) -> list[str]:
        return [item["text"] for item in (await self.messages(someone, **query))["items"] if item["kind"] == "said"]

    async def numbers(self, someone: Someone, **query: Any) -> list[int]:
        return [item["number"] for item in (await self.messages(someone, **query))["items"]]

    async def read(self, someone: Someone, number: int) -> dict[str, Any]:
        return await answered(someone.browser.put(f"{self.url}/read", json={"number": number}))

    async def add(self, someone: Someone, *others: Someone) -> httpx.Response:
        ids = [other.id for other in others]
        return await someone.browser.post(f"{self.url}/members", json={"member_ids": ids})

    async def remove(self, someone: Someone, other: Someone) -> httpx.Response:
        return await someone.browser.delete(f"{self.url}/members/{other.id}")


async def answered(asking: Any) -> dict[str, Any]:
    reply: httpx.Response = await asking
    assert reply.status_code in {200, 201}, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def talk(someone: Someone, other: Someone) -> Room:
    """What two say to each other."""
    draft = {"kind": "direct", "member_id": other.id}
    return Room((await answered(someone.browser.post(CONVERSATIONS, json=draft)))["id"])


async def make_group(someone: Someone, *others: Someone, **draft: Any) -> Room:
    body = {"kind": "group", "member_ids": [other.id for other in others], **draft}
    return Room((await answered(someone.browser.post(CONVERSATIONS, json=body)))["id"])


async def make_channel(owner: Someone, place: Place, name: str = "Général", **draft: Any) -> Room:
    body = {"name": name, **draft}
    return Room((await answered(owner.browser.post(f"{place.url}/channels", json=body)))["id"])


async def rooms_of(someone: Someone, **query: Any) -> list[str]:
    found = await answered(someone.browser.get(CONVERSATIONS, params=query))
    return [item["id"] for item in found["items"]]
