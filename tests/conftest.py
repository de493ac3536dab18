"""A running Parvis on each database, and clients that speak HTTP to it."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from contextvars import ContextVar
from itertools import islice
from pathlib import Path
from typing import TypeVar

import coverage
import httpx
import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import Engine, create_engine, event, make_url, select, text

from parvis.accounts.actor import Actors
from parvis.accounts.auth import COOKIE
from parvis.accounts.models import Member
from parvis.accounts.service.sessions import Device, open_session
from parvis.app import create_app
from parvis.kernel import clock, garbage, migrations
from parvis.kernel.config import Settings
from parvis.kernel.events import LogEntry, Position
from parvis.kernel.listeners import Listeners
from parvis.kernel.runtime import Parvis
from tests.make import template, warm
from tests.make.mailbox import Mailbox, smtp_server

gc.disable()
"""Until all tests are collected (`settled`): what is being loaded is no garbage, and looking for some in it takes half
of the time."""
ORIGIN = "https://testserver"
POSTGRES = "PARVIS_TEST_POSTGRES_URL"
EVERYTHING = bool(os.environ.get("PARVIS_EVERYTHING"))
SERVERS = [name for number in ("", "_2", "_3") if (name := f"{POSTGRES}{number}") in os.environ]
if SERVERS:  # Each process its own, where there are several.
    os.environ[POSTGRES] = os.environ[SERVERS[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % len(SERVERS)]]


def databases() -> list[str]:
    """Both, where PostgreSQL has been started (`scripts/services`); under CI it must have been."""
    if POSTGRES in os.environ:
        return ["sqlite", "postgresql"]
    if os.environ.get("CI"):
        raise pytest.UsageError(f"{POSTGRES} is not set: run the tests by `make test`.")
    return ["sqlite"]


Way = TypeVar("Way")


def of_today(ways: Iterable[Way]) -> list[Way]:
    """One of them, tomorrow the next: for what takes long, and hardly differs from one way to the other. All of them
    where `PARVIS_EVERYTHING` is set."""
    all_ways = list(ways)
    return all_ways if EVERYTHING else [all_ways[clock.now().date().toordinal() % len(all_ways)]]


def database_of_today() -> list[str]:
    """For what takes minutes and is of neither in particular."""
    return of_today(databases())


def pytest_report_header() -> str:
    return "databases: " + ", ".join(databases())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "dialect" in metafunc.fixturenames and not any(
        "dialect" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")
    ):
        metafunc.parametrize("dialect", databases(), scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin first, and each process begins with its share of them: the tests are dealt out in as many equal
    parts as there are processes, and whoever is ready first takes from the end of another's."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long") is not None]
    others = iter([item for item in items if item.get_closest_marker("long") is None])
    dealt, ends = list[pytest.Item](), [len(items) * (part + 1) // processes for part in range(processes)]
    for part, end in enumerate(ends):
        dealt += long[part::processes]
        dealt += islice(others, max(0, end - len(dealt)))
    items[:] = [*dealt, *others]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What runs a second time, on the other database, and what sends all it can think of, is not measured: to follow
    every line doubles its time. What differs from one database to the other is in the kernel, which is."""
    measure = coverage.Coverage.current()
    if measure is None or not _is_known_by_now(item):
        return (yield)
    measure.stop()
    try:
        return (yield)
    finally:
        measure.start()


def _is_known_by_now(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function):
        return False
    is_second = hasattr(item, "callspec") and item.callspec.params.get("dialect") == "postgresql"
    return item.get_closest_marker("unmeasured") is not None or (is_second and "kernel" not in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def plain_tracebacks() -> None:
    """Tracebacks without the local variables that the console shows by default, which took longer than some tests."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


@pytest.fixture(scope="session", autouse=True)
def settled() -> None:
    """What stands loaded is not looked through for garbage, as in the server: a tenth of the time of all tests."""
    garbage.settle()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def known_statements() -> Iterator[None]:
    """What one test has written in SQL is not written again by the next."""
    with warm.statements_compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def known_passwords() -> Iterator[None]:
    with warm.passwords_compared_once():
        yield


EMPTY_ALL = """
CREATE FUNCTION empty_all() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one text;
    is_filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR one IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT FROM ' || one || ')' INTO is_filled;
        IF is_filled THEN EXECUTE 'DELETE FROM ' || one; END IF;
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""
"""Deletes what stands in any table, whatever refers to it, and counts from the beginning: a test fills few of a hundred
tables, and to truncate them all takes eighty times as long."""


@pytest.fixture(scope="session")
def migrated_postgresql(worker_id: str) -> Iterator[str]:
    """A database of this test process with all tables; emptied before each test."""
    server = make_url(os.environ[POSTGRES]).set(drivername="postgresql+psycopg")
    name = f"parvis_test_{worker_id}_{os.getpid()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = server.set(database=name).render_as_string(hide_password=False)
    migrations.migrate(url)
    made = create_engine(url, isolation_level="AUTOCOMMIT")
    with made.connect() as connection:
        connection.execute(text(EMPTY_ALL))
    made.dispose()
    with warm.connections_kept(name):
        yield url
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def emptying(migrated_postgresql: str) -> Iterator[Engine]:
    """By whom the database is emptied: a backend that knows all tables takes a fifth of the time of a new one."""
    engine = create_engine(migrated_postgresql, pool_pre_ping=True)
    yield engine
    engine.dispose()


@pytest.fixture
def database_url(dialect: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty, migrated database."""
    if dialect == "sqlite":
        path = tmp_path / "parvis.db"
        shutil.copyfile(template.migrated(), path)
        return f"sqlite:///{path}"
    emptying: Engine = request.getfixturevalue("emptying")
    with emptying.begin() as connection:
        connection.execute(text("SELECT empty_all()"))
    url: str = request.getfixturevalue("migrated_postgresql")
    return url


@pytest.fixture(scope="session")
def post_office() -> Iterator[Mailbox]:
    """The SMTP server of this test process."""
    with smtp_server() as mailbox:
        yield mailbox


@pytest.fixture
def mailbox(post_office: Mailbox) -> Mailbox:
    """What was delivered during this test: `await parvis.jobs.run_once()`, then `mailbox.messages_to(address)`."""
    post_office.clear()
    return post_office


@pytest.fixture
def settings(database_url: str, tmp_path: Path, mailbox: Mailbox) -> Settings:
    """What the tested Parvis runs with. A test that needs others makes a copy: `settings.model_copy(update=…)`."""
    return Settings(
        data_dir=tmp_path,
        database_url=database_url,
        public_url=ORIGIN,
        secret_key="a secret for tests, and for nothing else",
        embedded_worker=False,
        smtp_url=mailbox.url,
    )


Serve = Callable[[Settings], AbstractAsyncContextManager[FastAPI]]


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[FastAPI]:
    """The application, its parts open. One built for the same origins is taken again: its routes took a while."""
    idle = _idle_apps.setdefault((settings.public_url, tuple(settings.cors_origins)), [])
    app = idle.pop() if idle else create_app(settings)
    app.state.settings = settings
    async with app.router.lifespan_context(app):
        yield app
    idle.append(app)


_idle_apps: dict[tuple[str, tuple[str, ...]], list[FastAPI]] = {}


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    async with serving(settings) as running:
        yield running


@pytest.fixture
def parvis(app: FastAPI) -> Parvis:
    """The running Parvis behind `client`."""
    running: Parvis = app.state.parvis
    return running


def client_of(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    """A client with a cookie jar of its own."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("203.0.113.7", 4711))
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"accept-language": "en", **headers})


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has not signed in."""
    async with client_of(app) as anonymous:
        yield anonymous


@pytest.fixture
def moved_clock() -> Iterator[clock.MovableClock]:
    """Time that moves only when told."""
    moving = clock.MovableClock()
    with clock.clock_set_to(moving):
        yield moving


SignIn = Callable[[Member], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def sign_in(app: FastAPI, parvis: Parvis) -> AsyncIterator[SignIn]:
    """`await sign_in(member)`: a browser in a session of that member, sending its CSRF token."""
    async with AsyncExitStack() as browsers:

        async def enter(member: Member) -> httpx.AsyncClient:
            device = Device("Tests/1.0", "203.0.113.7")
            _, cookie = await parvis.database.write(open_session, member, methods=["pwd"], device=device)
            actor = await parvis.part(Actors).by_cookie(cookie)
            assert actor is not None, f"{member.name} cannot sign in"
            browser = client_of(app, **{"x-csrf-token": parvis.part(Actors).csrf_token(actor)})
            browser.cookies.set(COOKIE, cookie, domain="testserver.local", path="/")
            return await browsers.enter_async_context(browser)

        yield enter


CountedQueries = Callable[[], AbstractContextManager[list[str]]]
_counted: ContextVar[list[str] | None] = ContextVar("counted", default=None)


@pytest.fixture
def counted_queries(parvis: Parvis) -> CountedQueries:
    """`with counted_queries() as queries:` lists the statements that the block sends to the database, without those
    that only begin or end a transaction, and those of what runs beside it (the tail of the log)."""
    engines = parvis.database.engines

    @contextmanager
    def counted() -> Iterator[list[str]]:
        queries: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            ours = _counted.get()
            if ours is not None and statement.split(maxsplit=1)[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
                ours.append(statement)

        for engine in engines:
            event.listen(engine, "before_cursor_execute", count)
        token = _counted.set(queries)
        try:
            yield queries
        finally:
            _counted.reset(token)
            for engine in engines:
                event.remove(engine, "before_cursor_execute", count)

    return counted


async def run_jobs(parvis: Parvis) -> None:
    """Runs what is due, and what that makes due: a knock at the door, then its mail."""
    while await parvis.jobs.run_once():
        pass


async def listen(parvis: Parvis, listeners: Listeners | None = None) -> int:
    """Has all listeners, or these, take in what is recorded by now. Returns how many facts they took.

    What was just recorded is waited for: see `until_readable`.
    """
    await until_readable(parvis)
    return await (listeners or parvis.listeners).run_once()


async def until_readable(parvis: Parvis) -> None:
    """Until the log can be read as far as it is recorded now. PostgreSQL's is read below the oldest transaction of the
    whole server, be it one of the server's own, or of another test's database."""
    async with parvis.database.reading() as session:
        last = select(LogEntry.xid, LogEntry.id).order_by(LogEntry.xid.desc(), LogEntry.id.desc()).limit(1)
        recorded = (await session.execute(last)).first()
    async with asyncio.timeout(20):
        while True:
            if recorded is None or await parvis.log.end() >= Position(*recorded):
                return
            await asyncio.sleep(0.01)
