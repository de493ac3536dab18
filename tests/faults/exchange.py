"""Senders who send until they are answered, and readers who follow by the reference client, while things break."""

import asyncio
import runpy
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import uniform
from time import monotonic
from typing import Any

import httpx

from parvis.kernel.config import Settings

from .acts import Act, Commenting, id_of
from .people import Hand, Person, arrive, connections
from .servers import Server, serving, until

FOLLOWER = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "follow.py"))["Follower"]
NOT_NOW = {429, 502, 503}
"""Answers that say to come back."""


@dataclass
class Ledger:
    """What was asked, what was answered, and what was not."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    """Key -> id."""
    seconds: list[float] = field(default_factory=list)
    """How long each answer took, of those that came at the first try."""
    sent_at: dict[str, float] = field(default_factory=dict)
    """Id -> when it was first sent."""
    answered_at: dict[str, float] = field(default_factory=dict)
    unanswered: int = 0
    """Requests of which nobody knows whether they were done."""
    late: int = 0
    """Of these, requests of which a client grew tired; of the others, the line broke."""
    refused: int = 0
    """Connections that nobody took."""
    turned_away: int = 0
    failed: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.acknowledged)

    async def reaches(self, count: int) -> float:
        """Until so many are acknowledged. Returns after how many seconds."""
        return await until(lambda: self.count >= count or bool(self.failed), f"{count} acknowledged")


@dataclass
class Sender:
    """Sends one after the other, each as often as it takes."""

    hand: Hand
    act: Act
    ledger: Ledger
    sent: int = 0

    async def send(self, count: int) -> None:
        for number in range(self.sent, self.sent + count):
            await self._send(self.key(number))
            self.sent += 1

    def key(self, number: int) -> str:
        """What the one of this number is sent under, from 0."""
        return f"{self.hand.person.name} {number:05}"

    async def _send(self, key: str) -> None:
        began, tries = monotonic(), 1
        while (reply := await self._answer(key)) is None:
            await asyncio.sleep(uniform(0.1, 0.4))
            tries += 1
        if not reply.is_success:
            self.ledger.failed.append(f"{reply.status_code} {reply.text}")
            return
        identity = id_of(reply.json())
        self.ledger.acknowledged[key] = identity
        self.ledger.sent_at[identity] = began
        self.ledger.answered_at[identity] = monotonic()
        if tries == 1:
            self.ledger.seconds.append(monotonic() - began)

    async def _answer(self, key: str) -> httpx.Response | None:
        """None when it is to be sent again."""
        try:
            reply = await self.act.send(self.hand, key)
        except httpx.ConnectError:
            self.ledger.refused += 1
        except httpx.TransportError as error:
            self.ledger.unanswered += 1
            self.ledger.late += isinstance(error, httpx.TimeoutException)
        else:
            if reply.status_code not in NOT_NOW:
                return reply
            self.ledger.turned_away += 1
        return None


class Reader:
    """Hears of what is done by `docs/follow.py`, over cuts and restarts."""

    def __init__(self, hand: Hand, act: Act, url: str, cursor: str | None = None) -> None:
        self.hand = hand
        self.heard: list[str] = []
        self.heard_at: list[float] = []
        self.snapshots = 0
        self._told = act.told
        self._following = FOLLOWER(url, hand.person.token, self._begin, self._hear, cursor, hand)
        self._task: asyncio.Task[None] | None = None

    def _begin(self, _snapshot: Any) -> None:
        self.snapshots += 1

    def _hear(self, event: Any) -> None:
        if event["type"] == self._told:
            self.heard.append(id_of(event["data"]))
            self.heard_at.append(monotonic())

    @property
    def cursor(self) -> str | None:
        found: str | None = self._following.cursor
        return found

    def start(self) -> None:
        self._task = asyncio.create_task(self._following.run())

    async def stop(self) -> None:
        while self._task is not None and not self._task.done():
            self._task.cancel()  # wait_for of Python 3.11 loses a cancellation that meets a frame (gh-86296).
            await asyncio.wait([self._task], timeout=1)


@dataclass
class Exchange:
    """Some who send, some who read, and what came of it."""

    act: Act
    senders: list[Sender]
    readers: list[Reader]
    ledger: Ledger

    @property
    def troubles(self) -> list[str]:
        """Answers to any of them that neither did what was asked, nor said when to come back."""
        hands = [*(one.hand for one in self.senders), *(one.hand for one in self.readers)]
        return [said for hand in hands for said in hand.troubles]

    async def begin(self) -> None:
        """Readers know from where they follow."""
        for reader in self.readers:
            reader.start()
        await until(lambda: all(reader.cursor for reader in self.readers), "readers have a cursor")

    async def send(self, of_each: int) -> None:
        """All send so many."""
        await asyncio.gather(*(sender.send(of_each) for sender in self.senders))
        assert self.ledger.failed == []

    async def heard(self) -> float:
        """Until every reader has heard all that was acknowledged. Returns after how many seconds."""
        wanted = set(self.ledger.acknowledged.values())
        return await until(
            lambda: all(wanted <= set(reader.heard) for reader in self.readers), "readers heard all that was kept"
        )

    async def end(self) -> None:
        await asyncio.gather(*(reader.stop() for reader in self.readers))


@asynccontextmanager
async def exchange(
    people: Sequence[Person], url: str, *, senders: int, kind: type[Act] = Commenting, reads_at: str = ""
) -> AsyncIterator[Exchange]:
    """The first person owns where they meet, the next so many send, the others read (at another address, if said)."""
    async with connections() as reading, AsyncExitStack() as stack:
        # A line of his own for each who sends: a pool that fifty wait at serves some ten times while others wait.
        hands = [Hand(await stack.enter_async_context(connections(1)), person, url) for person in people[: senders + 1]]
        hands += [Hand(reading, person, url) for person in people[senders + 1 :]]
        act = await kind.among(hands[0], hands[1:])
        ledger, at = Ledger(), reads_at or url
        sending = [Sender(hand, act, ledger) for hand in hands[1 : senders + 1]]
        readers = [Reader(Hand(reading, person, at), act, at) for person in people[senders + 1 :]]
        found = Exchange(act, sending, readers, ledger)
        try:
            await found.begin()
            yield found
        finally:
            await found.end()


@asynccontextmanager
async def house(
    settings: Settings, folder: Path, *, senders: int, readers: int, kind: type[Act] = Commenting, **said: Any
) -> AsyncIterator[tuple[Server, Exchange]]:
    """A server, and people who exchange through it."""
    people = await arrive(settings, 1 + senders + readers)
    async with (
        serving(settings, folder, **said) as server,
        exchange(people, server.url, senders=senders, kind=kind) as found,
    ):
        yield server, found
