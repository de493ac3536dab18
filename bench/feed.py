"""The home feed of a member of 300 communities, in a network of 10,000 posts and in one of a million.

    make services; .venv/bin/python -m bench.feed

`BENCH_POSTS` are the sizes ("10000,1000000"); `BENCH_KEPT` names a folder that keeps the SQLite files, and then the
PostgreSQL server keeps its databases. The limit of the same run is a bare FastAPI route that runs the same statements
on the driver itself and writes the rows with orjson, asked in the same way; `ratio` is Parvis's requests per second by
those of the bare route. What the other columns say is in `bench.directory`. Everything runs on one core.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import FastAPI, Response
from sqlalchemy import create_engine, make_url, select, text
from starlette.types import ASGIApp, Message

from bench.directory import _bare, backends, cpu_time, serving, statements
from bench.directory_people import ORGANISATION
from bench.feed_world import fill
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Affiliation, Member, Organisation
from parvis.accounts.service.sessions import Device, open_session
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate

SIZES = [int(size) for size in os.environ.get("BENCH_POSTS", "10000,1000000").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "100"))
PAGE, DEEP = 20, 50
FEED = "/api/v1/feed"
HEADER = f"{'store':<12}{'posts':>10}  {'asked for':<20}" + "".join(
    f"{column:>9}" for column in ("p50 ms", "p95 ms", "CPU ms", "bare p50", "bare CPU", "ratio", "CPU ratio")
)
Ask = Callable[[], Awaitable[bytes]]


async def main() -> None:
    os.sched_setaffinity(0, {0})
    print(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        for posts in SIZES:
            kept = Path(os.environ.get("BENCH_KEPT", folder)) / f"feed-{posts}.db"
            await measure(f"sqlite:///{kept}", posts)
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            for posts in SIZES:
                await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"], posts)


async def with_postgresql(server: str, posts: int) -> None:
    is_kept = "BENCH_KEPT" in os.environ
    name = f"bench_feed_{posts}" if is_kept else f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
            # One core: no query is shared among processes.
            connection.execute(text(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0"))
        try:
            await measure(make_url(server).set(database=name).render_as_string(hide_password=False), posts)
        finally:
            if not is_kept:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(url: str, posts: int) -> None:
    migrate(url)
    async with serving(url) as (parvis, client):
        reader = await somebody(parvis.database)
        if reader is None:
            reader = await parvis.database.write(begin)
            fill(url, reader.id, posts)
        _, cookie = await parvis.database.write(
            open_session, reader, methods=["pwd"], device=Device("Bench/1.0", "203.0.113.7")
        )
        app: ASGIApp = vars(client)["_transport"].app
        for order in ("relevant", "recent"):
            asked = {"order": order, "limit": str(PAGE)}
            await sample(parvis.database, posts, f"{order}, page 1", asking(app, cookie, asked))
            for _ in range(DEEP - 1):
                asked["cursor"] = orjson.loads(await asking(app, cookie, asked)())["next"]
            await sample(parvis.database, posts, f"{order}, page {DEEP}", asking(app, cookie, asked))


async def somebody(database: Database) -> Member | None:
    async with database.reading() as session:
        return (await session.scalars(select(Member).where(Member.name == "Inès Benali"))).one_or_none()


async def begin(session: Any) -> Member:
    session.add(Organisation(name="U", short_name="U", languages=["fr"], domains={}, **ORGANISATION))
    reader = Member(name="Inès Benali", sort_name="benali ines", language="fr", activated_at=clock.now())
    session.add(reader)
    await session.flush()
    since = clock.now().date()
    session.add(Affiliation(member_id=reader.id, kind="student", source="institution", starts_on=since))
    await session.flush()
    return reader


def asking(app: ASGIApp, cookie: str, query: dict[str, str]) -> Ask:
    """Asks an application for a page, without a client between."""
    headers = [(b"host", b"bench"), (b"cookie", f"{COOKIE}={cookie}".encode()), (b"accept-language", b"fr")]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "https"}
    scope |= {"path": FEED, "raw_path": FEED.encode(), "query_string": urlencode(query).encode(), "root_path": ""}
    scope |= {"client": ("203.0.113.7", 4711), "server": ("bench", 443)}

    async def ask() -> bytes:
        body: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                assert message["status"] == 200, message
            body.append(message.get("body", b""))

        await app({**scope, "headers": list(headers), "state": {}}, receive, send)
        return b"".join(body)

    return ask


def bare_app(url: str, said: Sequence[tuple[str, Any]]) -> FastAPI:
    """The least that could answer: these statements, one after the other, and their rows."""
    app, connection = FastAPI(), _bare(url)

    @app.get(FEED)
    async def feed() -> Response:
        rows = [connection.execute(statement, parameters).fetchall() for statement, parameters in said]
        return Response(orjson.dumps([[*map(list, one)] for one in rows], default=str), media_type="application/json")

    app.state.connection = connection
    return app


async def sample(database: Database, posts: int, what: str, ask: Ask) -> None:
    page = orjson.loads(await ask())
    assert len(page["items"]) == PAGE, len(page["items"])
    said = await statements(database, ask)
    p50, p95, cpu, mean = await timed(ask, await backends(database))
    bare = bare_app(database.url, said)
    servers = [bare.state.connection.info.backend_pid] if database.dialect == "postgresql" else []
    bare_p50, _, bare_cpu, bare_mean = await timed(asking(bare, "", {}), servers)
    bare.state.connection.close()
    ratios = (bare_mean / mean, bare_cpu / cpu)
    figures = "".join(f"{figure:>9.2f}" for figure in (p50, p95, cpu, bare_p50, bare_cpu, *ratios))
    print(f"{database.dialect:<12}{posts:>10,}  {what:<20}{figures}   {len(said)} statements", flush=True)


async def timed(ask: Ask, servers: Sequence[int]) -> tuple[float, float, float, float]:
    """Milliseconds: half of the requests within, 95 of a hundred within; of CPU, and on average, each."""
    for _ in range(10):
        await ask()
    began, took = cpu_time(servers), []
    for _ in range(ROUNDS):
        start = perf_counter()
        await ask()
        took.append((perf_counter() - start) * 1000)
    cpu = (cpu_time(servers) - began) / ROUNDS
    took.sort()
    return took[len(took) // 2], took[int(len(took) * 0.95)], cpu, sum(took) / len(took)


if __name__ == "__main__":
    asyncio.run(main())
