"""F15: fifty people write at once on SQLite, and a command beside the server too. Nobody is told "locked"."""

import asyncio
from pathlib import Path

import pytest

from parvis.kernel.config import Settings

from .acts import Act, Chatting, Commenting
from .conftest import Effort
from .exchange import house
from .oracle import verdict_on
from .servers import allowed

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

WRITERS = 50
SLOWEST = 1.0
"""Seconds that an answer takes at the 99th percentile."""


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
@pytest.mark.parametrize("kind", [Chatting, pytest.param(Commenting, marks=pytest.mark.proof)])
async def test_fifty_writers_and_a_command_get_along(
    settings: Settings, tmp_path: Path, effort: Effort, kind: type[Act]
) -> None:
    of_each = effort(10, 200)
    async with house(settings, tmp_path, senders=WRITERS, readers=2, kind=kind) as (server, found):
        await found.send(1)
        found.ledger.seconds.clear()
        writing = asyncio.create_task(found.send(of_each))
        command = await server.command("admin", "create", "--name", "Ada Bernard", "--email", "ada@univ.example")
        await writing
        most = allowed(SLOWEST)
        await found.heard()
        told = server.words()
    seconds = sorted(found.ledger.seconds)
    slow = seconds[int(len(seconds) * 0.99)]
    besides = f"p99 {slow:.2f} s, median {seconds[len(seconds) // 2]:.2f} s"
    verdict_on(f"F15 {WRITERS} {kind.__name__.lower()}", settings.database_url, found, besides=besides)
    assert command == 0
    assert "database is locked" not in told
    assert (found.ledger.turned_away, found.ledger.unanswered) == (0, 0)
    assert slow <= most
