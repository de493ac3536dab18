"""How the service is: what `/metrics` tells of each process, of all of them together, and what the database knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.policy import may_read_audit
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.backup_history import Backup, last_backups
from parvis.kernel.errors import require
from parvis.kernel.jobs import Job
from parvis.kernel.listeners import Listeners, QuarantinedEvent
from parvis.kernel.processes import Process, is_silent, processes
from parvis.kernel.recent import Counts, together

ADMINISTRATORS_ONLY = {
    "fr": "L’état du service se lit par les administrateurs.",
    "en": "How the service is, is for administrators.",
}
LOOKED_BACK = timedelta(days=7)
SIZES = {
    "sqlite": (
        "SELECT (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size()), "
        "sqlite_version()"
    ),
    "postgresql": "SELECT pg_database_size(current_database()), current_setting('server_version')",
}


@dataclass(frozen=True, slots=True)
class Work:
    """Jobs of one name. `due`: not done yet; `put_off`: failed, and tried again; `set_aside`: given up in a week."""

    name: str
    due: int
    due_since: datetime | None
    put_off: int
    set_aside: int
    set_aside_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stored:
    """The database, and the files in it: each blob once."""

    kind: str
    version: str
    size: int
    blobs: int
    blobs_size: int


@dataclass(frozen=True, slots=True)
class Health:
    processes: Sequence[Process]
    lags: Mapping[str, float]
    quarantined: Mapping[str, int]
    """Facts that a listener gave up on within a week."""
    work: Sequence[Work]
    stored: Stored
    backups: Mapping[str, Backup]

    @property
    def living(self) -> list[Process]:
        return [process for process in self.processes if not is_silent(process)]

    @property
    def requests(self) -> dict[str, Counts]:
        """Of all processes that live, within the last minutes of each."""
        return together(process.figures["requests"] for process in self.living)

    @property
    def seconds(self) -> float:
        """Over how long, at the longest."""
        return max((process.figures["seconds"] for process in self.living), default=0.0)

    def outcomes(self, what: str) -> dict[str, int]:
        """What became of mails, or pushes, since each process that lives began."""
        found = dict[str, int]()
        for process in self.living:
            for outcome, count in process.figures[what].items():
                found[outcome] = found.get(outcome, 0) + int(count)
        return found


async def health(session: AsyncSession, actor: Actor, own: Process, listeners: Listeners) -> Health:
    """Seven queries, and one for each place of the log where listeners stand. Raises `Forbidden`."""
    require(may_read_audit(actor), ADMINISTRATORS_ONLY)
    return Health(
        processes=await processes(session, own),
        lags=await listeners.lags(session),
        quarantined=await _quarantined(session),
        work=await _work(session),
        stored=await _stored(session),
        backups=await last_backups(session),
    )


async def _quarantined(session: AsyncSession) -> dict[str, int]:
    recent = QuarantinedEvent.at > clock.now() - LOOKED_BACK
    query = select(QuarantinedEvent.listener, func.count()).where(recent).group_by(QuarantinedEvent.listener)
    return dict((await session.execute(query)).all())


async def _work(session: AsyncSession) -> list[Work]:
    waits, failed = Job.ended_at.is_(None), Job.error.is_not(None)
    is_due = waits & (Job.run_at <= clock.now())
    given_up = failed & (Job.ended_at > clock.now() - LOOKED_BACK)
    query = (
        select(
            Job.name,
            func.sum(case((is_due, 1), else_=0)),
            func.min(case((is_due, Job.run_at))),
            func.sum(case((waits & failed, 1), else_=0)),
            func.sum(case((given_up, 1), else_=0)),
            func.max(case((given_up, Job.ended_at))),
        )
        .where(waits | given_up)
        .group_by(Job.name)
        .order_by(Job.name)
    )
    return [Work(*row) for row in await session.execute(query)]


async def _stored(session: AsyncSession) -> Stored:
    kind = session.get_bind().dialect.name
    size, version = (await session.execute(text(SIZES[kind]))).one()
    each = select(func.max(File.size).label("size")).group_by(File.sha256).subquery()
    blobs, blobs_size = (await session.execute(select(func.count(), func.sum(each.c.size)))).one()
    return Stored(kind, version, size, blobs, int(blobs_size or 0))
