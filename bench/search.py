"""Search among a million things by a member of 300 communities: how long it takes, and how soon new things are found.

    make services; .venv/bin/python -m bench.search --entries 1000000

The queries are the judged ones and the fifty commonest words that are looked for. `BENCH_KEPT` names a folder that
keeps the SQLite file, and then the PostgreSQL server keeps its database. Everything runs on one core, in one process
with the one who asks. `CPU` is what a request cost this process and those of PostgreSQL; `bare` is the least that could
find anything: the newest 5,000 entries that have the words, by the bare driver, seen by whom they may be or not.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import create_engine, func, make_url, select, text

from bench.directory import _bare, backends, cpu_time, serving
from bench.directory_people import fill as fill_people
from bench.judging import judged
from bench.search_words import COMMON
from bench.search_world import fill
from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Affiliation, Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.circles.models import Membership
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.analysis import terms_of
from parvis.kernel.db import Database
from parvis.kernel.entries import Entry
from parvis.kernel.ids import new_id
from parvis.kernel.limits.limiter import Bucket, Limiter, Verdict
from parvis.kernel.migrations import migrate
from parvis.kernel.runtime import Parvis
from parvis.profiles.directory.index import reindex
from parvis.search.rebuilding import enqueue_rebuild

READER = "Inès Benali"
PEOPLE_SHARE = 50
"""One entry in so many is of somebody."""
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "2"))
WRITES = int(os.environ.get("BENCH_WRITES", "20"))
REBUILDING = float(os.environ.get("BENCH_REBUILDING", "20"))
"""Seconds for which queries are asked while all is written again."""
SEARCH, SUGGEST = "/api/v1/search", "/api/v1/search/suggestions"
NEWEST = 5_000
COLUMNS = ("p50 ms", "p95 ms", "p99 ms", "CPU p50", "CPU p95", "CPU mean", "limited")
HEADER = f"{'store':<12}{'asked for':<32}{'requests':>9}" + "".join(f"{column:>10}" for column in COLUMNS)
Ask = Callable[[], Awaitable[httpx.Response]]


async def main(entries: int) -> None:
    Limiter.hit = unlimited  # type: ignore[method-assign]
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(os.environ.get("BENCH_KEPT", folder)) / f"search-{entries}.db"
        await measure(f"sqlite:///{kept}", entries)
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"], entries)


async def with_postgresql(server: str, entries: int) -> None:
    is_kept = "BENCH_KEPT" in os.environ
    name = f"bench_search_{entries}" if is_kept else f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}) is None:
            connection.execute(text(f"CREATE DATABASE {name}"))
            # One core: no query is shared among processes.
            connection.execute(text(f"ALTER DATABASE {name} SET max_parallel_workers_per_gather = 0"))
        try:
            await measure(make_url(server).set(database=name).render_as_string(hide_password=False), entries)
        finally:
            if not is_kept:
                connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(url: str, entries: int) -> None:
    migrate(url)
    async with serving(url) as (parvis, client):
        began = perf_counter()
        reader = await world(parvis, url, entries)
        await sign_in(parvis, client, reader)
        count = await _counted(parvis.database)
        print(
            f"\n{parvis.database.dialect}: {count:,} entries, made in {perf_counter() - began:.0f} s\n{HEADER}",
            flush=True,
        )
        queries = [query.q for query in judged()]
        of = parvis.database
        await sample(of, "judged queries", [_asking(client, SEARCH, q=q) for q in queries])
        await sample(of, "the commonest words", [_asking(client, SEARCH, q=word) for word in COMMON])
        await sample(of, "all of these", [_asking(client, SEARCH, q=q) for q in (*queries, *COMMON)])
        typed = list(_typed([*queries, *COMMON]))
        await sample(of, "suggestions", [_asking(client, SUGGEST, q=q) for q in typed])
        bare(of, "bare: judged queries", queries)
        bare(of, "bare: the commonest words", COMMON)
    async with serving(url, worker=True) as (parvis, client):
        await sign_in(parvis, client, reader)
        await findable(parvis, client, reader)
        await rebuilding(parvis, [_asking(client, SEARCH, q=q) for q in (*queries, *COMMON)])


async def unlimited(_self: Limiter, bucket: Bucket, *_who: str) -> Verdict:
    """One reader asks as much as many do."""
    return Verdict(bucket, allowed=True, remaining=1, reset=0)


async def world(parvis: Parvis, url: str, entries: int) -> Member:
    async with parvis.database.reading() as session:
        known = (await session.scalars(select(Member).where(Member.name == READER))).one_or_none()
    if known is not None:
        return known
    await fill_people(parvis.database.write, entries // PEOPLE_SHARE)
    reader = await parvis.database.write(_enter)
    async with parvis.database.reading() as session:
        people = list(await session.scalars(select(Member.id)))
    there = await _counted(parvis.database)
    await asyncio.to_thread(fill, url, reader.id, people, max(0, entries - there))
    return reader


async def _enter(session: Any) -> Member:
    reader = Member(name=READER, sort_name="benali ines", language="fr", activated_at=clock.now())
    session.add(reader)
    await session.flush()
    since = clock.now().date()
    session.add(Affiliation(member_id=reader.id, kind="student", source="institution", starts_on=since))
    await session.flush()
    await reindex(session, [reader.id])
    return reader


async def sign_in(parvis: Parvis, client: httpx.AsyncClient, reader: Member) -> None:
    device = Device("Bench/1.0", "203.0.113.7")
    _, cookie = await parvis.database.write(open_session, reader, methods=["pwd"], device=device)
    client.cookies.set(COOKIE, cookie)
    actor = await parvis.part(Actors).by_cookie(cookie)
    assert actor is not None
    client.headers["x-csrf-token"] = parvis.part(Actors).csrf_token(actor)


async def _counted(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Entry)) or 0


def _asking(client: httpx.AsyncClient, path: str, **query: str) -> Ask:
    return lambda: client.get(path, params=query)


def _typed(queries: Iterable[str]) -> Iterable[str]:
    """What stands in the box while these are typed: some of it."""
    for query in queries:
        yield from dict.fromkeys((query[:2], query[:4], query[: len(query) // 2 + 1], query))


async def sample(database: Database, what: str, asks: Sequence[Ask]) -> None:
    """Each is asked once before, so that what is measured is a server that has been running."""
    servers = await backends(database)
    for ask in asks[:: max(1, len(asks) // 40)]:
        await ask()
    took, cost, limited = [], [], 0
    for ask in [*asks] * ROUNDS:
        began, start = cpu_time(servers), perf_counter()
        reply = await ask()
        took.append((perf_counter() - start) * 1000)
        cost.append(cpu_time(servers) - began)
        assert reply.status_code == 200, reply.text
        limited += bool(reply.json().get("is_limited"))
    _tell(database.dialect, what, took, cost, f"{limited / len(took):.0%}")


def _tell(store: str, what: str, took: list[float], cost: list[float], last: str = "") -> None:
    figures = [*(_share(took, share) for share in (0.5, 0.95, 0.99)), *(_share(cost, share) for share in (0.5, 0.95))]
    figures.append(sum(cost) / len(cost))
    print(
        f"{store:<12}{what:<32}{len(took):>9}" + "".join(f"{figure:>10.1f}" for figure in figures) + f"{last:>10}",
        flush=True,
    )


def _share(figures: Sequence[float], share: float) -> float:
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * share))]


def bare(database: Database, what: str, queries: Sequence[str]) -> None:
    connection = _bare(database.url)
    is_server = database.dialect == "postgresql"
    servers = [connection.info.backend_pid] if is_server else []
    statement = (
        f"SELECT entry_id FROM entry_tokens WHERE tokens @@ %s::tsquery ORDER BY entry_id DESC LIMIT {NEWEST}"
        if is_server
        else f"SELECT rowid FROM entry_tokens WHERE entry_tokens MATCH ? ORDER BY rowid DESC LIMIT {NEWEST}"
    )
    took, cost = [], []
    for query in [*queries] * ROUNDS:
        began, start = cpu_time(servers), perf_counter()
        connection.execute(statement, (_written(query, is_server=is_server),)).fetchall()
        took.append((perf_counter() - start) * 1000)
        cost.append(cpu_time(servers) - began)
    connection.close()
    _tell(database.dialect, what, took, cost)


def _written(query: str, *, is_server: bool) -> str:
    """All words of a query, in the database's own way."""
    either, both, quote = (" | ", " & ", "'") if is_server else (" OR ", " AND ", '"')
    terms = ([f"{quote}{token}{quote}" for token in term.tokens] for term in terms_of(query))
    return both.join(f"({either.join(tokens)})" for tokens in terms)


async def findable(parvis: Parvis, client: httpx.AsyncClient, reader: Member) -> None:
    """From the answer to a write until it is found, by who wrote it."""
    community_id = await _own_community(parvis.database, reader)
    took = []
    for _ in range(WRITES):
        word = f"zq{''.join(chr(97 + int(digit, 16)) for digit in uuid4().hex[:12])}"
        reply = await client.post(f"/api/v1/communities/{community_id}/posts", json={"body": f"Voici {word}."})
        assert reply.status_code == 201, reply.text
        start = perf_counter()
        while not (await client.get(SEARCH, params={"q": word})).json()["items"]:
            pass
        took.append(perf_counter() - start)
    print(
        f"{parvis.database.dialect:<12}found after a write: p50 {_share(took, 0.5):.2f} s, at most {max(took):.2f} s",
        flush=True,
    )


async def _own_community(database: Database, reader: Member) -> UUID:
    async with database.reading() as session:
        mine = select(Community.id).join(Membership, Membership.circle_id == Community.circle_id)
        return (await session.scalars(mine.where(Membership.member_id == reader.id).limit(1))).one()


async def rebuilding(parvis: Parvis, asks: Sequence[Ask]) -> None:
    """What is asked while all entries are written again, in the same process."""
    await parvis.database.write(enqueue_rebuild)
    took: list[float] = []
    until = perf_counter() + REBUILDING
    for ask in [*asks] * 1000:
        if perf_counter() > until:
            break
        start = perf_counter()
        assert (await ask()).status_code == 200
        took.append((perf_counter() - start) * 1000)
    p50, p95, p99 = (_share(took, share) for share in (0.5, 0.95, 0.99))
    told = f"{len(took)} requests, p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f} ms"
    print(f"{parvis.database.dialect:<12}while all is written again: {told}", flush=True)


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--entries", type=int, default=int(os.environ.get("BENCH_ENTRIES", "100000")))
    asyncio.run(main(options.parse_args().entries))
