"""SQLite's one writer: units of work queue here, and share durable commits.

A *unit* is one verb with its arguments. The writer takes the units that wait, runs each in a SAVEPOINT of one
`BEGIN IMMEDIATE` transaction on a thread of its own, commits once, and only then answers each. A unit that fails
rolls back alone. Under load one flush to disk is shared by many; alone, a unit waits for nobody.
"""

import asyncio
import contextvars
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

Hook = Callable[[AsyncSession], Awaitable[None]]

BATCH_UNITS = 64
BATCH_SECONDS = 0.05
"""A batch takes no further unit after this long, so that nobody waits behind a crowd of slow ones."""


class SessionInHand:
    """The part of `AsyncSession` that verbs use, over a plain session: its awaits never suspend."""

    def __init__(self, session: Session) -> None:
        self.sync_session = session
        self.info = session.info
        self.add = session.add
        self.add_all = session.add_all
        self.expunge = session.expunge
        self.get_bind = session.get_bind

    async def execute(self, *args: Any, **kwargs: Any) -> Any:
        return self.sync_session.execute(*args, **kwargs)

    async def scalar(self, *args: Any, **kwargs: Any) -> Any:
        return self.sync_session.scalar(*args, **kwargs)

    async def scalars(self, *args: Any, **kwargs: Any) -> Any:
        return self.sync_session.scalars(*args, **kwargs)

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
        self.sync_session.flush()

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        with self.sync_session.begin_nested():
            yield


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
        session = Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        try:
            with session:
                self.result = self.context.run(_finish, self._verb_and_hooks(session, before_commit))
                session.commit()
                self.info = session.info
        except Exception as error:
            self.error = error

    async def _verb_and_hooks(self, session: Session, before_commit: Sequence[Hook]) -> Any:
        in_hand = cast(AsyncSession, SessionInHand(session))
        result = await self.call(in_hand)
        for hook in before_commit:
            await hook(in_hand)
        session.flush()
        return result

    def answer(self) -> None:
        if self.error is None:
            for callback in self.info.get("after_commit", ()):
                callback()
        if self.future.done():  # Its caller has gone; what was done stays done.
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


def _finish(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Runs a verb to its end in one step: whoever holds the write lock may not wait for anything else."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    coroutine.close()
    raise RuntimeError("a verb awaits nothing but its session")


class SqliteWriter:
    """Runs units one batch at a time on a single connection in a single thread."""

    def __init__(self, engine: Engine, before_commit: Sequence[Hook], commit_delay: float = 0.0) -> None:
        self._engine = engine
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
        self._engine.dispose()

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
            with self._engine.connect() as connection, connection.begin():
                until = monotonic() + BATCH_SECONDS
                while self._waiting and len(batch) < BATCH_UNITS and monotonic() < until:
                    batch.append(self._waiting.popleft())
                    batch[-1].run(connection, self._before_commit)
                    if batch[-1].error and not _in_transaction(connection):
                        raise batch[-1].error  # SQLite gave the whole transaction up (disk full, say).
                if self._commit_delay:  # For benches: flushing is nearly free on many virtual machines.
                    sleep(self._commit_delay)
        except Exception as error:
            if not batch:  # The transaction did not begin: everybody waiting hears why.
                while self._waiting:
                    batch.append(self._waiting.popleft())
            for unit in batch:
                unit.error = unit.error or error
        return batch


def _in_transaction(connection: Connection) -> bool:
    return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]
