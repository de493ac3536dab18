"""The log of facts: recorded with the change, read after commit, in order, by position.

One append-only table. `record(session, event)` writes in the same unit of work as the change itself. Everything
live or deferred hangs on the log: listeners move along it with a position of their own (`kernel/listeners.py`),
and each process follows its end in memory (`Tail`).

**Order.** SQLite has one writer, so row numbers are the order. On PostgreSQL a sequence gives a number before its
transaction commits, and a reader that asks for `id > last` jumps over slow transactions. So rows carry the
writing transaction's id (`xid8`), and are read by `(xid, id)` strictly below `pg_snapshot_xmin` of the current
snapshot: no transaction below it can still commit (PostgreSQL manual, section 9.28, snapshot functions).
"""

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Self, cast
from uuid import UUID

import structlog
from pydantic import BaseModel, ConfigDict
from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    func,
    insert,
    not_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy import cast as cast_sql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base
from .db.base import BigId
from .db.database import Database

log = structlog.get_logger()

SCRUBBED = "scrubbed"
SCRUBBED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """What clients that follow the topic of an event are told of it: `fields`, each of which all of them may see.

    A token hears of it when it has `scope`.
    """

    scope: str
    fields: tuple[str, ...] = ()


class Event(BaseModel, ABC):
    """A fact in the past tense. `type` is its name for ever; fields are what every subscriber of its topics may see.

    Each type says for itself what clients are `told`; None is a fact for Parvis alone, which never leaves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    type: ClassVar[str]
    told: ClassVar[Told | None]

    @abstractmethod
    def topic(self) -> str:
        """The topic it stands on, such as `member:018f…`."""


class LogEntry(Base):
    """One recorded fact."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_xid_id", "xid", "id"),
        Index("ix_events_topic_xid_id", "topic", "xid", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    xid: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    topic: Mapped[str]
    type: Mapped[str]
    data: Mapped[dict[str, Any]]
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the log; written `xid.id` in cursors."""

    xid: int = 0
    id: int = 0

    def __str__(self) -> str:
        return f"{self.xid}.{self.id}"

    @classmethod
    def parse(cls, written: str) -> Self:
        """Raises ValueError when it is not a position."""
        xid, _, number = written.partition(".")
        return cls(int(xid), int(number))


@dataclass(frozen=True, slots=True)
class Fact:
    """A recorded event as listeners read it; `data` as it was validated when recorded."""

    position: Position
    topic: str
    type: str
    data: dict[str, Any]
    actor_id: UUID | None
    at: datetime


_table = cast(Table, LogEntry.__table__)
_insert = insert(_table)
_last_id = select(func.max(_table.c.id))
_facts = select(_table.c.xid, _table.c.id, _table.c.topic, _table.c.type, _table.c.data, _table.c.actor_id, _table.c.at)
_after_id = bindparam("after_id", type_=BigInteger)
_AFTER = _facts.where(_table.c.id > _after_id).order_by(_table.c.id).limit(bindparam("most", type_=Integer))
_AFTER_ON_POSTGRESQL = (
    _facts.where(tuple_(_table.c.xid, _table.c.id) > tuple_(bindparam("after_xid", type_=BigInteger), _after_id))
    .where(_table.c.xid < text("pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
    .order_by(_table.c.xid, _table.c.id)
    .limit(bindparam("most", type_=Integer))
)
_own_xid = text("SELECT pg_current_xact_id()::text::bigint")


def record(session: AsyncSession, fact: Event, *, actor_id: UUID | None = None) -> None:
    """Records the fact with the change: it is written just before this unit commits, or not at all."""
    session.info.setdefault("facts", []).append(
        {
            "topic": fact.topic(),
            "type": fact.type,
            "data": fact.model_dump(mode="json"),
            "actor_id": actor_id,
            "at": clock.now(),
        }
    )


async def write_recorded(session: AsyncSession) -> None:
    """The hook of `Database.before_commit` that puts the recorded facts in the log."""
    facts = session.info.get("facts")
    if facts:
        await session.execute(_insert, facts)


async def position_in(session: AsyncSession) -> Position:
    """Where this unit of work stands in the log: whatever it records comes after, and so does every fact of a unit that
    began to write later.

    To be kept with a membership whose history begins on joining. What a slower unit, which was already writing,
    tells after this one's commit stands before it: in the order of the log it is older than the membership.
    """
    if session.get_bind().dialect.name == "postgresql":
        return Position(xid=await session.scalar(_own_xid) or 0)
    return Position(id=await session.scalar(_last_id) or 0)


async def scrub(session: AsyncSession, topic: str, left: Mapping[str, str]) -> int:
    """Leaves of what was told on this topic that something was told, and `left`: what it was about is to be forgotten.

    Takes at most 500 facts at a time, and returns how many.
    """
    told = LogEntry.data[SCRUBBED].as_boolean().is_not(None)
    facts = select(LogEntry.id).where(LogEntry.topic == topic, not_(told)).limit(SCRUBBED_AT_ONCE)
    found = list(await session.scalars(facts))
    emptied = update(LogEntry).where(LogEntry.id.in_(found)).values(data={**left, SCRUBBED: True})
    await session.execute(emptied.execution_options(synchronize_session=False))
    return len(found)


async def scrub_about(session: AsyncSession, topic: str, id_: UUID) -> None:
    """Leaves of what was told on this topic about one thing, or where it was named, that something was told of it."""
    found = select(LogEntry.id).where(LogEntry.topic == topic, cast_sql(LogEntry.data, Text).contains(str(id_)))
    ids = list(await session.scalars(found))
    for first in range(0, len(ids), SCRUBBED_AT_ONCE):
        some = LogEntry.id.in_(ids[first : first + SCRUBBED_AT_ONCE])
        emptied = update(LogEntry).where(some).values(data={"id": str(id_), SCRUBBED: True})
        await session.execute(emptied.execution_options(synchronize_session=False))


class Log:
    """Reads the log in its one true order."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._on_postgresql = database.dialect == "postgresql"

    async def end(self) -> Position:
        """The position after which everything is yet to come."""
        async with self._database.reading() as session:
            if self._on_postgresql:
                xmin = await session.scalar(text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))
                return Position(int(xmin or 0) - 1, 2**62)
            return Position(0, await session.scalar(_last_id) or 0)

    async def after(self, position: Position, limit: int = 500) -> list[Fact]:
        """At most `limit` facts after `position`, in order."""
        return await self._database.read(self.after_in, position, limit)

    async def after_in(self, session: AsyncSession, position: Position, limit: int = 500) -> list[Fact]:
        """The same, read in a session at hand."""
        query = _AFTER_ON_POSTGRESQL if self._on_postgresql else _AFTER
        asked = (
            {"after_xid": position.xid, "after_id": position.id} if self._on_postgresql else {"after_id": position.id}
        )
        rows: Sequence[Any] = (await session.execute(query, {**asked, "most": limit})).all()
        return [fact_of(row) for row in rows]


def fact_of(row: Row[Any]) -> Fact:
    """The fact in a row that has the columns of the log."""
    return Fact(Position(row.xid, row.id), row.topic, row.type, row.data, row.actor_id, row.at)


Follower = Callable[[Sequence[Fact]], Awaitable[None]]


@dataclass
class Tail:
    """Follows the end of the log in this process, for what is told in memory: sockets, caches.

    It wakes when told that something was committed, here or elsewhere, and once a second in any case, so a lost
    wake-up delays and never loses.
    """

    log: Log
    poll_seconds: float = 1.0
    position: Position = field(default_factory=Position)
    _followers: list[Follower] = field(default_factory=list)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None
    _stopping: bool = False

    def follow(self, follower: Follower) -> None:
        self._followers.append(follower)

    def wake(self) -> None:
        self._wake.set()

    async def start(self) -> None:
        self.position = await self.log.end()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._stopping = True  # wait_for of Python 3.11 loses a cancellation that meets a wake-up (gh-86296).
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        while not self._stopping:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self.poll_seconds)
            self._wake.clear()
            try:
                await self._catch_up()
            except Exception:
                log.exception("tail.failed")

    async def _catch_up(self) -> None:
        while facts := await self.log.after(self.position):
            self.position = facts[-1].position
            for follower in self._followers:
                await follower(facts)
