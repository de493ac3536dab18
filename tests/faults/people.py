"""Who sends and who reads: members with tokens of the API, and where they meet."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Self

import httpx

from parvis import wiring
from parvis.accounts.actor import Actors
from parvis.accounts.schemas.tokens import TokenDraft
from parvis.accounts.scopes import SCOPES
from parvis.accounts.service.sessions import Device, open_session
from parvis.accounts.service.tokens import create_token
from parvis.kernel.config import Settings
from parvis.kernel.runtime import Parvis
from tests.make.people import make_member, make_organisation

API = "/api/v1"
SCOPED = [
    scope
    for scope in SCOPES
    if scope.split(":")[0] in {"account", "events", "communities", "posts", "chat", "files", "documents"}
]
REQUESTS_FROM_ONE_NETWORK = 100
"""So many people behind one address are a crowd: no limit is what these tests look for."""


@dataclass(frozen=True)
class Person:
    """A member, and a token of his."""

    id: str
    name: str
    token: str


async def arrive(settings: Settings, count: int) -> list[Person]:
    """So many members, before a server runs."""
    parvis = Parvis(settings, handlers=wiring.handlers)
    await parvis.start()
    wiring.fill_ports(parvis)
    try:
        await make_organisation(parvis)
        return [await _arrive(parvis, f"Membre {number}") for number in range(count)]
    finally:
        await parvis.stop()


async def _arrive(parvis: Parvis, name: str) -> Person:
    member = await make_member(parvis, name)
    _, cookie = await parvis.database.write(open_session, member, methods=["pwd"], device=Device("Tests/1.0", ""))
    actor = await parvis.part(Actors).by_cookie(cookie)
    assert actor is not None
    draft = TokenDraft(name="Tests", scopes=SCOPED, days=7)
    made = await parvis.database.write(create_token, actor, draft)
    return Person(str(member.id), name, made.value)


_networks = count()


class Hand:
    """A person's HTTP, over connections that he shares with others; `httpx` to a client that wants one of its own."""

    def __init__(self, http: httpx.AsyncClient, person: Person, url: str, host: str = "") -> None:
        """`host`: the name that the server goes by, where it is asked at another address."""
        self.person = person
        self._http = http
        self._url = f"{url}{API}"
        self._host = {"host": host} if host else {}
        self.troubles: list[str] = []
        """Answers of a server in trouble that do not say when to come back."""
        self._asked = 0
        self._network = ""

    def at(self, url: str) -> "Hand":
        """The same person's, at another address."""
        return Hand(self._http, self.person, url)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Who lent the connections closes them."""

    async def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, **asked: Any
    ) -> httpx.Response:
        if self._asked % REQUESTS_FROM_ONE_NETWORK == 0:
            self._network = "10." + ".".join(map(str, next(_networks).to_bytes(3)))
        self._asked += 1
        sent = {"authorization": f"Bearer {self.person.token}", "x-forwarded-for": self._network}
        reply = await self._http.request(
            method, f"{self._url}{path}", headers=sent | self._host | (headers or {}), **asked
        )
        if reply.status_code >= 500 and (reply.status_code != 503 or "retry-after" not in reply.headers):
            self.troubles.append(f"{method} {path}: {reply.status_code} {reply.text}")
        return reply

    async def must(self, method: str, path: str, **asked: Any) -> dict[str, str]:
        """What was answered, which is no refusal."""
        reply = await self.request(method, path, **asked)
        assert reply.is_success, reply.text
        answered: dict[str, str] = reply.json()
        return answered


NO_TLS = ssl.create_default_context()
"""Made once: each of many clients would read all certificates for lines that have none."""


def connections(most: int = 100) -> httpx.AsyncClient:
    """What many share. A request that is not answered for so long is sent again."""
    limits = httpx.Limits(max_connections=most, max_keepalive_connections=most)
    return httpx.AsyncClient(verify=NO_TLS, timeout=httpx.Timeout(30, pool=60), limits=limits)


async def gather(owner: Hand, others: Sequence[Hand]) -> str:
    """A community of all of them, by its id."""
    made = await owner.must("POST", "/communities", json={"name": "Géographie", "access": "open"})
    for other in others:
        await other.must("PUT", f"/communities/{made['id']}/membership", json={"charter_version": 0})
    return made["id"]
