"""Messages acknowledged per second, against the same route without a store (L); and the latest fifty of a room,
against a bare route that runs the same statements.

    make services; .venv/bin/python -m bench.chat

L is measured before and after each sample. Rooms: of eight people; the same with `BENCH_SAID` messages in it; and of
`BENCH_PEOPLE` people. A sample is only good when every acknowledged message is in the database once, and the numbers
of its room have no gap.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from time import perf_counter
from typing import Any
from uuid import UUID

import orjson
from fastapi import FastAPI, Response
from sqlalchemy import Engine, Table, create_engine, insert, make_url, text
from starlette.types import ASGIApp, Message

from bench.directory import _bare, backends, cpu_time, serving, statements
from bench.directory_people import ORGANISATION
from bench.load import Result, cpu_seconds, post_for
from bench.writer import answering, free_port
from parvis.accounts.models import AccessToken, Affiliation, Member, Organisation
from parvis.chat.models import Conversation, ConversationPlace
from parvis.chat.models import Message as Said
from parvis.circles.models import Circle, Membership
from parvis.communities.models import Community
from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id
from parvis.kernel.migrations import migrate
from parvis.kernel.secrets import hash_token

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
SAID = int(os.environ.get("BENCH_SAID", "200000"))
PEOPLE = int(os.environ.get("BENCH_PEOPLE", "5000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "300"))
SENDERS = 8
TEXT = "Retrouvé : mon carnet de terrain de L3. " * 3
COLUMNS = ("L/s", "sent/s", "ratio", "CPU, L", "CPU ms", "p50 ms", "p99 ms")
PLACES = (0, 0, 2, 1, 2, 1, 1)
HEADER = f"{'store':<12}{'delay':>6}{'senders':>8}  {'room':<16}" + "".join(f"{name:>9}" for name in COLUMNS)


@dataclass(frozen=True)
class World:
    """Who sends, by which tokens; and the rooms, by what is said of them."""

    tokens: Sequence[str]
    rooms: dict[str, UUID]


async def main() -> None:
    print(HEADER + "  lost doubled gaps", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/chat.db"
        world = prepare(url)
        for delay in (0.0, 0.002):
            await measure(url, world, delay)
        await read(url, world)
        if "PARVIS_TEST_POSTGRES_URL" in os.environ:
            await with_postgresql(os.environ["PARVIS_TEST_POSTGRES_URL"])


async def with_postgresql(server: str) -> None:
    name = f"bench_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            url = make_url(server).set(drivername="postgresql+psycopg", database=name)
            shown = url.render_as_string(hide_password=False)
            world = prepare(shown)
            await measure(shown, world, 0.0)
            await read(shown, world)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(url: str, world: World, delay: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PARVIS_DATABASE_URL": url,
            "PARVIS_DATA_DIR": folder,
            "BENCH_COMMIT_DELAY": str(delay),
        }
        port = free_port()
        command = ["-m", "uvicorn", "bench.chat_server:app", "--port", str(port), "--no-access-log"]
        server = await asyncio.create_subprocess_exec(
            sys.executable, *command, "--log-level", "warning", env=environment
        )
        try:
            await answering(port)
            for senders, room in ((1, "of eight"), (8, "of eight"), (8, f"{SAID:,} said"), (8, f"{PEOPLE:,} people")):
                await sample(url, world, delay, port, server.pid, senders, room)
        finally:
            server.terminate()
            await server.wait()


async def sample(url: str, world: World, delay: float, port: int, pid: int, senders: int, room: str) -> None:
    conversation = world.rooms[room]
    path = f"/api/v1/conversations/{conversation}/messages"
    await timed(url, world, port, path, pid, senders, 0.3)  # Caches are filled, statements compiled.
    before, cpu_before = await timed(url, world, port, f"/bare/{conversation}/messages", pid, senders, 1.0)
    kept, cpu_kept = await timed(url, world, port, path, pid, senders, SECONDS)
    after, cpu_after = await timed(url, world, port, f"/bare/{conversation}/messages", pid, senders, 1.0)
    limit, limit_cpu = mean([before.per_second, after.per_second]), mean([cpu_before, cpu_after])
    lost, doubled, gaps = faults(url, conversation, kept)
    store = make_url(url).get_backend_name()
    figures = (limit, kept.per_second, kept.per_second / limit, cpu_kept / limit_cpu, cpu_kept * 1000)
    latencies = (kept.percentile(50) * 1000, kept.percentile(99) * 1000)
    print(
        f"{store:<12}{delay * 1000:>6.0f}{senders:>8}  {room:<16}"
        + "".join(f"{figure:>9.{places}f}" for figure, places in zip((*figures, *latencies), PLACES, strict=True))
        + f"  {lost} {doubled} {gaps}",
        flush=True,
    )
    if lost or doubled or gaps or kept.refused:
        raise SystemExit(f"an acknowledged message was not kept once and in order, or {kept.refused} were refused")


async def timed(
    url: str, world: World, port: int, path: str, pid: int, senders: int, seconds: float
) -> tuple[Result, float]:
    """The result, and CPU seconds of the server and the database per answered request."""
    before = cpu_seconds(pid) + store_cpu(url)
    headers = [f"authorization: Bearer {token}\r\n" for token in world.tokens]
    result = await post_for(port, path, senders, seconds, draft, headers)
    return result, (cpu_seconds(pid) + store_cpu(url) - before) / max(1, len(result.answered))


def draft(_sender: int, number: int) -> bytes:
    return json.dumps({"client_id": str(new_id()), "text": f"{number} {TEXT}"}).encode()


def store_cpu(url: str) -> float:
    """CPU seconds of PostgreSQL's processes for this database; SQLite's are the server's."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite":
        return 0.0
    pids = Path("/proc").glob("[0-9]*/cmdline")
    ours = [one.parent.name for one in pids if parts.database in _read(one)]
    return sum(int(_read(Path(f"/proc/{pid}/schedstat")).split()[0]) for pid in ours) / 1e9


def _read(path: Path) -> str:
    try:
        return path.read_text() or "0"
    except (FileNotFoundError, ProcessLookupError):
        return "0"


def faults(url: str, conversation: UUID, kept: Result) -> tuple[int, int, int]:
    """Lost and doubled messages, and gaps in the numbers, among all of the room."""
    engine = create_engine(url)
    table = Said.__table__
    with engine.connect() as connection:
        mine = table.c.conversation_id == conversation
        rows: list[Any] = list(
            connection.execute(table.select().with_only_columns(table.c.id, table.c.number).where(mine))
        )
    engine.dispose()
    held = [str(row.id) for row in rows]
    acknowledged = [orjson.loads(answer)["id"] for answer in kept.answered]
    numbers = sorted(row.number for row in rows)
    gaps = sum(following != number + 1 for number, following in pairwise(numbers))
    doubled = len(acknowledged) - len(set(acknowledged)) + len(held) - len(set(held))
    return len(set(acknowledged) - set(held)), doubled, gaps + (numbers[:1] != [1])


# --- the world --------------------------------------------------------------------------------------------------------


def prepare(url: str) -> World:
    migrate(url)
    engine = create_engine(url)
    now = clock.now()
    senders, crowd = [new_id() for _ in range(SENDERS)], [new_id() for _ in range(PEOPLE - SENDERS)]
    tokens = [f"parvis_pat_{new_id().hex}{new_id().hex}" for _ in senders]
    keep(
        engine,
        Organisation,
        [{"id": 1, "name": "U", "short_name": "U", "languages": ["fr"], "domains": {}} | ORGANISATION],
    )
    keep(engine, Member, [_member(id_, number) for number, id_ in enumerate([*senders, *crowd])])
    since = now.date()
    keep(
        engine,
        Affiliation,
        [
            {"id": new_id(), "member_id": id_, "kind": "student", "source": "institution", "starts_on": since}
            for id_ in senders
        ],
    )
    scopes = ["chat:read", "chat:write"]
    keep(
        engine,
        AccessToken,
        [
            {
                "id": new_id(),
                "member_id": id_,
                "token_hash": hash_token(token),
                "scopes": scopes,
                "name": "",
                "expires_at": now + timedelta(days=1),
                "used_at": now,
            }
            for id_, token in zip(senders, tokens, strict=True)
        ],
    )
    rooms = {"of eight": group(engine, senders, 0), f"{SAID:,} said": group(engine, senders, SAID)}
    rooms[f"{PEOPLE:,} people"] = channel(engine, [*senders, *crowd])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    return World(tokens, rooms)


def _member(id_: UUID, number: int) -> dict[str, Any]:
    name = f"Personne {number}"
    return {"id": id_, "name": name, "sort_name": name.lower(), "language": "fr", "activated_at": clock.now()}


def group(engine: Engine, people: Sequence[UUID], said: int) -> UUID:
    id_ = new_id()
    keep(
        engine,
        Conversation,
        [{"id": id_, "kind": "group", "people": len(people), "last_number": said, "last_sequence": said}],
    )
    keep(
        engine, ConversationPlace, [{"conversation_id": id_, "member_id": one, "since": clock.now()} for one in people]
    )
    begun = clock.now() - timedelta(days=365)
    for first in range(0, said, 10_000):
        keep(
            engine,
            Said,
            [
                {
                    "id": new_id(),
                    "conversation_id": id_,
                    "number": number,
                    "sequence": number,
                    "author_id": people[number % len(people)],
                    "client_id": new_id(),
                    "text": f"{number} {TEXT}",
                    "created_at": begun + timedelta(minutes=number),
                }
                for number in range(first + 1, min(first + 10_000, said) + 1)
            ],
        )
    return id_


def channel(engine: Engine, people: Sequence[UUID]) -> UUID:
    circle, community, id_ = new_id(), new_id(), new_id()
    keep(engine, Circle, [{"id": circle, "people": len(people), "mix": {}}])
    keep(engine, Membership, [{"circle_id": circle, "member_id": one, "role": "member"} for one in people])
    named = {"name": "Tous", "sort_name": "tous", "access": "open"}
    keep(engine, Community, [{"id": community, "circle_id": circle, **named}])
    about = {
        "kind": "channel",
        "circle_id": circle,
        "community_id": community,
        "access": "community",
        "name": "Général",
    }
    keep(engine, Conversation, [{"id": id_, **about}])
    return id_


def keep(engine: Engine, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    table: Table = model.__table__  # type: ignore[assignment]
    with engine.begin() as connection:
        for first in range(0, len(rows), 500):
            connection.execute(insert(table), rows[first : first + 500])


# --- reading ----------------------------------------------------------------------------------------------------------


async def read(url: str, world: World) -> None:
    """The latest fifty of each room, in one process without a client between, as `bench.feed` does."""
    print(
        f"\n{'store':<12}{'latest 50':<18}"
        + "".join(f"{name:>10}" for name in ("p50 ms", "CPU ms", "bare p50", "bare CPU", "ratio", "CPU ratio"))
    )
    async with serving(url) as (parvis, client):
        app: ASGIApp = vars(client)["_transport"].app
        for room, conversation in world.rooms.items():
            path = f"/api/v1/conversations/{conversation}/messages"
            ask = asking(app, path, world.tokens[0])
            page = orjson.loads(await ask())
            said = await statements(parvis.database, ask)
            p50, cpu, average = await asked(ask, await backends(parvis.database))
            bare = bare_app(url, said)
            servers = [bare.state.connection.info.backend_pid] if parvis.database.dialect == "postgresql" else []
            bare_p50, bare_cpu, bare_average = await asked(asking(bare, "/bare", world.tokens[0]), servers)
            bare.state.connection.close()
            figures = (p50, cpu, bare_p50, bare_cpu, bare_average / average, bare_cpu / cpu)
            print(
                f"{parvis.database.dialect:<12}{room:<18}"
                + "".join(f"{figure:>10.2f}" for figure in figures)
                + f"   {len(said)} statements, {len(page['items'])} messages",
                flush=True,
            )
    print()


def bare_app(url: str, said: Sequence[tuple[str, Any]]) -> FastAPI:
    """The least that could answer: these statements, one after the other, and their rows."""
    app, connection = FastAPI(), _bare(url)

    @app.get("/bare")
    async def latest() -> Response:
        rows = [connection.execute(statement, parameters).fetchall() for statement, parameters in said]
        return Response(orjson.dumps([[*map(list, one)] for one in rows], default=str), media_type="application/json")

    app.state.connection = connection
    return app


def asking(app: ASGIApp, path: str, token: str) -> Any:
    """Asks an application for a page, without a client between."""
    headers = [(b"host", b"bench"), (b"authorization", f"Bearer {token}".encode()), (b"accept-language", b"fr")]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "https"}
    scope |= {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
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


async def asked(ask: Any, servers: Sequence[int]) -> tuple[float, float, float]:
    """Milliseconds: half of the requests within; of CPU, and on average, each."""
    for _ in range(20):
        await ask()
    began, took = cpu_time(servers), []
    for _ in range(ROUNDS):
        start = perf_counter()
        await ask()
        took.append((perf_counter() - start) * 1000)
    cpu = (cpu_time(servers) - began) / ROUNDS
    return sorted(took)[len(took) // 2], cpu, mean(took)


if __name__ == "__main__":
    asyncio.run(main())
