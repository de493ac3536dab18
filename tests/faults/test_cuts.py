"""F10: all sockets of a conversation are cut at once, and all come back at once."""

import asyncio
from pathlib import Path
from time import monotonic

import pytest

from parvis.kernel.config import Settings
from tests.make.tcp_proxy import tcp_proxy

from .acts import Chatting
from .conftest import Effort
from .exchange import exchange
from .oracle import verdict_on
from .people import Hand, arrive, connections
from .servers import Server, allowed, free_port, serving

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

MEMBERS, SENDERS = 40, 4
ALL_BACK_WITHIN = 30.0
ANSWERED_WITHIN = 1.0
"""Seconds that a request takes meanwhile, at the 95th percentile."""


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_all_who_were_cut_at_once_are_back_soon_and_missed_nothing(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    sockets = effort(200, 1_000)
    people = await arrive(settings, 1 + SENDERS + MEMBERS)
    reading = [people[1 + SENDERS + number % MEMBERS] for number in range(sockets)]
    port = free_port()
    async with tcp_proxy("127.0.0.1", port) as proxy:
        url = f"http://127.0.0.1:{proxy.port}"
        async with (
            serving(settings, tmp_path, port=port, public_url=url) as server,
            exchange([*people[: 1 + SENDERS], *reading], url, senders=SENDERS, kind=Chatting) as found,
        ):
            await found.send(5)
            await found.heard()
            asking = asyncio.create_task(ask(server, found.senders[0].hand))
            await proxy.cut()
            cut_at = monotonic()
            await proxy.start()
            await found.send(5)
            await found.heard()
            back = monotonic() - cut_at
            asking.cancel()
            slow = await asking
            closed = await server.measured("parvis_sockets_closed_total")
    verdict_on(
        "F10 cut at once",
        settings.database_url,
        found,
        recovered=f"{back:.1f} s",
        besides=f"{sockets} sockets, requests' p95 {slow:.2f} s",
    )
    assert closed >= sockets
    assert back <= allowed(ALL_BACK_WITHIN)
    assert slow <= allowed(ANSWERED_WITHIN)


async def ask(server: Server, somebody: Hand) -> float:
    """Reads a list over and over, until cancelled. Returns how many seconds that took, at the 95th percentile."""
    seconds: list[float] = []
    async with connections() as http:
        hand = Hand(http, somebody.person, server.direct, server.url.removeprefix("http://"))
        try:
            while True:
                began = monotonic()
                await hand.must("GET", "/communities")
                seconds.append(monotonic() - began)
                await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            return sorted(seconds)[int(len(seconds) * 0.95)]
