"""F11: a server is told to stop while it is busy; then two are restarted one after the other under load."""

import asyncio
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from parvis.kernel.config import Settings

from .balancer import balancer
from .conftest import Effort, needs_postgresql
from .exchange import exchange, house
from .oracle import verdict_on
from .people import Hand, arrive
from .redis import redis
from .servers import PROTOCOL, Server, allowed, free_port, until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SENDERS, READERS = 8, 12
DRAINED_WITHIN = 10.0
RESTART = 1012


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_who_is_told_to_stop_answers_what_it_took_and_lets_everybody_go(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    of_each = effort(20, 200)
    async with house(settings, tmp_path, senders=SENDERS, readers=READERS) as (server, found):
        closed = asyncio.create_task(closing_code(found.readers[0].hand, server))
        await until(lambda: sockets(server, READERS + 1), "all listen")
        sending = asyncio.create_task(found.send(of_each))
        await found.ledger.reaches(of_each * SENDERS // 3)
        drained = await server.end()
        code = await closed
        await server.start()
        await sending
        back = await found.heard()
    verdict_on(
        "F11 told to stop",
        settings.database_url,
        found,
        recovered=f"{back:.1f} s",
        besides=f"drained in {drained:.1f} s, closed with {code}, {found.ledger.unanswered} unanswered",
    )
    assert drained <= allowed(DRAINED_WITHIN)
    assert code == RESTART


@needs_postgresql
async def test_two_servers_are_restarted_one_after_the_other_and_nobody_notices(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    of_each, rounds = effort(40, 400), effort(1, 3)
    people = await arrive(settings, 1 + SENDERS + READERS)
    ports = [free_port(), free_port()]
    async with redis() as store, balancer(ports) as front:
        url = f"http://127.0.0.1:{front.port}"
        said = {"public_url": url, "variables": {"PARVIS_REDIS_URL": store.url}}
        servers = [Server(settings, tmp_path, port=port, **said) for port in ports]  # type: ignore[arg-type]
        try:
            await asyncio.gather(*(server.start() for server in servers))
            async with exchange(people, url, senders=SENDERS) as found:
                sending = asyncio.create_task(found.send(of_each))
                drained, codes = [], []
                for number in range(rounds * len(servers)):
                    server = servers[number % len(servers)]
                    closed = asyncio.create_task(closing_code(found.readers[0].hand, server))
                    await found.ledger.reaches(of_each * SENDERS * (number + 1) // (rounds * len(servers) + 2))
                    drained.append(await server.end())
                    codes.append(await closed)
                    await server.start()
                await sending
                back = await found.heard()
        finally:
            await asyncio.gather(*(server.kill() for server in servers))
    verdict_on(
        "F11 rolling restart",
        settings.database_url,
        found,
        recovered=f"{back:.1f} s",
        besides=f"{len(codes)} restarts, drained in {max(drained):.1f} s, {found.ledger.unanswered} sent again",
    )
    assert max(drained) <= allowed(DRAINED_WITHIN)
    assert set(codes) == {RESTART}


async def closing_code(hand: Hand, server: Server) -> int:
    """With which a socket at this server is closed."""
    said = (await hand.must("POST", "/realtime/tickets"))["ticket"]
    host = server.url.removeprefix("http://")
    async with connect(f"ws://{host}/api/v1/realtime", host="127.0.0.1", port=server.port, **PROTOCOL) as socket:
        await socket.send(f'{{"type": "hello", "ticket": "{said}"}}')
        try:
            while True:
                await socket.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


async def sockets(server: Server, count: int) -> bool:
    return await server.measured("parvis_sockets") >= count
