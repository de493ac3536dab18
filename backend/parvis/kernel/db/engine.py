"""How each database is opened."""

from sqlite3 import Connection as SqliteConnection
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool, StaticPool

READERS = 8
IDLE_IN_TRANSACTION_MS = 10_000
WAITS_FOR_A_LINE, CONNECTS_WITHIN = 10, 3
"""Seconds until who waits for a connection of the pool, or for a server that says nothing, is told to come back. Of
several servers each has so long."""
LOST_LINES = {"keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3, "tcp_user_timeout": 10_000}
"""A machine that is gone does not say so: after some ten seconds its lines count as dead."""
READ_ONLY = "25006"
"""What a server answers to who writes, once another has taken over."""
SETTINGS = (f"idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}", "timezone=UTC", "jit=off")
"""Of PostgreSQL. No statement is so long that it is worth being compiled: that takes longer than any of them."""


def is_sqlite(url: str | URL) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def reading_engine(url: str) -> AsyncEngine:
    """A pool of connections for reading; on PostgreSQL the same pool serves units of work too."""
    if not is_sqlite(url):
        engine = create_async_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=10,
            max_overflow=10,
            pool_timeout=WAITS_FOR_A_LINE,
            pool_pre_ping=True,
            connect_args={
                "options": " ".join(f"-c {setting}" for setting in SETTINGS),
                "connect_timeout": CONNECTS_WITHIN,
                **LOST_LINES,
            },
        )
        event.listen(engine.sync_engine, "handle_error", _leave_who_only_reads)
        return engine
    engine = create_async_engine(
        make_url(url).set(drivername="sqlite+aiosqlite"), pool_size=READERS, max_overflow=READERS
    )
    _prepare(engine.sync_engine, begin="BEGIN", read_only=True)
    return engine


def _leave_who_only_reads(failed: ExceptionContext) -> None:
    """The connection is given up, and all that are as old: the next is made with the one that takes writes."""
    if getattr(failed.original_exception, "sqlstate", None) == READ_ONLY:
        failed.is_disconnect = True


def readers_engine(url: str, more: int = 0) -> Engine:
    """SQLite's connections for reading in steps, each in the hand of one thread at a time; `more` for a time."""
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=more,
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
        if read_only and getattr(connection.connection.driver_connection, "in_transaction", False):
            return  # A thread that reads has begun it.
        cursor = connection.connection.cursor()  # Of the driver: a tenth of a small reading is saved.
        cursor.execute(begin)
        cursor.close()
