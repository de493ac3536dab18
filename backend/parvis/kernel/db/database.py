"""The database as a process holds it: sessions for reading, and `write(verb, …)`."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import random
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from .engine import is_sqlite, reading_engine, writing_engine
from .plain import read_in_hand
from .readers import SqliteReaders
from .writer import Hook, SqliteWriter

P = ParamSpec("P")
T = TypeVar("T")

RETRIED = {"40001", "40P01"}
"""PostgreSQL's serialization failure and deadlock: the unit did nothing, and runs again."""
ATTEMPTS = 5


class Write:
    """`await write(verb, …)`: runs a verb as one unit of work, and returns after its durable commit.

    A verb is `async def verb(session, …)`; it awaits nothing but its session. Whatever it raises reaches the
    caller, and then nothing of it is kept.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def __call__(
        self, verb: Callable[Concatenate[AsyncSession, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async def call(session: AsyncSession) -> T:
            return await verb(session, *args, **kwargs)

        return cast(T, await self._database.unit_of_work(call))


class Read:
    """`await read(query, …)`: runs a query in one step.

    A query is `async def query(session, …)`; it awaits nothing but its session, and changes nothing. Entities are read
    as plain rows (see `plain`). On SQLite all of it is one step of a reader's thread, where a session of `reading` goes
    to its thread and back several times a statement.
    """

    def __init__(self, database: "Database") -> None:
        self._database = database

    async def __call__(
        self, query: Callable[Concatenate[AsyncSession, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        async def call(session: AsyncSession) -> T:
            return await query(session, *args, **kwargs)

        return cast(T, await self._database.read_at_once(call))


class Database:
    """One per process. `start()` before use, `stop()` after.

    `before_commit` hooks run inside each unit, after its verb. `on_commit` is called once per durable commit with
    the `info` of each unit in it, after their callers have been answered.
    """

    def __init__(self, url: str, *, commit_delay: float = 0.0) -> None:
        self.url = url
        self.dialect: Literal["sqlite", "postgresql"] = "sqlite" if is_sqlite(url) else "postgresql"
        self.before_commit: list[Hook] = []
        self.on_commit: Callable[[list[dict[Any, Any]]], None] = lambda infos: None
        self.write = Write(self)
        self.read = Read(self)
        self._commit_delay = commit_delay
        self._writer: SqliteWriter | None = None
        self._readers: SqliteReaders | None = None

    @property
    def engines(self) -> list[Engine]:
        """All that send statements: for who wants to hear them."""
        on_sqlite = [self._writer.engine] if self._writer else []
        return [self.engine.sync_engine, *on_sqlite, *(self._readers.engines if self._readers else [])]

    async def start(self) -> None:
        """Opens the pool, and the writer on SQLite.

        Raises RuntimeError when SQLite does not keep `synchronous=FULL`, which our promise of durability stands on.
        """
        if self.dialect == "sqlite":
            database = make_url(self.url).database
            Path(database or "").parent.mkdir(parents=True, exist_ok=True)
            engine = writing_engine(self.url)
            with engine.connect() as connection:
                modes = [
                    connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
                ]
            if modes != ["wal", 2]:
                raise RuntimeError(f"SQLite must run with WAL and synchronous=FULL, not {modes}")
            self._writer = SqliteWriter(engine, self.before_commit, self._commit_delay)
            self._writer.on_batch = lambda infos: self.on_commit(infos)
            self._readers = SqliteReaders(self.url)
        self.engine = reading_engine(self.url)
        # Each statement sees what is committed when it begins, in a transaction or not: two journeys less.
        self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    async def stop(self) -> None:
        if self._writer is not None:
            await self._writer.stop()
            self._writer = None
        if self._readers is not None:
            self._readers.stop()
            self._readers = None
        await self.engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for reading; on SQLite its connection refuses writes."""
        if self._readers is not None:
            async with self._readers.session() as stepped:
                yield cast(AsyncSession, stepped)
            return
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    async def read_at_once(self, call: Callable[[AsyncSession], Any]) -> Any:
        if self._readers is not None:
            return await self._readers.run(call)
        async with self._at_once.connect() as connection:
            return await connection.run_sync(read_in_hand, call)

    async def unit_of_work(self, call: Callable[[AsyncSession], Any]) -> Any:
        if self._writer is not None:
            return await self._writer.run(call)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._transaction(call)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in RETRIED or attempt == ATTEMPTS:
                    raise
                await asyncio.sleep(random() * 0.02 * attempt)  # noqa: S311 — jitter, not a secret
        raise AssertionError("unreachable")

    async def _transaction(self, call: Callable[[AsyncSession], Any]) -> Any:
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            async with session.begin():
                result = await call(session)
                for hook in self.before_commit:
                    await hook(session)
            for callback in session.info.get("after_commit", ()):
                callback()
            self.on_commit([session.info])
            return result

    async def ping(self) -> None:
        """Raises the driver's error when the database does not answer."""
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))
