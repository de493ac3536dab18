"""F3: Redis is killed and comes back empty, then swallows all that is said to it. Nothing is lost, little is late."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

import pytest

from parvis.kernel.config import Settings
from tests.make.tcp_proxy import tcp_proxy

from .acts import Chatting
from .conftest import Effort, needs_postgresql
from .exchange import Exchange, exchange
from .oracle import verdict_on
from .people import arrive
from .redis import redis
from .servers import Server, allowed

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SENDERS, READERS = 4, 4
POLLED = 1.0
"""Seconds after which another process looks by itself."""
ON_THE_WAY = 0.5
"""Seconds that reading and telling take."""
AT_ONCE, IN_A_ROW = 0.4, 4
"""Seconds from the answer until everybody hears while Redis is there, and how often in a row it is no luck: what is
sent as soon as the one before was heard waits for most of a poll, where nobody tells."""
NORMAL_WITHIN = 5.0


@asynccontextmanager
async def two_servers(settings: Settings, folder: Path, redis_url: str) -> AsyncIterator[Exchange]:
    """People who send through one process, and read through another."""
    people = await arrive(settings, 1 + SENDERS + READERS)
    servers = [Server(settings, folder, variables={"PARVIS_REDIS_URL": redis_url}) for _ in range(2)]
    try:
        await asyncio.gather(*(server.start() for server in servers))
        async with exchange(people, servers[0].url, senders=SENDERS, kind=Chatting, reads_at=servers[1].url) as found:
            yield found
    finally:
        await asyncio.gather(*(server.kill() for server in servers))


@needs_postgresql
async def test_redis_killed_and_back_empty_loses_nothing(settings: Settings, tmp_path: Path, effort: Effort) -> None:
    sends, kills = effort(72, 5_000), effort(3, 10)
    at_a_time = sends // kills // (SENDERS - 1)
    async with redis() as store, two_servers(settings, tmp_path, store.url) as found:
        back = []
        for _ in range(kills):
            half = found.ledger.count + at_a_time * (SENDERS - 1) // 2
            others = [sender.send(at_a_time) for sender in found.senders[1:]]  # The first sends what is waited for.
            sending = asyncio.gather(*others)
            await found.ledger.reaches(half)
            await store.kill()
            await one_more(found)
            await sending
            await store.start()
            back.append(await until_at_once(found))
        await found.heard()
    verdict_on(
        "F3 Redis killed",
        settings.database_url,
        found,
        recovered=f"{max(back):.1f} s",
        besides=f"{kills} kills, slowest heard after {slowest(found):.2f} s",
    )
    assert max(back) <= allowed(NORMAL_WITHIN)
    assert slowest(found) <= POLLED + allowed(ON_THE_WAY)


@needs_postgresql
async def test_redis_swallowing_all_loses_nothing_and_lines_that_died_meanwhile_are_replaced(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    seconds = effort(5, 60)
    async with (
        redis() as store,
        tcp_proxy("127.0.0.1", store.port) as proxy,
        two_servers(settings, tmp_path, f"redis://127.0.0.1:{proxy.port}/0") as found,
    ):
        await found.send(2)
        await found.heard()
        proxy.mute()
        until_when = monotonic() + seconds
        while monotonic() < until_when:
            await one_more(found)
        proxy.heal()
        back = await until_at_once(found)
        await found.send(2)
        await found.heard()
    verdict_on(
        "F3 Redis blackholed",
        settings.database_url,
        found,
        recovered=f"{back:.1f} s",
        besides=f"{seconds} s long, slowest heard after {slowest(found):.2f} s",
    )
    assert back <= allowed(NORMAL_WITHIN)
    assert slowest(found) <= POLLED + allowed(ON_THE_WAY)


async def one_more(found: Exchange) -> float:
    """Seconds from the answer to what is sent now until everybody has heard it."""
    sender, ledger = found.senders[0], found.ledger
    await sender.send(1)
    await found.heard()
    identity = ledger.acknowledged[sender.key(sender.sent - 1)]
    heard_at = max(reader.heard_at[reader.heard.index(identity)] for reader in found.readers)
    return heard_at - ledger.answered_at[identity]


async def until_at_once(found: Exchange) -> float:
    """Sends until some in a row are heard at once. Returns after how many seconds the first of them was sent."""
    began, first, in_a_row = monotonic(), 0.0, 0
    while in_a_row < IN_A_ROW:
        first = first if in_a_row else monotonic() - began
        in_a_row = in_a_row + 1 if await one_more(found) <= AT_ONCE else 0
    return first


def slowest(found: Exchange) -> float:
    """Seconds from when it was kept until somebody heard it."""
    answered_at = found.ledger.answered_at
    return max(
        heard_at - answered_at[identity]
        for reader in found.readers
        for identity, heard_at in zip(reader.heard, reader.heard_at, strict=True)
        if identity in answered_at
    )
