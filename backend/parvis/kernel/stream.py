"""The log as one client reads it: the facts of some topics, in the one order of the log, after a cursor.

A cursor is `epoch.position`. The epoch is drawn once for a database and again when it is restored, so that nobody goes
on from a position of another history. What came of the log since a cursor can be told while it is kept (`pruning.py`)
and is not too much; else the client begins anew from a snapshot (`Resume.resync`).
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import orjson
from sqlalchemy import BigInteger, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from .db import Base, Database
from .events import Fact, LogEntry, Position, fact_of

FARTHEST_BEHIND = 10_000
"""Facts that a client is told one after the other at most: beyond, a snapshot costs both sides less."""
EPOCH_BYTES = 6
LARGEST = 2**63 - 1


class LogState(Base):
    """One row: which history the log tells, and up to where it was forgotten."""

    __tablename__ = "log_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[str]
    pruned_xid: Mapped[int] = mapped_column(BigInteger, default=0)
    pruned_id: Mapped[int] = mapped_column(BigInteger, default=0)


class Subscription(NamedTuple):
    """A topic that a client follows, and after which position: where it joined, or the beginning."""

    topic: str
    after: Position = Position()


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a client has read, in which history."""

    epoch: str
    position: Position

    def __str__(self) -> str:
        return f"{self.epoch}.{self.position}"

    @classmethod
    def parse(cls, written: str) -> Self:
        """Raises ValueError when it is not a cursor."""
        epoch, _, position = written.partition(".")
        read = cls(epoch, Position.parse(position))
        if str(read) != written or not min(read.position.xid, read.position.id) >= 0:
            raise ValueError(written)
        if max(read.position.xid, read.position.id) > LARGEST:
            raise ValueError(written)
        return read


@dataclass(frozen=True, slots=True)
class Extent:
    """What can be read of the log now: facts after `pruned`, up to `end`."""

    epoch: str
    pruned: Position
    end: Position

    def reaches(self, cursor: Cursor) -> bool:
        """Whether what followed this cursor is still all there."""
        return cursor.epoch == self.epoch and self.pruned <= cursor.position <= self.end


@dataclass(frozen=True, slots=True)
class Portion:
    """Facts in order, and whether more of them wait after the last."""

    facts: Sequence[Fact]
    has_more: bool


async def begin(database: Database) -> None:
    """Draws the epoch of a database that has none yet."""
    async with database.reading() as session:
        known = await session.scalar(select(LogState.epoch))
    if known is None:
        await database.write(_draw_epoch)


async def _draw_epoch(session: AsyncSession) -> None:
    try:
        async with session.begin_nested():
            await session.execute(insert(LogState), [{"id": 1, "epoch": secrets.token_hex(EPOCH_BYTES)}])
    except IntegrityError:  # Another process that starts was quicker.
        return


async def renew_epoch(session: AsyncSession) -> None:
    """Another history begins: this database was restored. Every client begins anew from a snapshot."""
    await session.execute(update(LogState).values(epoch=secrets.token_hex(EPOCH_BYTES)))


class Stream:
    """Reads what stands on some topics."""

    def __init__(self, database: Database) -> None:
        self._dialect = database.dialect

    async def extent(self, session: AsyncSession) -> Extent:
        """Read it first: rights read after it are of later, so that whoever lost them reads nothing told since."""
        epoch, *numbers = (await session.execute(_EXTENT[self._dialect])).one()
        pruned_xid, pruned_id, end_xid, end_id = (number or 0 for number in numbers)
        return Extent(epoch, Position(pruned_xid, pruned_id), Position(end_xid, end_id))

    async def after(
        self,
        session: AsyncSession,
        position: Position,
        extent: Extent,
        subscriptions: Sequence[Subscription],
        types: Collection[str],
        limit: int,
    ) -> Portion | None:
        """At most `limit` facts of these types and topics after `position`, or None when too many are waiting.

        What was scrubbed is passed over: a later fact says why.
        """
        asked = _asked(subscriptions, position, extent) | {"types": orjson.dumps(list(types)).decode()}
        rows = (await session.execute(_PORTION[self._dialect], asked | {"limit": limit + 1})).all()
        if len(rows) > limit and await self._distance(session, asked) > FARTHEST_BEHIND:
            return None
        return Portion([fact_of(row) for row in rows[:limit]], has_more=len(rows) > limit)

    async def _distance(self, session: AsyncSession, asked: dict[str, object]) -> int:
        counted = await session.scalar(_DISTANCE[self._dialect], asked | {"limit": FARTHEST_BEHIND + 1})
        return int(counted or 0)


def _asked(subscriptions: Sequence[Subscription], position: Position, extent: Extent) -> dict[str, object]:
    starts = [(topic, max(after, position)) for topic, after in subscriptions]
    wanted = [{"t": topic, "x": start.xid, "i": start.id} for topic, start in starts]
    return {"wanted": orjson.dumps(wanted).decode(), "end_xid": extent.end.xid, "end_id": extent.end.id}


_COLUMNS = (LogEntry.xid, LogEntry.id, LogEntry.topic, LogEntry.type, LogEntry.data, LogEntry.actor_id, LogEntry.at)
_EXTENT = {
    "sqlite": text("SELECT epoch, pruned_xid, pruned_id, 0, (SELECT max(id) FROM events) FROM log_state"),
    "postgresql": text(
        "SELECT epoch, pruned_xid, pruned_id, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1, "
        "4611686018427387904 FROM log_state"
    ),
}
_PORTION = {
    "sqlite": text(
        "SELECT e.xid, e.id, e.topic, e.type, e.data, e.actor_id, e.at FROM json_each(:wanted) AS w JOIN events AS e "
        "ON e.topic = w.value ->> 't' AND e.xid = :end_xid AND e.id > w.value ->> 'i' AND e.id <= :end_id "
        "WHERE e.type IN (SELECT value FROM json_each(:types)) AND e.data ->> 'scrubbed' IS NULL "
        "ORDER BY e.id LIMIT :limit"
    ).columns(*_COLUMNS),
    "postgresql": text(
        "SELECT e.* FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w(t text, x bigint, i bigint) "
        "CROSS JOIN LATERAL (SELECT xid, id, topic, type, data, actor_id, at FROM events "
        "WHERE topic = w.t AND (xid, id) > (w.x, w.i) AND (xid, id) <= (:end_xid, :end_id) "
        "AND type IN (SELECT jsonb_array_elements_text(CAST(:types AS jsonb))) AND data ->> 'scrubbed' IS NULL "
        "ORDER BY xid, id LIMIT :limit) AS e ORDER BY e.xid, e.id LIMIT :limit"
    ).columns(*_COLUMNS),
}
_DISTANCE = {
    "sqlite": text(
        "SELECT count(*) FROM (SELECT 1 FROM json_each(:wanted) AS w JOIN events AS e "
        "ON e.topic = w.value ->> 't' AND e.xid = :end_xid AND e.id > w.value ->> 'i' AND e.id <= :end_id "
        "LIMIT :limit)"
    ),
    "postgresql": text(
        "SELECT count(*) FROM (SELECT 1 "
        "FROM jsonb_to_recordset(CAST(:wanted AS jsonb)) AS w(t text, x bigint, i bigint) "
        "CROSS JOIN LATERAL (SELECT 1 FROM events WHERE topic = w.t AND (xid, id) > (w.x, w.i) "
        "AND (xid, id) <= (:end_xid, :end_id) LIMIT :limit) AS e LIMIT :limit) AS counted"
    ),
}
"""Each topic is looked up in its own stretch of the index: what it costs does not grow with the log."""
