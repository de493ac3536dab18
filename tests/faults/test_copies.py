"""F2: SQLite's files are copied at any instant, and their log cut anywhere, while the server writes.

What is opened then is whole, and holds all that was committed up to some moment and nothing that was not.
"""

import asyncio
import random
import shutil
import signal
import struct
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.db.engine import writing_engine

from .acts import Act
from .conftest import Effort
from .exchange import house
from .oracle import check, opened, told, verdict_on

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]

SENDERS = 8
BETWEEN = 6
"""At most so many more are acknowledged from one copy to the next."""


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_copy_at_any_instant_and_a_log_cut_anywhere_open_at_a_committed_prefix(
    settings: Settings, tmp_path: Path, effort: Effort
) -> None:
    copies = effort(40, 400)
    prefixes: list[list[str]] = []
    async with house(settings, tmp_path, senders=SENDERS, readers=2) as (server, found):
        sending = asyncio.create_task(found.send(copies * BETWEEN // SENDERS))
        for number in range(copies):
            await found.ledger.reaches(found.ledger.count + random.randint(0, BETWEEN - 1))
            here = tmp_path / f"copy{number}" / "parvis.db"
            acknowledged = set(found.ledger.acknowledged.values())
            source = Path(settings.database_url.removeprefix("sqlite:///"))
            await server.freeze()  # An instant, as a power cut would see it.
            kept = kept_of_log(source)
            await asyncio.to_thread(copy_with_log, source, here)
            server.send(signal.SIGCONT)
            is_cut = number % 2 == 1
            if is_cut:
                cut_log(here, kept)
            prefixes.append(await asyncio.to_thread(read, here, found.act))
            assert is_cut or acknowledged <= set(prefixes[-1])
            shutil.rmtree(here.parent)
        await sending
        await found.heard()
        with opened(settings.database_url) as connection:
            whole = told(connection, found.act)
    assert [prefix for prefix in prefixes if prefix != whole[: len(prefix)]] == []
    assert len(set(map(len, prefixes))) > copies // 10, "copies were taken while something was written"
    verdict_on("F2 copies", settings.database_url, found, besides=f"{copies} of {copies} opened whole, half cut")


def copy_with_log(source: Path, target: Path) -> None:
    target.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copy(source.with_name(source.name + end), target.with_name(target.name + end))


def cut_log(database: Path, kept: int) -> None:
    """`kept`: bytes of its log that no power cut takes."""
    log = database.with_name(database.name + "-wal")
    with log.open("r+b") as file:
        file.truncate(random.randint(min(kept, log.stat().st_size), log.stat().st_size))


def kept_of_log(database: Path) -> int:
    """Bytes of the log that are on the disk for certain: SQLite waits for them before it writes what they hold into the
    database, where pages of a later moment then stand beside those that the log would take back to an earlier one.

    How far it has come with that stands in the index of the log, in the machine's byte order
    (https://sqlite.org/walformat.html: mxFrame and the page's size, then nBackfill and nBackfillAttempted).
    """
    index = database.with_name(database.name + "-shm").read_bytes()[:136]
    (page,) = struct.unpack_from("=H", index, 14)
    done, attempted = struct.unpack_from("=I", index, 96)[0], struct.unpack_from("=I", index, 128)[0]
    frames = max(done, attempted)
    return 32 + frames * (24 + (65_536 if page == 1 else page)) if frames else 0


def read(database: Path, act: Act) -> list[str]:
    """What it holds, as its log tells it, which is what is kept. Fails unless it is whole."""
    with opened(f"sqlite:///{database}") as connection:
        check(connection, act)
        entries = told(connection, act)
        kept = [identity for identities in act.kept(connection).values() for identity in identities]
    assert sorted(kept) == sorted(entries)
    return entries


@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
async def test_a_server_that_would_not_wait_for_the_disk_does_not_start(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`synchronous=FULL` is what the promise stands on."""
    database = Database(database_url)
    await database.start()
    await database.stop()
    monkeypatch.setattr("parvis.kernel.db.database.writing_engine", careless)
    with pytest.raises(RuntimeError, match="synchronous=FULL"):
        await Database(database_url).start()


def careless(url: str) -> Engine:
    engine = writing_engine(url)

    @event.listens_for(engine, "connect")
    def forget_to_wait(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine
