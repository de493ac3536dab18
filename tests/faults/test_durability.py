"""F1 of the writer alone: what it acknowledged survives `kill -9`, at far more kills a minute than a server's."""

import asyncio
import random
import sys

import pytest
from sqlalchemy import create_engine, text

from .conftest import Effort
from .oracle import Row, say

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

ACKNOWLEDGED_BEFORE_A_KILL = (20, 400)


async def acknowledge_until_killed(url: str, first: int, at_least: int) -> list[int]:
    """Starts a keeper, kills it (SIGKILL) once it has acknowledged so many, and returns what it acknowledged."""
    keeper = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.keeper", url, str(first), stdout=asyncio.subprocess.PIPE
    )
    assert keeper.stdout is not None
    said: list[int] = []
    async for line in keeper.stdout:
        if line.endswith(b"\n"):
            said.append(int(line))
        if len(said) == at_least:
            keeper.kill()
    await keeper.wait()
    return said


def kept(url: str) -> list[int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [int(row.name) for row in connection.execute(text("SELECT name FROM listeners"))]
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    engine.dispose()
    return rows


async def test_no_acknowledged_write_is_lost_or_doubled_by_kill_9(
    database_url: str, dialect: str, effort: Effort
) -> None:
    kills = effort(5, 50)
    acknowledged: list[int] = []
    for kill in range(kills):
        first = kill * 1_000_000
        acknowledged += await acknowledge_until_killed(database_url, first, random.randint(*ACKNOWLEDGED_BEFORE_A_KILL))
    rows = kept(database_url)
    lost = set(acknowledged) - set(rows)
    doubled = len(rows) - len(set(rows))
    counts = (len(rows), len(acknowledged), len(lost), doubled)
    say(Row(f"F1 writer alone, {dialect}", *counts, besides=f"{kills} kills"))
    assert (len(lost), doubled) == (0, 0)
    assert len(acknowledged) >= kills * ACKNOWLEDGED_BEFORE_A_KILL[0]
