"""F1: the server is killed (`kill -9`) at random while people exchange; whoever sends again does it once."""

import asyncio
from pathlib import Path
from random import randint
from time import monotonic
from typing import Any

import pytest

from parvis.kernel.config import Settings
from tests.conftest import databases

from .acts import Act, Chatting, Commenting
from .conftest import IS_FULL, Effort
from .exchange import house
from .oracle import verdict_on
from .servers import allowed

pytestmark = [pytest.mark.faults, pytest.mark.timeout(3600)]

SENDERS, READERS = 20, 20
BACK_WITHIN = 3.0
"""Seconds from the kill until something is acknowledged, beside those of the start."""


ALL = [(kind, dialect) for kind in (Commenting, Chatting) for dialect in databases()]


@pytest.mark.parametrize("kind, dialect", ALL if IS_FULL else [ALL[0], ALL[-1]], scope="session")
async def test_what_was_acknowledged_is_there_once_over_any_kill(
    settings: Settings, tmp_path: Path, kind: type[Act], dialect: str, effort: Effort
) -> None:
    sends, kills = effort(1_000, 10_000), effort(5, 50)
    said: dict[str, Any] = {"kind": kind, "fresh": effort.is_full}
    async with house(settings, tmp_path, senders=SENDERS, readers=READERS, **said) as (server, found):
        sending = asyncio.create_task(found.send(sends // SENDERS))
        cold, back = [], []
        for kill in range(kills):
            await found.ledger.reaches(sends * kill // kills + randint(1, sends // kills - SENDERS))
            await server.kill()
            killed_at, before = monotonic(), found.ledger.count
            cold.append(await server.start())
            await found.ledger.reaches(before + 1)
            back.append(monotonic() - killed_at)
        await sending
        await found.heard()
    slowest = max(after - start for after, start in zip(back, cold, strict=True))
    verdict_on(
        f"F1 kill -9, {kind.__name__.lower()}, {dialect}",
        settings.database_url,
        found,
        recovered=f"{slowest:.1f} s",
        besides=f"{kills} kills, after starts of {max(cold):.1f} s at most, {found.ledger.unanswered} unanswered",
    )
    assert slowest <= allowed(BACK_WITHIN)
