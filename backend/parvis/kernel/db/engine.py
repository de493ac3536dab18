"""How each database is opened."""

from sqlite3 import Connection as SqliteConnection
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool

READERS = 8
IDLE_IN_TRANSACTION_MS = 10_000


def is_sqlite(url: str | URL) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def reading_engine(url: str) -> AsyncEngine:
    """A pool of connections for reading; on PostgreSQL the same pool serves units of work too."""
    if not is_sqlite(url):
        return create_async_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            connect_args={
                "options": f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS} -c timezone=UTC"
            },
        )
    engine = create_async_engine(
        make_url(url).set(drivername="sqlite+aiosqlite"), pool_size=READERS, max_overflow=READERS
    )
    _prepare(engine.sync_engine, begin="BEGIN", read_only=True)
    return engine


def readers_engine(url: str) -> Engine:
    """SQLite's connections for reading in one step, each in the hand of one thread at a time."""
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=0,
        connect_args={"check_same_thread": False},
        json_deserializer=orjson.loads,
    )
    _prepare(engine, begin="BEGIN", read_only=True)
    return engine


def writing_engine(url: str) -> Engine:
    """SQLite's one writing connection, for the writer's thread. `BEGIN IMMEDIATE` takes the lock before reading,
    because an upgrade from reading to writing fails at once with "database is locked"."""
    engine = create_engine(
        make_url(url).set(drivername="sqlite"), poolclass=StaticPool, connect_args={"check_same_thread": False}
    )
    _prepare(engine, begin="BEGIN IMMEDIATE", read_only=False)
    return engine


def _prepare(engine: Engine, *, begin: str, read_only: bool) -> None:
    pragmas = [
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA busy_timeout=10000",
        "PRAGMA cache_size=-32768",
        "PRAGMA temp_store=MEMORY",
    ]
    if read_only:
        pragmas.append("PRAGMA query_only=ON")

    @event.listens_for(engine, "connect")
    def configure(connection: SqliteConnection | Any, _record: object) -> None:
        connection.isolation_level = None  # The driver must not begin transactions of its own.
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
