"""What each thing that people do costs: CPU, statements, bytes; and of those that read, what the bare route takes.

    .venv/bin/python -m bench.actions
    .venv/bin/python scripts/services run -- .venv/bin/python -m bench.actions --served

Of universities of `--people` ("1000,10000"), as `bench.active_world` makes and `BENCH_KEPT` keeps them. What is
asked are the requests of `bench.active_client`, of one member, each ten times over with other things. The limit of
the same run is a bare FastAPI route that runs the same statements on the driver itself and writes the rows with orjson,
asked in the same way; `ratio` is its CPU by Parvis's (aim: 0.5). Everything runs on one core, within one process:
nothing of what a socket or a client costs is in it. With `--only NAME`, that alone, over and over, for a profiler.
"""

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from sqlalchemy import event
from starlette.types import ASGIApp, Message

from bench.active_client import ACTS, Browser, Member, Seen, csrf_tokens, message
from bench.active_client import Request as Asked
from bench.active_users import SECRET, database
from bench.active_world import cookie_of, known
from bench.directory import _bare, backends, cpu_time, serving
from bench.limits import never_refuse
from parvis.accounts.auth import COOKIE
from parvis.kernel.db import Database

WHO = 7
DIFFERENT = 10
HEADER = f"{'store':<12}{'people':>8}  {'what':<20}" + "".join(
    f"{column:>9}" for column in ("CPU ms", "p50 ms", "queries", "kB", "bare CPU", "ratio")
)
Said = list[tuple[str, Any]]
Ask = Callable[[Asked], Awaitable[bytes]]


@dataclass
class Cost:
    cpu: float
    p50: float


async def main(given: argparse.Namespace) -> None:
    os.sched_setaffinity(0, {os.getpid() % os.cpu_count()} if given.only else {0})
    print(HEADER)
    for people in map(int, given.people.split(",")):
        with tempfile.TemporaryDirectory() as made:
            kept = Path(os.environ.get("BENCH_KEPT", made))
            given.people = people
            async with database(kept, Path(made), given) as url:
                await measure(url, given)


async def measure(url: str, given: argparse.Namespace) -> None:
    found = known(url, WHO + 1)
    async with serving(url) as (parvis, client):
        never_refuse(parvis.limiter)
        app: ASGIApp = vars(client)["_transport"].app
        member = Member(Browser(WHO, 0, "", Seen()), found, Random(WHO))
        ask = asking(app, csrf_tokens(SECRET.encode(), WHO + 1)[WHO])
        several: dict[str, list[Asked]] = {}
        for act in ACTS.values():
            for _ in range(DIFFERENT):
                for request in member.requests(act):
                    several.setdefault(request[0], []).append(request)
        for name, requests in several.items():
            if given.only in {None, name}:
                await sample(parvis.database, given, name, requests, ask)


def asking(app: ASGIApp, csrf: str) -> Ask:
    """Asks the application without a client between."""
    headers = [(b"host", b"bench"), (b"cookie", f"{COOKIE}={cookie_of(WHO)}".encode()), (b"accept-language", b"fr")]
    headers += [(b"x-csrf-token", csrf.encode()), (b"content-type", b"application/json")]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "https", "root_path": ""}
    scope |= {"client": ("203.0.113.7", 4711), "server": ("bench", 443)}

    async def ask(request: Asked) -> bytes:
        _, method, target, draft = request
        path, _, query = f"/api/v1{target}".partition("?")
        content = b"" if draft is None else json.dumps(draft).encode()
        given = [*headers, (b"content-length", str(len(content)).encode())]
        answer: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                assert message["status"] < 300, (request, message)
            answer.append(message.get("body", b""))

        asked = {"method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode()}
        await app({**scope, **asked, "headers": given, "state": {}}, receive, send)
        return b"".join(answer)

    return ask


async def sample(database: Database, given: argparse.Namespace, name: str, requests: Sequence[Asked], ask: Ask) -> None:
    is_read = requests[0][1] == "GET"
    for request in requests:
        body = await ask(renewed(request))
    said = [await statements(database, ask, renewed(request)) for request in requests]
    if given.only:
        print(f"{name}: over and over, in process {os.getpid()}", flush=True)
    while given.only:
        for request in requests:
            await ask(request)
    servers = await backends(database)
    cost = await timed(lambda at: ask(renewed(requests[at])), len(requests), given.rounds, servers)
    figures = f"{cost.cpu:>9.2f}{cost.p50:>9.2f}{sum(map(len, said)) / len(said):>9.1f}{len(body) / 1000:>9.1f}"
    if is_read:
        bare = bare_app(database.url, said)
        of_bare = [bare.state.connection.info.backend_pid] if database.dialect == "postgresql" else []
        limit = asking(bare, "")
        for at in range(len(said)):
            await limit(bare_request(at))
        found = await timed(lambda at: limit(bare_request(at)), len(said), given.rounds, of_bare)
        bare.state.connection.close()
        figures += f"{found.cpu:>9.2f}{found.cpu / cost.cpu:>9.2f}"
    print(f"{database.dialect:<12}{given.people:>8,}  {name:<20}{figures}", flush=True)


def renewed(request: Asked) -> Asked:
    """A message is sent once."""
    name, method, path, body = request
    if body is not None and "client_id" in body:
        return name, method, path, message()
    return request


async def timed(ask: Callable[[int], Awaitable[bytes]], many: int, rounds: int, servers: Sequence[int]) -> Cost:
    began, took = cpu_time(servers), []
    for _ in range(rounds):
        for at in range(many):
            start = perf_counter()
            await ask(at)
            took.append((perf_counter() - start) * 1000)
    cpu = (cpu_time(servers) - began) / len(took)
    return Cost(cpu, sorted(took)[len(took) // 2])


async def statements(database: Database, ask: Ask, request: Asked) -> Said:
    """What it says to the database, as the driver gets it."""
    said: Said = []

    def hear(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            said.append((statement, parameters))

    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", hear)
    await ask(request)
    for engine in database.engines:
        event.remove(engine, "before_cursor_execute", hear)
    return said


def bare_request(at: int) -> Asked:
    return "", "GET", f"/bare?at={at}", None


def bare_app(url: str, said: Sequence[Said]) -> FastAPI:
    """The least that could answer: these statements, one after the other, and their rows."""
    app, connection = FastAPI(), _bare(url)

    @app.get("/api/v1/bare")
    async def read(request: Request) -> Response:
        of = said[int(request.query_params["at"])]
        rows = [connection.execute(statement, parameters).fetchall() for statement, parameters in of]
        return Response(orjson.dumps([[*map(list, one)] for one in rows], default=str), media_type="application/json")

    app.state.connection = connection
    return app


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", default="1000,10000")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--only")
    parser.add_argument("--served", action="store_true", help="PostgreSQL of scripts/services")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main(arguments()))
