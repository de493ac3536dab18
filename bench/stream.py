"""Reading one member's stream of 300 topics in a log of a million facts, at its end and far behind it.

    make services; .venv/bin/python -m bench.stream

`BENCH_FACTS` (1,000,000) stand on 3,000 topics, of which the member reads every tenth. The limit of the same run is the
cheapest thing that a session can ask: `SELECT 1`. `ratio` is the one by the other.
"""

import asyncio
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import create_engine, insert, make_url, text

from parvis.kernel.db import Database
from parvis.kernel.events import LogEntry, Position
from parvis.kernel.migrations import migrate
from parvis.kernel.stream import Stream, Subscription, begin

FACTS = int(os.environ.get("BENCH_FACTS", "1000000"))
TOPICS, READ_ONE_IN, ROUNDS, BATCH = 3_000, 10, 60, 5_000
TYPE = "bench.told"


def fill(url: str) -> None:
    """As many transactions as batches, each with facts on many topics."""
    engine = create_engine(url)
    at = datetime.now(UTC)
    for start in range(0, FACTS, BATCH):
        rows = [
            {"topic": f"community:{number % TOPICS}", "type": TYPE, "data": {"id": number}, "actor_id": None, "at": at}
            for number in range(start, min(start + BATCH, FACTS))
        ]
        with engine.begin() as connection:
            connection.execute(insert(LogEntry.__table__), rows)  # type: ignore[arg-type]
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


async def measure(name: str, url: str) -> None:
    database = Database(url)
    await database.start()
    await begin(database)
    stream = Stream(database)
    read = [Subscription(f"community:{number}") for number in range(0, TOPICS, READ_ONE_IN)]
    limit = await timed(database, None, stream, read, 0)
    print(f"{name}: {FACTS:,} facts, {len(read)} topics of {TOPICS:,}; SELECT 1 {limit:.2f} ms")
    for behind in (0, 1_000, 50_000, 99_000, FACTS):
        took = await timed(database, await back(database, behind), stream, read, behind)
        print(f"  {behind:>9,} facts of the log behind: {took:6.2f} ms, ratio {took / limit:.1f}")
    await database.stop()


async def back(database: Database, facts: int) -> Position:
    """The place so many facts before the end."""
    query = text("SELECT xid, id FROM events ORDER BY xid DESC, id DESC LIMIT 1 OFFSET :facts")
    async with database.reading() as session:
        row = (await session.execute(query, {"facts": facts})).one_or_none()
    return Position(*row) if row else Position()


async def timed(
    database: Database, after: Position | None, stream: Stream, read: list[Subscription], behind: int
) -> float:
    """Milliseconds of the median round: where the log ends, and a page of what follows."""
    rounds = []
    for _ in range(ROUNDS):
        began = perf_counter()
        async with database.reading() as session:
            if after is None:
                await session.execute(text("SELECT 1"))
            else:
                extent = await stream.extent(session)
                portion = await stream.after(session, after, extent, read, [TYPE], 100)
                told = None if portion is None else len(portion.facts)
                expected = None if behind // READ_ONE_IN > 10_000 else min(behind // READ_ONE_IN, 100)
                assert told == expected, (told, expected)
        rounds.append(perf_counter() - began)
    return median(rounds) * 1000


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'parvis.db'}"
        migrate(url)
        fill(url)
        await measure("SQLite", url)
    server = os.environ.get("PARVIS_TEST_POSTGRES_URL")
    if server is None:
        return
    admin = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(admin, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS bench_stream WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE bench_stream"))
    url = admin.set(database="bench_stream").render_as_string(hide_password=False)
    migrate(url)
    fill(url)
    await measure("PostgreSQL", url)
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE bench_stream WITH (FORCE)"))


if __name__ == "__main__":
    asyncio.run(main())
