"""Members who follow what happens, each with a browser."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from parvis import wiring
from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberUpdated, StructureChanged
from parvis.accounts.models import Member
from parvis.circles.events import AccessGained, AccessLost
from parvis.kernel.db import after_commit
from parvis.kernel.events import Event, Position, position_in, record
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.kernel.stream import Subscription
from parvis.realtime.topics import Topics
from tests.conftest import SignIn, until_readable
from tests.make.people import make_member, make_organisation

EVENTS, SYNC = "/api/v1/events", "/api/v1/sync"


@dataclass
class Someone:
    """A member, the browser he is signed in with, and how far he has read."""

    member: Member
    browser: httpx.AsyncClient
    cursor: str = ""

    @property
    def id(self) -> str:
        return str(self.member.id)

    @property
    def topic(self) -> str:
        return f"member:{self.id}"

    async def begin(self) -> None:
        self.cursor = (await self.poll()).json()["cursor"]

    async def poll(self, **query: Any) -> httpx.Response:
        return await self.browser.get(EVENTS, params=({"since": self.cursor} if self.cursor else {}) | query)

    async def news(self, **query: Any) -> list[dict[str, Any]]:
        """What happened since he last read."""
        reply = await self.poll(**query)
        assert reply.status_code == 200, reply.text
        assert reply.json()["resync"] is False
        self.cursor = reply.json()["cursor"]
        items: list[dict[str, Any]] = reply.json()["items"]
        return items

    async def hears(self, count: int) -> list[dict[str, Any]]:
        """The next so many events: on PostgreSQL a test that runs beside this one may hold them back for a while."""
        heard: list[dict[str, Any]] = []
        async with asyncio.timeout(20):
            while len(heard) < count:
                heard += await self.news(wait=5)
        return heard


def types(items: list[dict[str, Any]]) -> list[str]:
    return [item["type"] for item in items]


async def tell(parvis: Parvis, *events: Event) -> None:
    """Records facts as a verb would, and waits until they can be read."""

    async def say(session: AsyncSession) -> None:
        for event in events:
            record(session, event)

    await parvis.database.write(say)
    await until_readable(parvis)


@pytest.fixture(autouse=True)
async def organisation(parvis: Parvis) -> None:
    await make_organisation(parvis)


async def arrive(parvis: Parvis, sign_in: SignIn, name: str, affiliation: str | None) -> Someone:
    member = await make_member(parvis, name, affiliation=affiliation)
    someone = Someone(member, await sign_in(member))
    await someone.begin()
    await tell(parvis, MemberUpdated(member_id=member.id))  # Once it is heard, so was that the session opened.
    while "member.updated" not in types(await someone.news(wait=5)):
        pass
    return someone


@pytest.fixture
async def ines(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Inès Benali", "student")


@pytest.fixture
async def claire(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Claire Vasseur", "alum")


@pytest.fixture
async def guest(parvis: Parvis, sign_in: SignIn) -> Someone:
    return await arrive(parvis, sign_in, "Gaël Invité", None)


class Said(StructureChanged):
    """Something told in a place that a feature lets some read: in the shape of an event that clients know."""

    place: str

    def topic(self) -> str:
        return self.place


def said(place: str, version: int = 1) -> Said:
    return Said(kind="unit", id=new_id(), version=version, place=place)


class Places:
    """A feature whose members read `place:…` topics, each from where they joined."""

    def __init__(self) -> None:
        self.joined: dict[UUID, list[Subscription]] = {}

    async def topics(self, session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
        return self.joined.get(actor.id, [])

    async def join(self, parvis: Parvis, someone: Someone, place: str, *, is_history_open: bool = True) -> None:
        async def verb(session: AsyncSession) -> None:
            after = Position() if is_history_open else await position_in(session)
            record(session, AccessGained(member_id=someone.member.id, about=place))
            after_commit(session, lambda: self._keep(someone, Subscription(place, after)))

        await parvis.database.write(verb)

    async def leave(self, parvis: Parvis, someone: Someone, place: str) -> None:
        async def verb(session: AsyncSession) -> None:
            record(session, AccessLost(member_id=someone.member.id, about=place))
            after_commit(session, lambda: self._drop(someone, place))

        await parvis.database.write(verb)

    def _keep(self, someone: Someone, subscription: Subscription) -> None:
        self.joined.setdefault(someone.member.id, []).append(subscription)

    def _drop(self, someone: Someone, place: str) -> None:
        self.joined[someone.member.id] = [one for one in self.joined[someone.member.id] if one.topic != place]


@pytest.fixture
def places(parvis: Parvis) -> Places:
    found = Places()
    parvis.add_part(Topics([*wiring.TOPICS, found.topics]))
    return found
