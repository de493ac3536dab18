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
import pickle
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Engine, Table, create_engine, insert, make_url, text

from bench.directory import serving, statements
from bench.directory_people import ORGANISATION
from bench.load import Result, cpu_seconds, get_for, post_for
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
SENDERS = 8
TEXT = "Retrouvé : mon carnet de terrain de L3. " * 3
COLUMNS = ("L/s", "sent/s", "ratio", "CPU, L", "CPU ms", "p50 ms", "p99 ms")
PLACES = (0, 0, 2, 1, 2, 1, 1)
READ_PLACES = (0, 0, 2, 2, 2, 1, 1)
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
    async with server("bench.chat_server", url, BENCH_COMMIT_DELAY=str(delay)) as (port, pid):
        for senders, room in ((1, "of eight"), (8, "of eight"), (8, f"{SAID:,} said"), (8, f"{PEOPLE:,} people")):
            await sample(url, world, delay, port, pid, senders, room)


@asynccontextmanager
async def server(module: str, url: str, **variables: str) -> AsyncIterator[tuple[int, int]]:
    """The application of this module behind uvicorn, in a process of its own: its port, its process."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PARVIS_DATABASE_URL": url, "PARVIS_DATA_DIR": folder, **variables}
        port = free_port()
        command = ["-m", "uvicorn", f"{module}:app", "--port", str(port), "--no-access-log", "--log-level", "warning"]
        process = await asyncio.create_subprocess_exec(sys.executable, *command, env=environment)
        try:
            await answering(port)
            yield port, process.pid
        finally:
            process.terminate()
            await process.wait()


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


READ_COLUMNS = ("bare/s", "read/s", "ratio", "CPU, bare", "CPU ms", "p50 ms", "p99 ms")


async def read(url: str, world: World) -> None:
    """The latest fifty of each room, by 1 and 8 readers, as `bench/statements_server.py` answers them before and
    after."""
    print(f"\n{'store':<12}{'readers':>8}  {'latest 50':<16}" + "".join(f"{name:>10}" for name in READ_COLUMNS))
    for room, conversation in world.rooms.items():
        path = f"/api/v1/conversations/{conversation}/messages"
        async with serving(url) as (parvis, client):
            headers = {"authorization": f"Bearer {world.tokens[0]}"}
            await client.get(path, headers=headers)  # Who writes is read once.
            heard = await statements(parvis.database, lambda p=path, h=headers: client.get(p, headers=h))
        said = [(statement, plain(parameters)) for statement, parameters in heard]
        with tempfile.NamedTemporaryFile() as file:
            file.write(pickle.dumps(said))
            file.flush()
            bare = server("bench.statements_server", url, BENCH_STATEMENTS=file.name)
            async with bare as (bare_port, bare_pid), server("bench.chat_server", url) as (port, pid):
                for readers in (1, SENDERS):
                    asked = [(bare_port, "/bare", bare_pid), (port, path, pid), (bare_port, "/bare", bare_pid)]
                    for warm in asked[:2]:
                        await reading(url, world, *warm, readers, 0.5)
                    before, ours, after = [await reading(url, world, *one, readers, SECONDS) for one in asked]
                    limit, limit_cpu = (mean(pair) for pair in zip(before[:2], after[:2], strict=True))
                    rate, cpu, p50, p99 = ours
                    figures = (limit, rate, rate / limit, limit_cpu, cpu, p50, p99)
                    print(
                        f"{make_url(url).get_backend_name():<12}{readers:>8}  {room:<16}"
                        + "".join(
                            f"{number:>10.{places}f}" for number, places in zip(figures, READ_PLACES, strict=True)
                        )
                        + f"   {len(said)} statements",
                        flush=True,
                    )
    print()


def plain(parameters: Any) -> Any:
    """What can be handed to another process."""
    if isinstance(parameters, dict):
        return parameters
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in parameters)


async def reading(
    url: str, world: World, port: int, path: str, pid: int, readers: int, seconds: float
) -> tuple[float, float, float, float]:
    """Answers a second; milliseconds of CPU of the server and the database for each; p50 and p99 in milliseconds."""
    before = cpu_seconds(pid) + store_cpu(url)
    headers = [f"authorization: Bearer {token}\r\naccept-language: fr\r\n" for token in world.tokens]
    result = await get_for(port, path, readers, seconds, headers)
    cpu = (cpu_seconds(pid) + store_cpu(url) - before) / len(result.answered)
    assert not result.refused, f"{result.refused} were refused"
    return result.per_second, cpu * 1000, result.percentile(50) * 1000, result.percentile(99) * 1000


if __name__ == "__main__":
    asyncio.run(main())
