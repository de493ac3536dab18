"""Pages written together: how soon others see a keystroke, and what a long history costs who opens a page.

    .venv/bin/python -m bench.pages

`BENCH_PEOPLE` people type in one page, `BENCH_KEYS` keystrokes a second each, for `BENCH_SECONDS`; some of them note
when each keystroke of the others has reached their document, and after how long who typed it was told that it is kept.
The same keystrokes beside a bare relay that keeps nothing: its own figure is the limit of this machine, of which the
people's side takes a good part (it is one process, beside the server).

Then two pages of the same text are opened in turn, by who holds nothing of them, in a server that holds nothing of them
either: one was written by five people in `BENCH_UPDATES` updates (words typed and struck out again wherever their
carets were), the other at once. `opened`: from asking for a ticket until the text stands in the reader's document. Also
with the last 500 updates not brought together yet, which is the most there is. On SQLite, unless
`PARVIS_TEST_POSTGRES_URL` says where PostgreSQL is.
"""

import asyncio
import json
import os
import random
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

import httpx
from pycrdt import Doc, XmlElement, XmlFragment, XmlText
from sqlalchemy import create_engine, insert, make_url, text, update
from websockets.asyncio.client import ClientConnection, connect

from bench.files import Program, free_port, running
from bench.load import cpu_seconds
from parvis.kernel.config import Settings
from parvis.kernel.db import Database
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import LeasedJob
from parvis.kernel.migrations import migrate
from parvis.pages import lib0, tree, updates, yjs
from parvis.pages.models import PageClient, PageUpdate, WrittenPage
from parvis.pages.service.settling import SETTLE, settle_pages
from tests.faults.people import API, Person, arrive
from tests.make.hands import Hand
from tests.make.mailbox import smtp_server

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "50"))
KEYS = float(os.environ.get("BENCH_KEYS", "4"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
UPDATES = int(os.environ.get("BENCH_UPDATES", "100000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
NOTING = 8
"""So many of the people note what reaches them: each keystroke then counts so often."""
WRITERS = 5
BEHIND = 500
"""Updates at which a page is brought together."""
WORDS = ("la", "crue", "de", "Valorne", "atteint", "cote", "plus", "haute", "depuis", "niveaux", "suivis", "pont")
END = b"\x00\x01"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, database(Path(folder)) as url:
        asyncio.run(measure(url, Path(folder)))


@contextmanager
def database(folder: Path) -> Iterator[str]:
    server = os.environ.get("PARVIS_TEST_POSTGRES_URL")
    if server is None:
        yield f"sqlite:///{folder}/pages.db"
        return
    name = f"bench_{new_id().hex[-12:]}"
    there = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(there, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield there.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


async def measure(url: str, folder: Path) -> None:
    migrate(url)
    with smtp_server() as mailbox:
        settings = Settings(
            database_url=url, data_dir=folder, port=free_port(), secret_key="bench" * 8, smtp_url=mailbox.url
        )
        people = await arrive(settings, PEOPLE)
        async with house(settings, people) as place:
            await typed_together(place)
        await opened(settings, place)


# --- the server and who uses it ---------------------------------------------------------------------------------------


@dataclass
class Place:
    """A community whose members write. `program`: the server, while it runs."""

    settings: Settings
    people: Sequence[Person]
    http: httpx.AsyncClient
    program: Program
    folder_id: str = ""

    async def ask(self, person: Person, method: str, path: str, body: Any = None) -> Any:
        head = {"authorization": f"Bearer {person.token}", "x-forwarded-for": f"10.0.{self.people.index(person)}.1"}
        reply = await self.http.request(method, f"{self.program.address}{API}{path}", json=body, headers=head)
        assert reply.is_success, reply.text
        return reply.json() if reply.content else None

    async def page(self, name: str) -> str:
        made = await self.ask(self.people[0], "POST", f"/folders/{self.folder_id}/pages", {"name": name})
        return str(made["id"])

    @asynccontextmanager
    async def inside(self, person: Person, page: str) -> AsyncIterator[Hand]:
        """Comes in, and asks for all that is there."""
        ticket = (await self.ask(person, "POST", "/realtime/tickets"))["ticket"]
        async with socket_at(self.program.port, f"{API}/realtime/documents/{page}") as socket:
            hand = Hand(socket, Doc())
            hand.doc.get("page", type=XmlFragment)
            await hand.say(json.dumps({"type": "hello", "ticket": ticket, "client_id": hand.doc.client_id}))
            await hand.until("ready")
            await hand.say(b"\x00\x00" + lib0.sized(hand.doc.get_state()))
            while not (isinstance(said := await hand.hear(), bytes) and said.startswith(END)):
                pass
            yield hand


def socket_at(port: int, path: str) -> connect:
    asked: Any = {"subprotocols": ["parvis.pages.v1"], "compression": None, "ping_interval": None, "max_size": None}
    return connect(f"ws://127.0.0.1:{port}{path}", **asked)


@contextmanager
def server(settings: Settings) -> Iterator[Program]:
    port = settings.port
    environment = {
        "PARVIS_DATABASE_URL": settings.database_url,
        "PARVIS_DATA_DIR": str(settings.data_dir),
        "PARVIS_SECRET_KEY": settings.secret_key.get_secret_value(),
        "PARVIS_PORT": str(port),
        "PARVIS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PARVIS_TRUSTED_PROXIES": "1",
        "PARVIS_LOG_LEVEL": "warning",
        "PARVIS_SMTP_URL": settings.smtp_url.get_secret_value() if settings.smtp_url else "",
    }
    with running([".venv/bin/parvis", "serve"], port, **environment) as program:
        yield program


@asynccontextmanager
async def house(settings: Settings, people: Sequence[Person]) -> AsyncIterator[Place]:
    with server(settings) as program:
        async with httpx.AsyncClient(timeout=60) as http:
            place = Place(settings, people, http, program)
            made = await place.ask(people[0], "POST", "/communities", {"name": "Chantier", "access": "open"})
            for person in people[1:]:
                await place.ask(person, "PUT", f"/communities/{made['id']}/membership", {"charter_version": 0})
            space = await place.ask(people[0], "GET", f"/communities/{made['id']}/space")
            place.folder_id = space["folder_id"]
            yield place


# --- typing together --------------------------------------------------------------------------------------------------


@dataclass
class Noted:
    """When each keystroke was made, by client id and clock; after how many seconds others had it, and it was kept."""

    made: dict[tuple[int, int], float] = field(default_factory=dict)
    seen: list[float] = field(default_factory=list)
    kept: list[float] = field(default_factory=list)


async def typed_together(place: Place) -> None:
    print(f"{PEOPLE} people, {KEYS:g} keystrokes a second each, {SECONDS:g} s")
    print(
        f"{'':<14}{'keystrokes':>11}{'seen p50':>10}{'p95':>8}{'p99 ms':>8}{'kept p95':>10}{'lost':>6}{'CPU %':>7}",
        flush=True,
    )
    page = await place.page("À cinquante")

    async def ours(person: Person, stack: AsyncExitStack) -> Hand:
        return await stack.enter_async_context(place.inside(person, page))

    await typed("Parvis", place, ours, place.program.pid)
    port = free_port()
    command = [".venv/bin/python", "-m", "uvicorn", "bench.pages_server:app", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "warning", "--ws-per-message-deflate", "false"]
    with running(command, port) as program:

        async def bare(_person: Person, stack: AsyncExitStack) -> Hand:
            socket: ClientConnection = await stack.enter_async_context(socket_at(port, "/relay"))
            hand = Hand(socket, Doc())
            hand.doc.get("page", type=XmlFragment)
            return hand

        await typed("bare relay", place, bare, program.pid)


async def typed(name: str, place: Place, comes: Callable[..., Any], pid: int) -> None:
    noted, is_framed = Noted(), name == "Parvis"
    async with AsyncExitStack() as stack:
        hands = [await comes(person, stack) for person in place.people]
        hearing = [asyncio.create_task(hear(hand, noted, at < NOTING, is_framed)) for at, hand in enumerate(hands)]
        cpu, began = cpu_seconds(pid), perf_counter()
        await asyncio.gather(*(types(hand, noted, is_framed) for hand in hands))
        cpu, wall = cpu_seconds(pid) - cpu, perf_counter() - began
        wanted = sum(NOTING - (at < NOTING) for at in range(PEOPLE)) * round(SECONDS * KEYS)
        await asyncio.sleep(2)  # What is under way arrives, or counts as lost.
        for task in hearing:
            task.cancel()
        await asyncio.gather(*hearing, return_exceptions=True)
    figures = [1000 * part(noted.seen, at) for at in (0.5, 0.95, 0.99)]
    kept = f"{1000 * part(noted.kept, 0.95):10.0f}" if noted.kept else f"{'':>10}"
    written = "".join(f"{one:{width}.0f}" for one, width in zip(figures, (10, 8, 8), strict=True))
    lost = wanted - len(noted.seen)
    print(f"{name:<14}{len(noted.made):11,}{written}{kept}{lost:6}{100 * cpu / wall:7.0f}", flush=True)


async def types(hand: Hand, noted: Noted, is_framed: bool) -> None:
    """Letters, one after the other, at the end of a paragraph of one's own."""
    before = hand.doc.get_state()
    line = paragraph(hand.doc)
    await asyncio.sleep(random.random() / KEYS)
    began = perf_counter()
    for number in range(round(SECONDS * KEYS)):
        line.insert(len(line), random.choice("aeinrst "))
        said = hand.doc.get_update(before)
        before = hand.doc.get_state()
        clock = updates.state_vector(before)[hand.doc.client_id]
        noted.made[hand.doc.client_id, clock] = perf_counter()
        if is_framed:
            await hand.send(said)
        else:
            await hand.say(said)
        await asyncio.sleep(max(0.0, began + (number + 1) / KEYS - perf_counter()))


def paragraph(doc: "Doc[Any]") -> XmlText:
    blocks = doc.get("page", type=XmlFragment).children
    block, line = XmlElement("paragraph"), XmlText("")
    blocks.append(block)
    block.children.append(line)
    return line


async def hear(hand: Hand, noted: Noted, is_noting: bool, is_framed: bool) -> None:
    known = dict(updates.state_vector(hand.doc.get_state()))
    own, acked = hand.doc.client_id, 0
    async for said in hand.socket:
        now = perf_counter()
        if isinstance(said, str):
            frame = json.loads(said)
            if frame["type"] == "ack":
                mine = sorted(clock for client, clock in noted.made if client == own)[acked : frame["n"]]
                noted.kept += [now - noted.made[own, clock] for clock in mine]
                acked = frame["n"]
            elif frame["type"] == "ping":
                await hand.say('{"type":"pong"}')
        elif is_noting:
            content = content_of(said, is_framed)
            if content is None:
                continue
            hand.doc.apply_update(content)
            now = perf_counter()
            state = updates.state_vector(hand.doc.get_state())
            for client, clock in state.items():
                if client != own:
                    reached = range(known.get(client, 0) + 1, clock + 1)
                    noted.seen += [now - noted.made[client, one] for one in reached if (client, one) in noted.made]
            known = dict(state)


def content_of(said: bytes, is_framed: bool) -> bytes | None:
    """The update that a frame holds, if it holds one."""
    if not is_framed:
        return said
    reading = lib0.Reading(said)
    return None if reading.uint() != 0 or reading.uint() == 0 else reading.bytes()


# --- opening what has a history ---------------------------------------------------------------------------------------


async def opened(settings: Settings, place: Place) -> None:
    began = perf_counter()
    written, after = history(UPDATES)
    texts = lines(after)
    fresh = at_once(texts)
    print(
        f"\n{UPDATES:,} updates by {WRITERS} people ({perf_counter() - began:.0f} s): {sum(map(len, texts)):,} letters"
    )
    ids: dict[str, str] = {}
    with server(settings) as program:
        place.program = program
        async with httpx.AsyncClient(timeout=60) as place.http:
            for name in ("fresh", "long history", "and 500 more"):
                ids[name] = await place.page(name)
    await keep(settings, place, ids["fresh"], [fresh], together=1)
    await keep(settings, place, ids["long history"], written, together=UPDATES)
    await keep(settings, place, ids["and 500 more"], written, together=UPDATES - BEHIND)
    took: dict[str, list[float]] = {name: [] for name in ids}
    size: dict[str, int] = {}
    with server(settings) as program:
        place.program = program
        async with httpx.AsyncClient(timeout=60) as place.http:
            for round_ in range(ROUNDS + 1):
                for name, page in ids.items():
                    begun = perf_counter()
                    async with place.inside(place.people[0], page) as hand:
                        spent = perf_counter() - begun
                        assert lines(hand.doc) == texts
                        size[name] = len(hand.doc.get_update())
                    if round_:
                        took[name].append(spent)
                    await asyncio.sleep(2.5)  # Until the server has let go of it.
    print(f"{'':<14}{'opened ms':>10}{'most':>8}{'bytes':>10}{'ratio':>8}")
    least = median(took["fresh"])
    for name, each in took.items():
        print(
            f"{name:<14}{1000 * median(each):10.1f}{1000 * max(each):8.1f}{size[name]:10,}{median(each) / least:8.2f}"
        )


def history(count: int) -> tuple[list[bytes], "Doc[Any]"]:
    """So many updates of one keystroke each, and a document after them: by people who type words one after the other
    somewhere, strike some of them out again, and go elsewhere."""
    chance = random.Random(9)
    docs = [yjs.document([], client_id=1000 + number) for number in range(WRITERS)]
    made: list[bytes] = []

    def change(doc: "Doc[Any]", how: Callable[[], object]) -> None:
        before = doc.get_state()
        with doc.transaction():
            how()
        said = doc.get_update(before)
        for other in docs:
            if other is not doc:
                other.apply_update(said)
        made.append(said)

    change(docs[0], lambda: [paragraph(docs[0]) for _ in range(40)])
    while len(made) < count:
        doc = chance.choice(docs)
        line = chance.choice(list(doc.get("page", type=XmlFragment).children)).children[0]
        at = chance.randint(0, len(line))
        for letter in " ".join(chance.choices(WORDS, k=chance.randint(1, 12)))[: count - len(made)]:
            change(doc, partial(line.insert, at, letter))
            at += 1
        for _ in range(min(chance.choice((0, 0, 0, 1, 4, 12)), at, count - len(made))):
            at -= 1
            change(doc, partial(line.__delitem__, slice(at, at + 1)))
    return made, docs[0]


def lines(doc: "Doc[Any]") -> list[str]:
    return tree.text_of(tree.read(doc)).split("\n")


def at_once(texts: Sequence[str]) -> bytes:
    doc = yjs.document([], client_id=1000)
    for one in texts:
        paragraph(doc).insert(0, one)
    said: bytes = doc.get_update()
    return said


async def keep(settings: Settings, place: Place, page: str, said: Sequence[bytes], together: int) -> None:
    """As the server keeps it, and has brought it together so far."""
    store = Database(settings.database_url)
    await store.start()
    member = UUID(place.people[0].id)
    document_id = UUID(page)

    async def put(session: Any, first: int, some: Sequence[bytes]) -> None:
        rows = [{"document_id": document_id, "seq": first + at, "content": one} for at, one in enumerate(some)]
        await session.execute(insert(PageUpdate), rows)
        now = {"seq": first + len(some) - 1, "size": 0}
        await session.execute(update(WrittenPage).where(WrittenPage.document_id == document_id).values(**now))

    async def bind(session: Any) -> None:
        rows = [
            {"document_id": document_id, "client_id": 1000 + number, "member_id": member, "last_seq": 1}
            for number in range(WRITERS)
        ]
        await session.execute(insert(PageClient), rows)

    async def all_of(some: Sequence[bytes], first: int) -> None:
        for at in range(0, len(some), 500):
            await store.write(put, first + at, some[at : at + 500])

    try:
        await store.write(bind)
        first = (await store.read(written_up_to, document_id)) + 1
        await all_of(said[:together], first)
        payload = {"document_id": page}
        await settle_pages(store)(LeasedJob(new_id(), SETTLE, payload, 1))
        await all_of(said[together:], first + together)
    finally:
        await store.stop()


async def written_up_to(session: Any, document_id: UUID) -> int:
    return int((await session.get(WrittenPage, document_id)).seq)


def part(figures: Sequence[float], at: float) -> float:
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(at * len(ordered)))] if ordered else float("nan")


if __name__ == "__main__":
    main()
