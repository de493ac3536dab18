"""Reading SQLite on threads that have a connection in hand: a query to its end in one step, or a session's statements
each in one.

Going to a thread and back costs more than most statements. The driver for event loops goes there for each cursor, each
statement, its rows and its end; a query that asks ten statements in one step goes there once.
"""

import asyncio
import contextvars
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine

from .engine import READERS, readers_engine
from .plain import Call, read_in_hand
from .writer import SessionInHand, is_about_entities

T = TypeVar("T")
THREADS = 2
"""That read queries. SQLite's driver gives the interpreter away for each row and takes it again, so that each thread
more makes all others wait at each row, the writer too: with eight, what five hundred people wrote waited for twelve
seconds, with two for 0.13 (`python -m bench.active_users`)."""
AT_ONCE = {"prebuffer_rows": True}
"""Rows are fetched by the thread, not by who goes through them."""


class SteppedSession(SessionInHand):
    """The part of `AsyncSession` that readings use: each of its awaits is one step of a thread. It takes a connection
    when it is first asked something, so that who holds it meanwhile keeps nobody from one."""

    joins = "conditional_savepoint"

    def __init__(self, readers: "SqliteReaders") -> None:
        super().__init__(cast(Connection, None))
        self._readers = readers
        self._is_connected = False

    async def execute(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        return await self._step(self._execute, statement, *args, **kwargs)

    async def get(self, *args: Any, **kwargs: Any) -> Any:
        return await self._step(lambda: self.sync_session.get(*args, **kwargs))

    async def get_one(self, *args: Any, **kwargs: Any) -> Any:
        return await self._step(lambda: self.sync_session.get_one(*args, **kwargs))

    async def refresh(self, *args: Any, **kwargs: Any) -> None:
        await self._step(lambda: self.sync_session.refresh(*args, **kwargs))

    def get_bind(self) -> Any:
        return self._connection if self._is_connected else self._readers.sessions_engine

    def _execute(self, statement: Any, *args: Any, execution_options: Any = None, **kwargs: Any) -> Any:
        kwargs["execution_options"] = {**(execution_options or {}), **AT_ONCE}
        if self._session is None and not is_about_entities(statement):
            return self._connection.execute(statement, *args, **kwargs).freeze()()
        return self.sync_session.execute(statement, *args, **kwargs)

    async def _step(self, call: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        if not self._is_connected:
            await self._readers.free.acquire()
            try:
                self._connection = self._readers.sessions_engine.connect()
            except BaseException:
                self._readers.free.release()
                raise
            self._is_connected = True
        context = contextvars.copy_context()
        step = asyncio.get_running_loop().run_in_executor(
            self._readers.sessions_threads, lambda: context.run(call, *args, **kwargs)
        )
        try:
            return await asyncio.shield(step)
        except asyncio.CancelledError:
            await asyncio.wait([step])  # Nobody else gets the connection while it is at work.
            raise

    def close(self) -> None:
        super().close()
        if self._is_connected:
            self._readers.free.release()
            self._connection.close()


class SqliteReaders:
    """So many threads that read, each with a connection that refuses writes. Sessions have threads of their own, one
    for each that has a connection: if its next statement waited behind queries of others, it would keep it longer."""

    def __init__(self, url: str) -> None:
        self.engine = readers_engine(url)
        self.sessions_engine = readers_engine(url, more=READERS)
        self.free = asyncio.Semaphore(2 * READERS)
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="parvis-reader")
        self._of_thread = threading.local()
        self._kept: list[Connection] = []
        self.sessions_threads = ThreadPoolExecutor(2 * READERS, thread_name_prefix="parvis-session")

    async def run(self, call: Call) -> Any:
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self.threads, context.run, self.read, call)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[SteppedSession]:
        session = SteppedSession(self)
        try:
            yield session
        finally:
            session.close()

    def stop(self) -> None:
        self.threads.shutdown()
        self.sessions_threads.shutdown()
        for connection in self._kept:
            connection.close()
        for engine in self.engines:
            engine.dispose()

    @property
    def engines(self) -> list[Engine]:
        return [self.engine, self.sessions_engine]

    def read(self, call: Call) -> Any:
        """On a connection that the thread keeps: to take one and give it back took as long as a small reading."""
        connection = self._own()
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("BEGIN")
        try:
            return read_in_hand(connection, call)
        finally:
            connection.rollback()
            if driver.in_transaction:
                driver.execute("ROLLBACK")

    def _own(self) -> Connection:
        connection: Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None or connection.closed or connection.invalidated:
            connection = self._of_thread.connection = self.engine.connect()
            self._kept.append(connection)
        return connection
