"""Communities of a test, made through the front door."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from parvis.accounts.models import Member
from parvis.kernel.runtime import Parvis
from tests.conftest import SignIn
from tests.make.people import make_member

COMMUNITIES = "/api/v1/communities"


@dataclass(frozen=True)
class Someone:
    """A member, and the browser he is signed in with."""

    member: Member
    browser: httpx.AsyncClient

    @property
    def id(self) -> str:
        return str(self.member.id)

    @property
    def name(self) -> str:
        return self.member.name


async def arrive(
    parvis: Parvis, sign_in: SignIn, name: str, affiliation: str | None = "student", **said: Any
) -> Someone:
    """Somebody new, signed in. `affiliation` None: a guest."""
    member = await make_member(parvis, name, affiliation=affiliation, **said)
    return Someone(member, await sign_in(member))


@dataclass(frozen=True)
class Place:
    """A community, by its id, and what it answered when it was made."""

    id: str
    made: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{COMMUNITIES}/{self.id}"

    async def seen_by(self, someone: Someone) -> dict[str, Any]:
        reply = await someone.browser.get(self.url)
        assert reply.status_code == 200, reply.text
        found: dict[str, Any] = reply.json()
        return found

    async def join(self, someone: Someone, charter_version: int = 0) -> httpx.Response:
        return await someone.browser.put(f"{self.url}/membership", json={"charter_version": charter_version})

    async def leave(self, someone: Someone) -> httpx.Response:
        return await someone.browser.delete(f"{self.url}/membership")

    async def give_role(self, giver: Someone, someone: Someone, role: str) -> httpx.Response:
        return await giver.browser.put(f"{self.url}/members/{someone.id}/role", json={"role": role})

    async def people(self, reader: Someone, **query: str) -> list[str]:
        reply = await reader.browser.get(f"{self.url}/members", params=query)
        assert reply.status_code == 200, reply.text
        return [item["person"]["name"] for item in reply.json()["items"]]


async def make_community(owner: Someone, name: str = "Géographie et aménagement", **draft: Any) -> Place:
    """A community that `owner` makes: open, unless said otherwise."""
    reply = await owner.browser.post(COMMUNITIES, json={"name": name, "access": "open", **draft})
    assert reply.status_code == 201, reply.text
    return Place(reply.json()["id"], reply.json())


async def make_closed(owner: Someone, *members: Someone, access: str = "secret", **draft: Any) -> Place:
    """A community that was open until these members were in it."""
    made = await make_community(owner, **draft)
    for member in members:
        assert (await made.join(member, made.made.get("charter_version", 0))).status_code == 200
    assert (await owner.browser.patch(made.url, json={"access": access})).status_code == 200
    return made
