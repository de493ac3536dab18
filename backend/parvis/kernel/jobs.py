"""Jobs: work due at a time, leased by a worker.

A job is enqueued in the unit of work that wants it, so it exists exactly when the change does. A worker takes due
jobs by one `UPDATE … RETURNING` (`FOR UPDATE SKIP LOCKED` on PostgreSQL), holds them for a lease, and says done
only if it still holds them. A worker that dies leaves its lease to run out: handlers run at least once and must be
idempotent.

A job that fails in itself is set aside after five tries, as is one whose worker died each time; one that waits for
something outside (`NotNow`, `OSError`, the database) is tried for some hours, or as often as its kind is given. What
was set aside is kept whole for a week: once its cause is gone, it can be tried again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

import structlog
from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Delete,
    Index,
    Table,
    Update,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base, Database
from .errors import Conflict, NotFound
from .ids import new_id
from .metrics import JOBS_DONE, JOBS_WAITING, JOBS_WAITING_SECONDS
from .tracing import span

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
PATIENT_ATTEMPTS = 12
BACK_OFF = timedelta(seconds=5)
LONGEST_BACK_OFF = timedelta(hours=1)
DOUBLED = 10
"""So often, which is beyond the longest wait."""
JITTER = 0.2
"""Up to so much of a wait is left out: what was put off together does not come back together."""
AT_ONCE = 4
KEPT_DONE = timedelta(days=1)
KEPT_WHOLE = timedelta(days=7)
"""How long a job that was set aside can be tried again. What it was about is then forgotten…"""
KEPT_ASIDE = timedelta(days=30)
"""…and that it was, later."""
ASIDE_AT_ONCE = 500
FORGOTTEN_AT_ONCE = 20
"""With each job that ends: more than one, so that they do not pile up."""


class NotNow(Exception):
    """What the job needs is not there for now, through no fault of its own."""


class JobWaiting(Conflict):
    """One of that name and key is due already: it does what this one was to do."""

    code = "job_waiting"
    title = {"fr": "La même tâche attend déjà.", "en": "The same job is waiting already."}


WORKER_DIED = "its worker died each time"
OUTSIDE = (NotNow, OSError, InterfaceError, OperationalError)


class Job(Base):
    """One piece of work. `ended_at` is set when it ended: well, or with the `error` for which it was given up."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index(
            "ix_jobs_due", "run_at", postgresql_where=text("ended_at IS NULL"), sqlite_where=text("ended_at IS NULL")
        ),
        Index(
            "uq_jobs_unique_key",
            "name",
            "unique_key",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_jobs_done", "ended_at", postgresql_where=text("error IS NULL"), sqlite_where=text("error IS NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    payload: Mapped[dict[str, Any]]
    unique_key: Mapped[str | None]
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    owner: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    error: Mapped[str | None]


_jobs = cast(Table, Job.__table__)
_WAITING = select(_jobs.c.id).where(
    _jobs.c.name == bindparam("of"), _jobs.c.unique_key == bindparam("key"), _jobs.c.ended_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class LeasedJob:
    """A job as its handler sees it. `id` is stable over retries: use it to do an outside effect once."""

    id: UUID
    name: str
    payload: dict[str, Any]
    attempts: int


Handler = Callable[[LeasedJob], Awaitable[None]]


async def enqueue(
    session: AsyncSession,
    name: str,
    payload: dict[str, Any],
    *,
    run_at: datetime | None = None,
    unique: str | None = None,
) -> UUID | None:
    """Adds a job, due now unless `run_at` says later. With `unique`, a job of that name and key that has not ended
    yet makes this a no-op, and None is returned."""
    if unique is not None and (await session.execute(_WAITING, {"of": name, "key": unique})).first() is not None:
        return None
    job = Job(id=new_id(), name=name, payload=payload, unique_key=unique, run_at=run_at or clock.now())
    try:
        async with session.begin_nested():
            session.add(job)
            await session.flush()
    except IntegrityError:  # On PostgreSQL another transaction has just enqueued the same.
        if unique is None:
            raise
        return None
    session.info["jobs"] = True
    return job.id


def is_aside() -> ColumnElement[bool]:
    """Was given up, and can be tried again."""
    return Job.error.is_not(None) & (Job.ended_at > clock.now() - KEPT_WHOLE)


async def try_again(session: AsyncSession, job_id: UUID) -> str:
    """Makes a job that was set aside due once more, as if it had never been tried; gives its name.

    Raises `NotFound` and `JobWaiting`.
    """
    job = await session.scalar(select(Job).where(Job.id == job_id, is_aside()).with_for_update())
    if job is None:
        raise NotFound
    again = {"run_at": clock.now(), "attempts": 0, "lease_until": None, "owner": None, "ended_at": None, "error": None}
    try:
        async with session.begin_nested():
            await session.execute(update(Job).where(Job.id == job_id).values(again))
    except IntegrityError:
        raise JobWaiting from None
    session.info["jobs"] = True
    return job.name


async def forget_aside(session: AsyncSession) -> int:
    """Forgets what jobs set aside a week ago were about, and later that they were. Returns how many it has changed: at
    most 500."""
    now, aside = clock.now(), Job.error.is_not(None)
    whole = select(Job.id).where(aside, Job.ended_at < now - KEPT_WHOLE, Job.payload != {}).limit(ASIDE_AT_ONCE)
    emptied = update(Job).where(Job.id.in_(whole.scalar_subquery())).values(payload={})
    old = select(Job.id).where(aside, Job.ended_at < now - KEPT_ASIDE).limit(ASIDE_AT_ONCE)
    gone = delete(Job).where(Job.id.in_(old.scalar_subquery()))
    return await _changed(session, gone) + await _changed(session, emptied)


async def _changed(session: AsyncSession, statement: Update | Delete) -> int:
    result = await session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount


class Jobs:
    """Runs due jobs. Several processes may run one each; a job is held by one of them at a time."""

    def __init__(
        self, database: Database, handlers: Mapping[str, Handler], patience: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        """`patience`: how often jobs of a name are tried that wait for something outside, if not `PATIENT_ATTEMPTS`."""
        self._database = database
        self._handlers = handlers
        self._patience = patience
        self._owner = new_id()

    async def run_once(self, *, only: Collection[str] | None = None, but: Collection[str] = ()) -> int:
        """Takes the jobs that are due and runs them, a few at a time: those of these names, or `but` of those. Returns
        how many were run."""
        leased = await self._database.write(self._lease, only, but)
        limit = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._run(job, limit) for job in leased))
        return len(leased)

    async def measure(self) -> None:
        """Says how many jobs are due, and since when the oldest is."""
        due = select(func.count(), func.min(_jobs.c.run_at)).where(
            _jobs.c.ended_at.is_(None), _jobs.c.run_at <= clock.now()
        )
        async with self._database.reading() as session:
            count, oldest = (await session.execute(due)).one()
        JOBS_WAITING.set(count)
        JOBS_WAITING_SECONDS.set((clock.now() - oldest).total_seconds() if oldest else 0.0)

    async def _lease(
        self, session: AsyncSession, only: Collection[str] | None = None, but: Collection[str] = ()
    ) -> list[LeasedJob]:
        now = clock.now()
        due = (
            select(Job.id)
            .where(Job.ended_at.is_(None), Job.run_at <= now, (Job.lease_until.is_(None)) | (Job.lease_until <= now))
            .where(Job.name.not_in(but) if only is None else Job.name.in_(only))
            .order_by(Job.run_at)
            .limit(AT_ONCE * 4)
            .with_for_update(skip_locked=True)
        )
        claim = (
            update(Job)
            .where(Job.id.in_(due.scalar_subquery()))
            .values(owner=self._owner, lease_until=now + LEASE, attempts=Job.attempts + 1)
            .returning(Job.id, Job.name, Job.payload, Job.attempts, Job.error)
            .execution_options(synchronize_session=False)
        )
        leased = []
        for *row, error in (await session.execute(claim)).all():
            job = LeasedJob(*row)
            if job.attempts > (self._most(job) if error else MAX_ATTEMPTS):
                await self._set_aside(session, job, error or WORKER_DIED)
            else:
                leased.append(job)
        return leased

    async def _run(self, job: LeasedJob, limit: asyncio.Semaphore) -> None:
        async with limit:
            heart = asyncio.create_task(self._keep_lease(job))
            try:
                with span(
                    f"job {job.name}", "CONSUMER", parvis__job__id=str(job.id), parvis__job__attempt=job.attempts
                ):
                    await self._handlers[job.name](job)
            except Exception as error:  # noqa: BLE001 — a job may fail in any way; it is tried again
                log.warning("job.failed", job=job.name, id=str(job.id), attempts=job.attempts, error=repr(error))
                JOBS_DONE.labels(job.name, "failed").inc()
                most = self._most(job) if isinstance(error, OUTSIDE) else MAX_ATTEMPTS
                await self._database.write(self._fail, job, repr(error)[:2000], most)
            else:
                JOBS_DONE.labels(job.name, "done").inc()
                await self._database.write(self._end, job)
            finally:
                heart.cancel()

    async def _keep_lease(self, job: LeasedJob) -> None:
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            await self._database.write(self._renew, job)

    async def _renew(self, session: AsyncSession, job: LeasedJob) -> None:
        await session.execute(self._mine(job).values(lease_until=clock.now() + LEASE))

    async def _fail(self, session: AsyncSession, job: LeasedJob, error: str, most: int) -> None:
        if job.attempts >= most:
            await self._set_aside(session, job, error)
            return
        wait = min(BACK_OFF * 2 ** min(job.attempts - 1, DOUBLED), LONGEST_BACK_OFF) * (1 - JITTER * random())  # noqa: S311
        retry = self._mine(job).values(run_at=clock.now() + wait, lease_until=None, owner=None, error=error)
        await session.execute(retry)

    async def _set_aside(self, session: AsyncSession, job: LeasedJob, error: str) -> None:
        log.error("job.set_aside", job=job.name, id=str(job.id), error=error)
        JOBS_DONE.labels(job.name, "set_aside").inc()
        await session.execute(self._mine(job).values(ended_at=clock.now(), lease_until=None, error=error))

    async def _end(self, session: AsyncSession, job: LeasedJob) -> None:
        await session.execute(self._mine(job).values(ended_at=clock.now(), lease_until=None, error=None, payload={}))
        old = select(Job.id).where(Job.ended_at < clock.now() - KEPT_DONE, Job.error.is_(None))
        some = old.order_by(Job.ended_at).limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True)
        gone = delete(Job).where(Job.id.in_(some.scalar_subquery()))
        await session.execute(gone.execution_options(synchronize_session=False))

    def _most(self, job: LeasedJob) -> int:
        return self._patience.get(job.name, PATIENT_ATTEMPTS)

    def _mine(self, job: LeasedJob) -> Any:
        return update(Job).where(Job.id == job.id, Job.owner == self._owner)
