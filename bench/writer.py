"""The durable writer: posts acknowledged per second, against the same route without a store (L).

    make services; .venv/bin/python -m bench.writer

L is measured before and after each sample. A sample is only good when every acknowledged post is in the database
once and their numbers have no gap.
"""

import asyncio
import json
import os
import socket
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

from sqlalchemy import create_engine, insert, make_url, text

from bench.load import Result, cpu_seconds, post_for
from bench.writer_tables import ROOM, Guest, Room, Tables
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
SENDERS = (1, 8, 64)
DELAYS = (0.0, 0.002)


HEADER = (
    f"{'store':<12}{'delay ms':>9}{'senders':>9}{'L/s':>8}{'posts/s':>9}{'ratio':>7}"
    f"{'CPU, L':>8}{'p50 ms':>8}{'p99 ms':>8}  lost doubled gaps"
)


async def main() -> None:
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        for delay in DELAYS:
            await measure(f"sqlite:///{folder}/bench{delay}.db", delay)
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"])


async def with_postgresql(server: str) -> None:
    name = f"bench_{new_id().hex[-12:]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            await measure(make_url(server).set(database=name).render_as_string(hide_password=False), 0.0)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


async def measure(url: str, delay: float) -> None:
    prepare(url)
    environment = {**os.environ, "BENCH_DATABASE_URL": url, "BENCH_COMMIT_DELAY": str(delay)}
    port = free_port()
    command = [
        "-m",
        "uvicorn",
        "bench.writer_server:app",
        "--port",
        str(port),
        "--no-access-log",
        "--log-level",
        "warning",
    ]
    server = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
    try:
        await answering(port)
        for senders in SENDERS:
            await sample(url, delay, port, server.pid, senders)
    finally:
        server.terminate()
        await server.wait()


async def sample(url: str, delay: float, port: int, pid: int, senders: int) -> None:
    before, cpu_before = await timed(port, "/bare", pid, senders)
    kept, cpu_kept = await timed(port, "/kept", pid, senders)
    after, cpu_after = await timed(port, "/bare", pid, senders)
    limit = mean([before.per_second, after.per_second])
    limit_cpu = mean([cpu_before, cpu_after])
    lost, doubled, gaps = faults(url, kept)
    store = make_url(url).get_backend_name()
    print(
        f"{store:<12}{delay * 1000:>9.0f}{senders:>9}{limit:>8.0f}{kept.per_second:>9.0f}"
        f"{kept.per_second / limit:>7.2f}"
        f"{cpu_kept / limit_cpu:>8.1f}{kept.percentile(50) * 1000:>8.1f}{kept.percentile(99) * 1000:>8.1f}"
        f"  {lost} {doubled} {gaps}",
        flush=True,
    )
    if lost or doubled or gaps or kept.refused:
        raise SystemExit("an acknowledged post was not kept once and in order")


async def timed(port: int, path: str, pid: int, senders: int) -> tuple[Result, float]:
    """The result, and the server's CPU seconds per answered request."""
    before = cpu_seconds(pid)
    result = await post_for(port, path, senders, SECONDS, draft)
    return result, (cpu_seconds(pid) - before) / max(1, len(result.answered))


def draft(sender: int, number: int) -> bytes:
    text = "Retrouvé : mon carnet de terrain de L3. " * 4
    return json.dumps({"sender": sender, "client_id": new_id().hex, "body": f"{number} {text}"}).encode()


def faults(url: str, kept: Result) -> tuple[int, int, int]:
    """Lost and doubled posts, and gaps in the numbers, among all that the database holds."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows: list[Any] = list(connection.execute(text("SELECT client_id, number FROM bench_lines")))
    engine.dispose()
    held = [row.client_id for row in rows]
    acknowledged = {json.loads(answer)["client_id"] for answer in kept.answered}
    numbers = sorted(row.number for row in rows)
    gaps = sum(following != number + 1 for number, following in pairwise(numbers))
    return len(acknowledged - set(held)), len(held) - len(set(held)), gaps


def prepare(url: str) -> None:
    migrate(url, "0001")
    engine = create_engine(url)
    with engine.begin() as connection:
        tables = [table for name, table in Tables.metadata.tables.items() if name.startswith("bench_")]
        Tables.metadata.create_all(connection, tables)
        connection.execute(insert(Room).values(id=ROOM, last_number=0))
        connection.execute(insert(Guest), [{"room_id": ROOM, "sender": sender} for sender in range(max(SENDERS))])
    engine.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def answering(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return


if __name__ == "__main__":
    Path("var").mkdir(exist_ok=True)
    asyncio.run(main())
