"""Listeners: reactions to facts, each with a position of its own in the log.

A listener's reaction and the step of its position are one unit of work, so a listener that dies repeats nothing.
A fact that fails five times is set aside in `quarantined_events`, and the listener goes on.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import BigInteger, bindparam, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base, Database
from .events import Event, Fact, Log, Position
from .ids import new_id
from .metrics import EVENTS_QUARANTINED, LOG_LAG

log = structlog.get_logger()

MAX_ATTEMPTS = 5
BACK_OFF = timedelta(seconds=1)
LAST = Position(2**62, 2**62)
"""Beyond every fact."""

Reaction = Callable[[AsyncSession, Fact], Awaitable[None]]


@dataclass(frozen=True)
class Listener:
    """Who listens: a stable name, the event types it hears, and its reaction (a verb)."""

    name: str
    hears: frozenset[str]
    react: Reaction

    @classmethod
    def to(cls, name: str, events: Sequence[type[Event]], react: Reaction) -> "Listener":
        return cls(name, frozenset(event.type for event in events), react)


class ListenerState(Base):
    """How far a listener has come."""

    __tablename__ = "listeners"

    name: Mapped[str] = mapped_column(primary_key=True)
    xid: Mapped[int] = mapped_column(BigInteger)
    event_id: Mapped[int] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None]


class QuarantinedEvent(Base):
    """A fact that a listener could not take in."""

    __tablename__ = "quarantined_events"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    listener: Mapped[str]
    event_id: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str]
    data: Mapped[dict[str, Any]]
    error: Mapped[str]
    at: Mapped[datetime]


@dataclass(frozen=True)
class Ahead:
    """What a listener has before it. `is_known`: it has a position of its own already."""

    listener: Listener
    facts: Sequence[Fact]
    is_known: bool

    @property
    def heard(self) -> bool:
        return any(fact.type in self.listener.hears for fact in self.facts)


FACTS = 100
"""Looked at in one turn."""
STATES = select(ListenerState.name, ListenerState.xid, ListenerState.event_id, ListenerState.retry_at).where(
    ListenerState.name.in_(bindparam("names", expanding=True))
)


class Listeners:
    """Moves every listener on. One process at a time moves a given listener: its row is locked."""

    def __init__(self, database: Database, event_log: Log, table: Sequence[Listener]) -> None:
        self._database = database
        self._log = event_log
        self._table = table

    async def run_once(self, most: int | None = None) -> int:
        """Brings each listener forward as far as it goes now, or `most` facts. Returns how many were taken in."""
        taken = 0
        while moved := await self._turn(most):
            taken += moved
            if most is not None:
                break
        return taken

    async def _turn(self, most: int | None) -> int:
        """The next facts are looked at once for all: most of them concern one or two."""
        ahead = await self._database.read(self._ahead)
        passed = {one.listener.name: one.facts[-1].position for one in ahead if one.is_known and not one.heard}
        if passed:
            await self._database.write(_step_over, passed)
        taken = sum(len(one.facts) for one in ahead if one.listener.name in passed)
        for one in ahead:
            if one.listener.name not in passed:
                taken += await self._advance(one.listener, min(most or FACTS, len(one.facts)))
        return taken

    async def _ahead(self, session: AsyncSession) -> "list[Ahead]":
        """Those that have something before them, and what. Two queries while all stand at the same place, as mostly,
        and one more for each other place: who stays behind keeps nobody."""
        rows = await session.execute(STATES, {"names": [listener.name for listener in self._table]})
        known = {row.name: (Position(row.xid, row.event_id), row.retry_at) for row in rows}
        after = dict[Position, Sequence[Fact]]()
        found = []
        for listener in self._table:
            position, retry_at = known.get(listener.name, (Position(), None))
            if retry_at is not None and retry_at > clock.now():
                continue
            if position not in after:
                after[position] = await self._log.after_in(session, position, limit=FACTS)
            if after[position]:
                found.append(Ahead(listener, after[position], listener.name in known))
        return found

    async def slowest(self, session: AsyncSession) -> Position:
        """The position that every listener has reached: the end of time when there is none, the beginning while one
        has read nothing."""
        names = [listener.name for listener in self._table]
        states = (await session.execute(select(ListenerState).where(ListenerState.name.in_(names)))).scalars().all()
        reached = [Position(state.xid, state.event_id) for state in states]
        return min([*reached, *[Position()] * (len(names) - len(reached))], default=LAST)

    async def measure(self) -> None:
        """Says how far each listener is behind: where one stays behind, something keeps it."""
        async with self._database.reading() as session:
            for name, seconds in (await self.lags(session)).items():
                LOG_LAG.labels(name).set(seconds)

    async def lags(self, session: AsyncSession) -> dict[str, float]:
        """Seconds since the oldest fact that each listener has yet to read. Those that stand at the same place, as most
        do, are asked for together."""
        states = {state.name: state for state in await session.scalars(select(ListenerState))}
        ages, found = dict[Position, float](), dict[str, float]()
        for listener in self._table:
            state = states.get(listener.name)
            position = Position(state.xid, state.event_id) if state else Position()
            if position not in ages:
                unread = await self._log.after_in(session, position, limit=1)
                ages[position] = max(0.0, (clock.now() - unread[0].at).total_seconds()) if unread else 0.0
            found[listener.name] = ages[position]
        return found

    async def _advance(self, listener: Listener, most: int) -> int:
        taken = 0
        while taken < most:
            try:
                moved = await self._database.write(self._step, listener, most - taken)
            except Exception as error:  # noqa: BLE001 — a reaction may fail in any way; it is tried again
                log.warning("listener.failed", listener=listener.name, error=repr(error))
                await self._database.write(self._remember_failure, listener, error)
                return taken
            if not moved:
                return taken
            taken += moved
        return taken

    async def _step(self, session: AsyncSession, listener: Listener, most: int) -> int:
        """One fact at most is reacted to; facts it does not hear are stepped over together. They are read anew: what
        was deleted since says nothing any more."""
        state = await _locked_state(session, listener.name)
        if state.retry_at is not None and state.retry_at > clock.now():
            return 0
        facts = await self._log.after_in(session, Position(state.xid, state.event_id), limit=most)
        for number, fact in enumerate(facts, start=1):
            state.xid, state.event_id = fact.position.xid, fact.position.id
            if fact.type in listener.hears:
                await listener.react(session, fact)
                state.attempts, state.retry_at = 0, None
                return number
        return len(facts)

    async def _remember_failure(self, session: AsyncSession, listener: Listener, error: Exception) -> None:
        state = await _locked_state(session, listener.name)
        state.attempts += 1
        state.retry_at = clock.now() + BACK_OFF * 2 ** (state.attempts - 1)
        if state.attempts < MAX_ATTEMPTS:
            return
        for fact in await self._log.after_in(session, Position(state.xid, state.event_id), limit=100):
            state.xid, state.event_id = fact.position.xid, fact.position.id
            if fact.type in listener.hears:
                session.add(
                    QuarantinedEvent(
                        listener=listener.name,
                        event_id=fact.position.id,
                        type=fact.type,
                        data=fact.data,
                        error=repr(error)[:2000],
                        at=clock.now(),
                    )
                )
                EVENTS_QUARANTINED.labels(listener.name).inc()
                log.error("listener.quarantined", listener=listener.name, event_id=fact.position.id)
                break
        state.attempts, state.retry_at = 0, None


async def _step_over(session: AsyncSession, reached: Mapping[str, Position]) -> None:
    """Facts that these listeners do not hear."""
    for name, position in reached.items():
        is_before = tuple_(ListenerState.xid, ListenerState.event_id) < (position.xid, position.id)
        await session.execute(
            update(ListenerState)
            .where(ListenerState.name == name, is_before)
            .values(xid=position.xid, event_id=position.id)
            .execution_options(synchronize_session=False)
        )


async def _locked_state(session: AsyncSession, name: str) -> ListenerState:
    query = select(ListenerState).where(ListenerState.name == name).with_for_update()
    state = (await session.execute(query)).scalar_one_or_none()
    if state is not None:
        return state
    begun = ListenerState(name=name, xid=0, event_id=0, attempts=0, retry_at=None)
    try:
        async with session.begin_nested():
            session.add(begun)
            await session.flush()
    except IntegrityError:  # Another worker that starts was quicker.
        return (await session.execute(query)).scalar_one()
    return begun
