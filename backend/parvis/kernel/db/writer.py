"""SQLite's one writer: units of work queue here, and share durable commits.

A *unit* is one verb with its arguments. The writer takes the units that wait, runs each in a SAVEPOINT of one
`BEGIN IMMEDIATE` transaction on a thread of its own, commits once, and only then answers each. A unit that fails
rolls back alone. Under load one flush to disk is shared by many; alone, a unit waits for nobody.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from threading import Event
from time import monotonic
from typing import Any, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.orm.session import JoinTransactionMode

Hook = Callable[[AsyncSession], Awaitable[None]]

BATCH_UNITS = 64
BATCH_SECONDS = 0.05
"""A batch takes no further unit after this long, so that nobody waits behind a crowd of slow ones."""


class SessionInHand:
    """The part of `AsyncSession` that verbs use, on the writer's own connection: its awaits never suspend.

    Statements on tables go straight to the connection. A session with its identity map, three times as dear, is made
    when a verb first touches an entity, and from then on sees every statement, so that it flushes before them.
    """

    joins: JoinTransactionMode = "create_savepoint"
    """How its session takes part in the transaction of the connection."""

    def __init__(self, connection: Connection) -> None:
        self.info: dict[Any, Any] = {}
        self._connection = connection
        self._session: Session | None = None

    @property
    def sync_session(self) -> Session:
        if self._session is None:
            self._session = Session(self._connection, join_transaction_mode=self.joins, expire_on_commit=False)
        return self._session

    def add(self, instance: object) -> None:
        self.sync_session.add(instance)

    def add_all(self, instances: Iterable[object]) -> None:
        self.sync_session.add_all(instances)

    def expunge(self, instance: object) -> None:
        self.sync_session.expunge(instance)

    def get_bind(self) -> Connection:
        return self._connection

    async def execute(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        if self._session is None and not is_about_entities(statement):
            return self._connection.execute(statement, *args, **kwargs)
        return self.sync_session.execute(statement, *args, **kwargs)

    async def scalar(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        return (await self.execute(statement, *args, **kwargs)).scalar()

    async def scalars(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        return (await self.execute(statement, *args, **kwargs)).scalars()

    async def get(self, *args: Any, **kwargs: Any) -> Any:
        return self.sync_session.get(*args, **kwargs)

    async def get_one(self, *args: Any, **kwargs: Any) -> Any:
        return self.sync_session.get_one(*args, **kwargs)

    async def refresh(self, *args: Any, **kwargs: Any) -> None:
        self.sync_session.refresh(*args, **kwargs)

    async def merge(self, *args: Any, **kwargs: Any) -> Any:
        return self.sync_session.merge(*args, **kwargs)

    async def delete(self, instance: object) -> None:
        self.sync_session.delete(instance)

    async def flush(self) -> None:
        if self._session is not None:
            self._session.flush()

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        with self.sync_session.begin_nested():
            yield

    def finish(self) -> None:
        if self._session is not None:
            self._session.commit()

    def close(self) -> None:
        if self._session is not None:
            self._session.close()


def is_about_entities(statement: Any) -> bool:
    return bool(getattr(statement, "_propagate_attrs", {}).get("compile_state_plugin") == "orm")


@dataclass(slots=True)
class Unit:
    """One verb, the future its caller waits on, and what came of it."""

    call: Callable[[AsyncSession], Coroutine[Any, Any, Any]]
    future: asyncio.Future[Any]
    context: contextvars.Context
    result: Any = None
    error: BaseException | None = None
    info: dict[Any, Any] = field(default_factory=dict)

    def run(self, connection: Connection, before_commit: Sequence[Hook]) -> None:
        session = SessionInHand(connection)
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("SAVEPOINT unit")
        try:
            self.result = self.context.run(finish, self._verb_and_hooks(session, before_commit))
            session.finish()
            driver.execute("RELEASE unit")
            self.info = session.info
        except BaseException as error:  # noqa: BLE001 — whatever it is, a cancellation too, its caller shall hear it
            self.error = error
            session.close()
            if driver.in_transaction:
                driver.execute("ROLLBACK TO unit")
                driver.execute("RELEASE unit")
        else:
            session.close()

    async def _verb_and_hooks(self, session: SessionInHand, before_commit: Sequence[Hook]) -> Any:
        as_verbs_know_it = cast(AsyncSession, session)
        result = await self.call(as_verbs_know_it)
        for hook in before_commit:
            await hook(as_verbs_know_it)
        await session.flush()
        return result

    def answer(self) -> None:
        if self.error is None:
            for callback in self.info.get("after_commit", ()):
                callback()
        if self.future.done():  # Its caller has gone; what was done stays done.
            return
        if self.error is None:
            self.future.set_result(self.result)
        elif isinstance(self.error, asyncio.CancelledError):
            self.future.cancel()
        else:
            self.future.set_exception(self.error)


def finish(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a verb or a query to its end in one step: whoever holds the write lock, or a thread of those who read, may
    not wait for anything else."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise RuntimeError("a verb awaits nothing but its session")


class SqliteWriter:
    """Runs units one batch at a time on a single connection in a single thread."""

    def __init__(self, engine: Engine, before_commit: Sequence[Hook], commit_delay: float = 0.0) -> None:
        self.engine = engine
        self._before_commit = before_commit
        self._commit_delay = commit_delay
        self._waiting: deque[Unit] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parvis-writer")
        self._draining: asyncio.Task[None] | None = None
        self.on_batch: Callable[[list[dict[Any, Any]]], None] = lambda infos: None

    async def run(self, call: Callable[[AsyncSession], Coroutine[Any, Any, Any]]) -> Any:
        unit = Unit(call, asyncio.get_running_loop().create_future(), contextvars.copy_context())
        self._waiting.append(unit)
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain(), context=contextvars.Context())
        return await unit.future

    async def stop(self) -> None:
        """Finishes what waits, then closes the connection."""
        if self._draining is not None:
            await self._draining
        self._thread.shutdown()
        self.engine.dispose()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch = await loop.run_in_executor(self._thread, self._run_batch)
            for unit in batch:
                unit.answer()
            done = [unit.info for unit in batch if unit.error is None]
            if done:
                self.on_batch(done)

    def _run_batch(self) -> list[Unit]:
        """Takes what waits, runs it, commits. An error of the commit itself fails every unit of the batch."""
        batch: list[Unit] = []
        try:
            with self.engine.connect() as connection, connection.begin():
                until = monotonic() + BATCH_SECONDS
                while self._waiting and len(batch) < BATCH_UNITS and monotonic() < until:
                    batch.append(self._waiting.popleft())
                    batch[-1].run(connection, self._before_commit)
                    if batch[-1].error and not _in_transaction(connection):
                        raise batch[-1].error  # SQLite gave the whole transaction up (disk full, say).
                if self._commit_delay:  # For benches: flushing is nearly free on many virtual machines.
                    Event().wait(self._commit_delay)
        except BaseException as error:  # noqa: BLE001 — whatever it is, those who wait shall hear it
            if not batch:  # The transaction did not begin: everybody waiting hears why.
                while self._waiting:
                    batch.append(self._waiting.popleft())
            for unit in batch:
                unit.error = unit.error or error
        return batch


def _in_transaction(connection: Connection) -> bool:
    return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]
