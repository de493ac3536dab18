"""What was acknowledged survives `kill -9`, a copied file and a torn log (F1 and F2 of the writer)."""

import asyncio
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.faults.oracle import say

pytestmark = pytest.mark.faults

KILLS = 5
"""`make faults` runs fifty."""
COPIES = 40
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


async def test_f1_no_acknowledged_write_is_lost_or_doubled_by_kill_9(database_url: str, faults_factor: int) -> None:
    acknowledged: list[int] = []
    for kill in range(KILLS * faults_factor):
        first = kill * 1_000_000
        said = await acknowledge_until_killed(database_url, first, random.randint(*ACKNOWLEDGED_BEFORE_A_KILL))
        acknowledged += said
    rows = kept(database_url)
    lost = set(acknowledged) - set(rows)
    doubled = len(rows) - len(set(rows))
    say("F1 writer", kills=KILLS * faults_factor, acknowledged=len(acknowledged), lost=len(lost), doubled=doubled)
    assert (len(lost), doubled) == (0, 0)
    assert len(acknowledged) >= KILLS * ACKNOWLEDGED_BEFORE_A_KILL[0]


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_f2_a_copy_at_any_instant_and_a_log_cut_anywhere_open_at_a_committed_prefix(
    database_url: str, tmp_path: Path, faults_factor: int
) -> None:
    source = Path(database_url.removeprefix("sqlite:///"))
    keeper = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.keeper", database_url, "0", stdout=asyncio.subprocess.PIPE
    )
    assert keeper.stdout is not None
    copies = COPIES * faults_factor
    acknowledged: set[int] = set()
    for copy in range(copies):
        for _ in range(10):
            acknowledged.add(int(await keeper.stdout.readline()))
        here = tmp_path / f"copy{copy}" / "parvis.db"
        keeper.send_signal(signal.SIGSTOP)  # An instant, as a power cut would see it.
        await asyncio.to_thread(copy_with_log, source, here)
        keeper.send_signal(signal.SIGCONT)
        torn = copy % 2 == 1
        if torn:
            cut_log(here)
        names = kept(f"sqlite:///{here}")
        assert len(names) == len(set(names))
        assert torn or acknowledged <= set(names)
    keeper.kill()
    await keeper.communicate()
    say("F2 copies", copies=copies, opened_clean=copies, acknowledged=len(acknowledged), lost=0)


def copy_with_log(source: Path, target: Path) -> None:
    target.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copy(source.with_name(source.name + end), target.with_name(target.name + end))


def cut_log(database: Path) -> None:
    log = database.with_name(database.name + "-wal")
    with log.open("r+b") as file:
        file.truncate(random.randint(0, log.stat().st_size))
