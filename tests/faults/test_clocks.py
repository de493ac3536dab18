"""F8: clocks jump, back and forth, and differ between servers. All is told in the order of the log all the same."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from parvis.kernel.clock import clock_set_to
from parvis.kernel.config import Settings

from .acts import Chatting
from .clocks import clock_in
from .conftest import Effort, needs_postgresql
from .exchange import Exchange, exchange, house
from .oracle import verdict_on
from .people import Hand, arrive
from .redis import redis
from .servers import Server

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SENDERS, READERS = 4, 4
SPRING = datetime(2027, 3, 28, 0, 59, 57, tzinfo=UTC)
"""Three seconds before clocks in France go from two to three."""
TOLERATED = timedelta(seconds=60)
"""Between servers that share people."""


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_clock_that_jumps_leaves_the_order_and_every_session_alone(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    of_each = effort(3, 100)
    clock = clock_in(tmp_path)
    jumps = [timedelta(), timedelta(hours=-1), timedelta(hours=1), timedelta(minutes=-90)]
    async with house(settings, tmp_path, senders=SENDERS, readers=READERS, clock=clock) as (server, found):
        for jump in jumps:
            clock.ahead(jump)
            assert abs(await now_at(found) - datetime.now(UTC) - jump) < TOLERATED
            sending = asyncio.create_task(found.send(of_each))
            await found.readers[0].stop()
            found.readers[0].start()
            await sending
            await found.heard()
        ages = await negative_ages(server)
    hours = ", ".join(f"{jump.total_seconds() / 3600:+.1f} h" for jump in jumps[1:])
    verdict_on("F8 clock jumps", settings.database_url, found, besides=hours)
    assert ages == []


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_an_hour_that_is_left_out_is_no_hour_of_ours(settings: Settings, tmp_path: Path, effort: Effort) -> None:
    of_each = effort(10, 100)
    clock = clock_in(tmp_path)
    clock.ahead(SPRING - timedelta(hours=1) - datetime.now(UTC))
    said: dict[str, Any] = {"clock": clock, "variables": {"TZ": "Europe/Paris"}}
    with clock_set_to(clock):  # Who came long before that night would have no token any more.
        async with house(settings, tmp_path, senders=SENDERS, readers=READERS, **said) as (_, found):
            clock.ahead(SPRING - datetime.now(UTC))
            while await now_at(found) < SPRING + timedelta(seconds=6):
                await found.send(of_each // 10)
            await found.heard()
            assert await now_at(found) - SPRING < timedelta(minutes=5)
    verdict_on("F8 summer time", settings.database_url, found, besides="Europe/Paris, from 2 to 3 at night")


@needs_postgresql
async def test_two_servers_whose_clocks_differ_agree_on_the_order(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    of_each = effort(2, 100)
    people = await arrive(settings, 1 + 2 * SENDERS + READERS)
    clock = clock_in(tmp_path)
    async with redis() as store:
        common = {"PARVIS_REDIS_URL": store.url}
        right = Server(settings, tmp_path, variables=common)
        wrong = Server(settings, tmp_path, variables=common, clock=clock)
        try:
            await asyncio.gather(right.start(), wrong.start())
            async with exchange(people, right.url, senders=2 * SENDERS, kind=Chatting, reads_at=wrong.url) as found:
                for sender in found.senders[SENDERS:]:
                    sender.hand = sender.hand.at(wrong.url)
                for ahead in (timedelta(), TOLERATED, -TOLERATED, timedelta(hours=1), timedelta(hours=-1)):
                    clock.ahead(ahead)
                    if abs(ahead) <= TOLERATED:
                        await comes_in_elsewhere(found.readers[0].hand, right, wrong)
                    await found.send(of_each)
                    await found.heard()
        finally:
            await asyncio.gather(right.kill(), wrong.kill())
    verdict_on("F8 skewed server", settings.database_url, found, besides="±60 s, ±1 h; tickets of the other at ±60 s")


async def now_at(found: Exchange) -> datetime:
    """What the server takes for now: when it says that something was sent."""
    reply = await found.act.send(found.senders[0].hand, f"What time is it? {uuid4()}")
    assert reply.is_success, reply.text
    return datetime.fromisoformat(reply.json()["created_at"])


async def negative_ages(server: Server) -> list[str]:
    """What it measures that is less than nothing."""
    return [one.name for one in await server.measures() if one.value < 0]


async def comes_in_elsewhere(hand: Hand, here: Server, there: Server) -> None:
    """A ticket of one server opens the other's door, both ways."""
    for asked, knocked in ((here, there), (there, here)):
        said = (await hand.at(asked.url).must("POST", "/realtime/tickets"))["ticket"]
        assert await knocked.lets_in(said), f"{knocked.url} refuses a ticket of {asked.url}"
