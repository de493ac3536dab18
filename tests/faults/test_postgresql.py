"""F4: PostgreSQL's backends are ended, it is stopped and started, and its synchronous standby takes over, while people
send. They are told to come back, and nothing that was acknowledged is lost."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic

import pytest

from parvis.kernel.config import Settings

from .acts import Chatting
from .conftest import IS_FULL, Effort, needs_postgresql
from .exchange import Exchange, exchange
from .oracle import verdict_on
from .people import arrive
from .postgresql import Cluster, clusters, either
from .servers import allowed, serving

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SENDERS, READERS = 6, 4
BACK_WITHIN = 3.0
"""Seconds from when PostgreSQL takes writes again until something is acknowledged: who was told to come back does so
within two."""
OF_EACH = 4
"""Sent by each before and while something breaks."""


async def cut(pair: list[Cluster]) -> None:
    assert await pair[0].cut() > 0


async def stop_and_start(pair: list[Cluster]) -> None:
    await pair[0].stop()
    await pair[0].start()


async def kill_and_promote(pair: list[Cluster]) -> None:
    """The first dies, the second takes over; a new one follows it."""
    await pair[0].stop(signal.SIGKILL)
    await pair[1].promote()
    pair.reverse()


async def follow(pair: list[Cluster]) -> None:
    """A copy of the first follows it, and from then on holds whatever is acknowledged."""
    first, second = pair
    await second.copy_of(first.here, follows=True)
    await second.start()
    await first.wait_for_standby()


Break = Callable[[list[Cluster]], Awaitable[None]]
WAYS: dict[str, Break] = {"cut": cut, "stopped": stop_and_start, "switched": kill_and_promote}
TOGETHER = [["cut"], ["stopped"], ["switched"]] if IS_FULL else [["cut", "stopped"]]


@needs_postgresql
@pytest.mark.parametrize("ways", TOGETHER, ids=" and ".join)
async def test_whoever_is_told_to_come_back_loses_nothing(
    settings: Settings, tmp_path: Path, ways: list[str], effort: Effort
) -> None:
    times = effort(1, 10)
    is_switched = "switched" in ways
    async with clusters(settings.database_url, 2 if is_switched else 1) as pair:
        house = settings.model_copy(update={"database_url": either(pair)})
        people = await arrive(house, 1 + SENDERS + READERS)
        async with (
            serving(house, tmp_path) as server,
            exchange(people, server.url, senders=SENDERS, kind=Chatting) as found,
        ):
            back = []
            for _ in range(times):
                if is_switched:
                    await follow(pair)
                back += [await broken(found, WAYS[way], pair) for way in ways]
            await found.heard()
            verdict_on(
                f"F4 PostgreSQL {' and '.join(ways)}",
                pair[0].here.render_as_string(hide_password=False),
                found,
                recovered=f"{max(back):.1f} s",
                besides=f"{len(back)} times, {found.ledger.turned_away} told to come back",
            )
    assert max(back) <= allowed(BACK_WITHIN)
    assert found.ledger.late == found.ledger.refused == 0
    if not is_switched:  # A line that nothing was asked on while the next standby was made may be closed by then.
        assert found.ledger.unanswered == 0
    assert found.troubles == []


async def broken(found: Exchange, way: Break, pair: list[Cluster]) -> float:
    """Breaks it while all send. Returns how many seconds later something was acknowledged again."""
    sending = asyncio.create_task(found.send(2 * OF_EACH))
    await found.ledger.reaches(found.ledger.count + OF_EACH * SENDERS // 2)
    await way(pair)
    whole_at, before = monotonic(), found.ledger.count
    await found.ledger.reaches(before + 1)
    back = monotonic() - whole_at
    await sending
    return back
