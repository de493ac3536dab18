"""The directory among many people: a page, page 1,000, words, and facets; beside the same SQL on the bare driver.

    make services; .venv/bin/python -m bench.directory

`BENCH_PEOPLE` (100,000) are made first, which takes minutes. `BENCH_KEPT` names a folder that keeps the SQLite file for
the next run; the PostgreSQL server then keeps its database too. Everything runs on one core: a request goes through the
whole application, in one process with the one who asks, and PostgreSQL shares no query among processes. `CPU` is what a
request cost this process and those of PostgreSQL, from the system's accounts: it holds on a busy machine too. `bare` is
the same statements on the bare driver, in the same run, and `ratio` the CPU of the one by that of the other.
"""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import httpx
import psycopg
from sqlalchemy import create_engine, event, make_url, select, text

from bench.directory_people import fill
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.app import create_app
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.garbage import settle
from parvis.kernel.ids import new_id
from parvis.kernel.logging import configure_logging
from parvis.kernel.migrations import migrate
from parvis.kernel.pagination import encode_cursor
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory.models import DirectoryPerson

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "40"))
BARE_ROUNDS = 5
PAGE = 24
LIST, FACETS = "/api/v1/directory", "/api/v1/directory/facets"
ASKED: dict[str, tuple[str, dict[str, Any]]] = {
    "page 1": (LIST, {}),
    "page 1,000": (LIST, {"cursor": "deep"}),
    "students": (LIST, {"public": "student"}),
    "students in the largest city": (LIST, {"public": "student", "city": "valorne"}),
    "who offers mentoring": (LIST, {"mentoring": "true"}),
    "a name": (LIST, {"q": "name"}),
    "the largest city, as a word": (LIST, {"q": "valorne"}),
    "facets of all": (FACETS, {}),
    "facets of students": (FACETS, {"public": "student"}),
    "facets of the largest city": (FACETS, {"city": "valorne"}),
    "facets of who offers mentoring": (FACETS, {"mentoring": "true"}),
    "facets of a name": (FACETS, {"q": "name"}),
}
COLUMNS = ("p50 ms", "p95 ms", "CPU ms", "bare ms", "bare CPU", "ratio")
HEADER = f"{'store':<12}{'asked for':<32}{'found':>8}" + "".join(f"{column:>9}" for column in COLUMNS)


async def main() -> None:
    os.sched_setaffinity(0, {0})
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(os.environ.get("BENCH_KEPT", folder)) / "directory.db"
        await measure(f"sqlite:///{kept}")
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"])


async def with_postgresql(server: str) -> None:
    is_kept = "BENCH_KEPT" in os.environ
    name = "bench_directory" if is_kept else f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        there = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if there is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
            # One core: no query is shared among processes.
            connection.execute(text(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0"))
        try:
            await measure(make_url(server).set(database=name).render_as_string(hide_password=False))
        finally:
            if not is_kept:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(url: str) -> None:
    migrate(url)
    async with serving(url) as (parvis, client):
        await filled(parvis.database)
        reader, name, deep = await somebody(parvis.database)
        _, cookie = await parvis.database.write(
            open_session, reader, methods=["pwd"], device=Device("Bench/1.0", "203.0.113.7")
        )
        client.cookies.set(COOKIE, cookie)
        for what, (path, query) in ASKED.items():
            real = {"deep": deep, "name": name}
            params = {key: real.get(value, value) for key, value in query.items()}
            if path == LIST:
                params["limit"] = PAGE
            await sample(parvis.database, what, lambda p=path, q=params: client.get(p, params=q))


@asynccontextmanager
async def serving(
    url: str, data_dir: Path | None = None, *, worker: bool = False
) -> AsyncIterator[tuple[Parvis, httpx.AsyncClient]]:
    """The whole application, asked in this process. `data_dir`: where its files are, if it has any yet; `worker`: with
    its work in the background."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=data_dir or Path(folder),
            database_url=url,
            public_url="https://bench",
            secret_key="-" * 32,
            embedded_worker=worker,
            smtp_url="smtp://localhost:25",
            log_level="error",
        )
        configure_logging(settings)
        app = create_app(settings)
        settle()  # As the server does.
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="https://bench") as client,
        ):
            yield app.state.parvis, client


async def filled(database: Database) -> None:
    async with database.reading() as session:
        there = await session.scalar(select(Member.id).limit(1))
    if there is None:
        await fill(database.write, PEOPLE)
        if database.dialect == "postgresql":
            async with database.engine.connect() as connection:
                await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("VACUUM ANALYZE"))


async def somebody(database: Database) -> tuple[Member, str, str]:
    """A student who looks, a name to look for, and the cursor of page 1,000."""
    async with database.reading() as session:
        students = select(Member).join(Affiliation, Affiliation.member_id == Member.id)
        reader = (await session.scalars(students.where(Affiliation.kind == "student").limit(1))).one()
        order = (DirectoryPerson.sort_name, DirectoryPerson.number)
        before = select(*order).order_by(*order).offset(min(999 * PAGE, PEOPLE // 2)).limit(1)
        row = (await session.execute(before)).one()
    return reader, reader.name.split()[-1], encode_cursor((0, *row))


async def sample(database: Database, what: str, ask: Callable[[], Awaitable[httpx.Response]]) -> None:
    reply = await ask()
    assert reply.status_code == 200, reply.text
    body = reply.json()
    found = body.get("people", len(body.get("items", ())))
    said = await statements(database, ask)
    servers = await backends(database)
    began, took = cpu_time(servers), []
    for _ in range(ROUNDS):
        start = perf_counter()
        await ask()
        took.append(perf_counter() - start)
    cpu = (cpu_time(servers) - began) / ROUNDS
    took.sort()
    p50, p95 = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.95))
    bare, bare_cpu = bare_time(database.url, said)
    figures = "".join(f"{figure:>9.1f}" for figure in (p50, p95, cpu, bare, bare_cpu, cpu / bare_cpu))
    print(f"{database.dialect:<12}{what:<32}{found:>8}{figures}", flush=True)


async def statements(database: Database, ask: Callable[[], Awaitable[httpx.Response]]) -> Sequence[tuple[str, Any]]:
    """What the request reads by, as the driver gets it."""
    said: list[tuple[str, Any]] = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        said.append((statement, parameters))

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", hear)
    await ask()
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", hear)
    return [(statement, parameters) for statement, parameters in said if statement.startswith(("SELECT", "WITH"))]


def bare_time(url: str, said: Sequence[tuple[str, Any]]) -> tuple[float, float]:
    """Milliseconds of these statements on the bare driver, fetched and thrown away: on the clock, and of CPU."""
    connection = _bare(url)
    try:
        servers = [connection.info.backend_pid] if make_url(url).get_backend_name() == "postgresql" else []
        began, times = cpu_time(servers), []
        for _ in range(BARE_ROUNDS):
            start = perf_counter()
            for statement, parameters in said:
                connection.execute(statement, parameters).fetchall()
            times.append(perf_counter() - start)
        return sorted(times)[BARE_ROUNDS // 2] * 1000, (cpu_time(servers) - began) / BARE_ROUNDS
    finally:
        connection.close()


async def backends(database: Database) -> Sequence[int]:
    """The processes of PostgreSQL that answer this one."""
    if database.dialect == "sqlite":
        return []
    async with database.engine.connect() as connection:
        mine = text(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type LIKE 'client%'"
        )
        return list(await connection.scalars(mine))


def cpu_time(servers: Sequence[int]) -> float:
    """Milliseconds that this process has computed, and these."""
    of_servers = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in servers)
    return process_time() * 1000 + of_servers / 1_000_000


def _bare(url: str) -> Any:
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        connection = sqlite3.connect(parts.database or "")
        connection.execute("PRAGMA cache_size=-32768")
        return connection
    return psycopg.connect(parts.set(drivername="postgresql").render_as_string(hide_password=False))


if __name__ == "__main__":
    asyncio.run(main())
