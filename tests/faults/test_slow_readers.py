"""F9: ten clients stop reading while things happen. They are let go, cost little, and are told all when they return."""

import asyncio
import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import ClientConnection, connect

from parvis.kernel.config import Settings

from .acts import Chatting
from .conftest import Effort
from .exchange import Exchange, Reader, house
from .oracle import verdict_on
from .people import Hand
from .servers import PROTOCOL, Server, allowed, until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SENDERS, STALLED, OTHERS = 6, 10, 6
LARGEST_GROWTH = 50 * 2**20
LET_GO_WITHIN = 10.0
"""Seconds from when the server gave one up until his line is cut."""
MEASURED_EVERY = 0.2
SLOWER, NOISE = 1.2, 0.1
"""How much later others hear, at the 95th percentile; and seconds that a machine adds by itself."""


class Chattering(Chatting):
    """In long messages: a line has enough of them soon."""

    more = " bla" * 750


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_who_stops_reading_is_let_go_and_misses_nothing(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    of_each = effort(180, 5_000) // SENDERS
    people = {"senders": SENDERS, "readers": STALLED + OTHERS}
    async with house(settings, tmp_path, kind=Chattering, **people) as (server, found):
        stalled, others = found.readers[:STALLED], found.readers[STALLED:]
        await found.send(of_each // 4)
        await found.heard()
        before = late(found, others, 0)
        lines = [await stall(reader, server) for reader in stalled]
        memory, first = server.memory(), found.ledger.count
        ports = {int(line.transport.get_extra_info("sockname")[1]) for line in lines}
        assert server.holds(ports) == STALLED
        leaving = asyncio.create_task(let_go(server, ports))
        await found.send(of_each)
        while not leaving.done():
            await found.send(1)
        cut_after, held = await leaving
        grown = max(held, server.memory()) - memory
        for line, reader in zip(lines, stalled, strict=True):
            line.transport.abort()
            reader.start()
        caught_up = await found.heard()
        after = late(found, others, first)
    verdict_on(
        "F9 slow readers",
        settings.database_url,
        found,
        recovered=f"{caught_up:.1f} s",
        besides=f"{STALLED} cut in {cut_after:.1f} s, +{grown / 2**20:.0f} MB, p95 {before:.2f}, then {after:.2f} s",
    )
    assert cut_after <= allowed(LET_GO_WITHIN)
    assert grown <= LARGEST_GROWTH
    assert after <= before * SLOWER + allowed(NOISE)


async def stall(reader: Reader, server: Server) -> ClientConnection:
    """Goes on where he is on a socket that he reads no more, through as little of the system's memory as it allows."""
    await reader.stop()
    place, hand = urlsplit(server.url), reader.hand
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)  # The smaller, the less is held on the other side too.
    line.connect((place.hostname, place.port))
    line.setblocking(False)
    opened = await connect(
        f"ws://{place.netloc}/api/v1/realtime",
        sock=line,
        max_queue=1,
        **PROTOCOL,
    )
    await opened.send(json.dumps({"type": "hello", "ticket": await ticket(hand), "since": reader.cursor}))
    while json.loads(await opened.recv())["type"] != "live":
        pass
    return opened


async def ticket(hand: Hand) -> str:
    return (await hand.must("POST", "/realtime/tickets"))["ticket"]


async def let_go(server: Server, ports: set[int]) -> tuple[float, int]:
    """Seconds from when all of them were given up until no line of theirs is open; bytes that the server held then."""

    async def are_given_up() -> bool:
        await asyncio.sleep(MEASURED_EVERY)
        return await server.measured("parvis_sockets_closed_total", code="4008") >= len(ports)

    await until(are_given_up, "those who do not read are given up")
    held = server.memory()
    return await until(lambda: server.holds(ports) == 0, "their lines are cut"), held


def late(found: Exchange, readers: list[Reader], first: int) -> float:
    """Seconds from sending to hearing, at the 95th percentile, of what was sent from so many on."""
    counted = set(list(found.ledger.acknowledged.values())[first:])
    seconds = sorted(
        heard_at - found.ledger.sent_at[identity]
        for reader in readers
        for identity, heard_at in zip(reader.heard, reader.heard_at, strict=True)
        if identity in counted
    )
    return seconds[int(len(seconds) * 0.95)]
