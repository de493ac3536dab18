"""What a test leaves warm for the next of its process: statements in SQL, which password is which, and connections to
PostgreSQL.

Each test has engines of its own. They would compile each statement anew, and open connections whose backends know no
table yet: a third of the time of most tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import AsyncConnection
from psycopg.errors import Error
from psycopg.pq import TransactionStatus
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

STATEMENTS = 4_000
MOST_IDLE = 10
"""As many as a pool keeps."""


@contextmanager
def statements_compiled_once() -> Iterator[None]:
    """Within the block, what one engine has compiled is there for all that open their databases alike."""
    compiled: LRUCache[Any, Any] = LRUCache(STATEMENTS)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(DefaultDialect, "__eq__", lambda one, other: _kind(one) == _kind(other))
        changed.setattr(DefaultDialect, "__hash__", lambda one: hash(_kind(one)))
        event.listen(Engine, "engine_connect", share)
        yield
        event.remove(Engine, "engine_connect", share)


@contextmanager
def passwords_compared_once() -> Iterator[None]:
    """Within the block, a password that was once compared with a hash is not compared with it again: that takes a tenth
    of a second, on purpose."""
    compare = Argon2Hasher.verify
    known: dict[tuple[Any, ...], bool] = {}

    def compared(hasher: Argon2Hasher, *asked: Any) -> bool:
        if asked not in known:
            known[asked] = compare(hasher, *asked)
        return known[asked]

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(Argon2Hasher, "verify", compared)
        yield


def _kind(dialect: Any) -> object:
    """What decides how a statement is written, and how its answer is read."""
    return type(dialect), getattr(dialect, "_json_serializer", None), getattr(dialect, "_json_deserializer", None)


class KeptConnection(AsyncConnection[Any]):
    """One that is idle when it is closed waits for the next who connects in the same way."""

    idle: dict[str, list["KeptConnection"]] = {}
    way: str = ""

    async def close(self) -> None:
        waiting = self.idle.get(self.way, [])
        if self in waiting:
            return
        if len(waiting) < MOST_IDLE and self.info.transaction_status == TransactionStatus.IDLE:
            waiting.append(self)
        else:
            await super().close()

    @classmethod
    async def taken(cls, **said: Any) -> "KeptConnection":
        """One that waits, as if it were new, or a new one."""
        way = str({name: value for name, value in said.items() if name != "context"})
        waiting = cls.idle.setdefault(way, [])
        while waiting:
            if await (found := waiting.pop())._is_as_new():
                return found
        made = await cls.connect(**said)
        made.way = way
        return made

    async def _is_as_new(self) -> bool:
        self.lock = type(self.lock)()  # The loop of another test may have waited for the old one.
        self._notice_handlers.clear()
        try:
            await self.set_autocommit(True)
            await self.execute("RESET ALL")
            await self.set_autocommit(False)
        except Error:
            await super().close()
            return False
        return True


@contextmanager
def connections_kept(database: str) -> Iterator[None]:
    """Within the block, asynchronous connections to this database are used again by the next test."""

    def take(dialect: Any, _record: object, _args: object, said: dict[str, Any]) -> None:
        if dialect.is_async and said.get("dbname") == database:
            said["async_creator_fn"] = KeptConnection.taken

    event.listen(Engine, "do_connect", take)
    yield
    event.remove(Engine, "do_connect", take)
    for waiting in KeptConnection.idle.values():
        for one in waiting:
            one.pgconn.finish()
    KeptConnection.idle.clear()
