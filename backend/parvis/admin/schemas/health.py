"""How the service is, over HTTP. Nothing of anybody in particular."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis import __version__
from parvis.admin.concerns import Kind, concerns
from parvis.admin.queries.health import Health
from parvis.admin.queries.set_aside import reason
from parvis.kernel.backup_history import Backup
from parvis.kernel.jobs import Job
from parvis.kernel.processes import Process, is_silent
from parvis.kernel.recent import Counts, quantile, together
from parvis.kernel.schemas import Instant, Out

MOST_ROUTES = 30


class ConcernOut(Out):
    """What is wrong. Each kind has its lines in docs/running.md, with what to do."""

    kind: Kind
    amount: float | None = Field(
        description="How many; seconds of `listener_behind`, `backup_old` and `requests_slow`; "
        "bytes left of `disk_low`."
    )
    subject: str | None = Field(description="Which listener, job, version or machine.")


class DiskOut(Out):
    """A disk of the machine of a process."""

    holds: Literal["data", "files"] = Field(
        description="The data folder (and files, on the same disk), or files alone."
    )
    size: int
    free: int


class ProcessOut(Out):
    """A process, as it said itself within the last twenty seconds, or before it fell silent."""

    host: str
    pid: int
    serves: bool = Field(description="It answers requests.")
    works: bool = Field(description="It does due work.")
    version: str
    started_at: Instant
    seen_at: Instant
    silent: bool = Field(description="Not seen for a minute: it was killed, or cannot reach the database.")
    sockets: int
    memory: int = Field(description="The most that it has taken since it began, in bytes.")
    disks: list[DiskOut]

    @classmethod
    def of(cls, process: Process) -> Self:
        return cls(
            host=process.host,
            pid=process.pid,
            serves=process.serves,
            works=process.works,
            version=process.version,
            started_at=process.started_at,
            seen_at=process.seen_at,
            silent=is_silent(process),
            sockets=process.figures["sockets"],
            memory=process.figures["memory"],
            disks=[DiskOut(**disk) for disk in process.figures["disks"]],
        )


class RouteHealthOut(Out):
    """Requests of one route within the last minutes."""

    route: str = Field(description="Method and path as declared; `none`: there is no such path.")
    requests: int
    failed: int = Field(description="Answered 5xx.")
    p95: float | None = Field(description="Seconds within which 95 in 100 were answered, as far as the buckets tell.")

    @classmethod
    def of(cls, route: str, counts: Counts) -> Self:
        return cls(route=route, requests=int(counts[0]), failed=int(counts[1]), p95=quantile(counts))


class RequestsHealthOut(Out):
    """Requests to all processes that live, within the last minutes of each."""

    seconds: float = Field(description="Within how long; less than five minutes where all began since.")
    requests: int
    failed: int
    p95: float | None
    routes: list[RouteHealthOut] = Field(description="The thirty that are asked for most.")

    @classmethod
    def of(cls, health: Health) -> Self:
        requests = health.requests
        whole = together({"": counts} for counts in requests.values()).get("", [0.0, 0.0])
        most = sorted(requests.items(), key=lambda one: -one[1][0])[:MOST_ROUTES]
        return cls(
            seconds=round(health.seconds, 1),
            requests=int(whole[0]),
            failed=int(whole[1]),
            p95=quantile(whole),
            routes=[RouteHealthOut.of(route, counts) for route, counts in most],
        )


class ListenerHealthOut(Out):
    """A listener of the log."""

    name: str
    lag: float = Field(description="Age, in seconds, of the oldest fact that it has yet to read.")
    quarantined: int = Field(description="Facts that it gave up on within a week.")


class WorkHealthOut(Out):
    """Jobs of one name that are not done."""

    name: str
    due: int
    due_since: Instant | None
    put_off: int = Field(description="Failed, and tried again later.")
    set_aside: int = Field(description="Given up within a week.")
    set_aside_at: Instant | None = Field(description="When the last was.")


class SetAsideJobOut(Out):
    """A job that was given up within a week. What it is about is nobody's to read."""

    id: UUID
    name: str
    set_aside_at: Instant
    attempts: int
    reason: str = Field(description="The kind of the last error, `worker_died` or `unknown`. The log has all of it.")

    @classmethod
    def of(cls, job: Job) -> Self:
        assert job.ended_at is not None
        return cls(id=job.id, name=job.name, set_aside_at=job.ended_at, attempts=job.attempts, reason=reason(job))


class OutcomesOut(Out):
    """What became of mails, or pushes, since each process that lives began."""

    sent: int
    later: int = Field(description="Tries that were put off.")
    refused: int = Field(description="For good.")

    @classmethod
    def of(cls, outcomes: dict[str, int]) -> Self:
        sent = outcomes.get("sent", 0) + outcomes.get("taken", 0)
        return cls(sent=sent, later=outcomes.get("later", 0), refused=outcomes.get("refused", 0))


class StoredHealthOut(Out):
    """The database, and the bytes of files."""

    kind: Literal["sqlite", "postgresql"]
    version: str
    size: int
    blobs: int = Field(description="Each once, however many files have it.")
    blobs_size: int


class BackupHealthOut(Out):
    """A backup that was taken of this database, or from which it was made."""

    at: Instant
    as_of: Instant = Field(description="The instant that it shows.")
    size: int
    sealed: bool

    @classmethod
    def of(cls, backup: Backup | None) -> Self | None:
        if backup is None:
            return None
        return cls(at=backup.at, as_of=backup.as_of, size=backup.size, sealed=backup.is_sealed)


class ServiceHealthOut(Out):
    """How the service is. What processes alone know is theirs as each told it last, on all machines; the rest is what
    the database knows."""

    version: str = Field(description="Of the process that answers.")
    concerns: list[ConcernOut] = Field(description="What is wrong, the gravest first.")
    processes: list[ProcessOut]
    requests: RequestsHealthOut
    listeners: list[ListenerHealthOut]
    work: list[WorkHealthOut]
    mails: OutcomesOut
    pushes: OutcomesOut
    stored: StoredHealthOut
    last_backup: BackupHealthOut | None = Field(description="By `parvis backup`; other means are not known here.")
    made_of: BackupHealthOut | None = Field(description="The backup that this deployment was restored from last.")

    @classmethod
    def of(cls, health: Health) -> Self:
        return cls(
            version=__version__,
            concerns=[ConcernOut.model_validate(concern) for concern in concerns(health)],
            processes=[ProcessOut.of(process) for process in health.processes],
            requests=RequestsHealthOut.of(health),
            listeners=[
                ListenerHealthOut(name=name, lag=lag, quarantined=health.quarantined.get(name, 0))
                for name, lag in sorted(health.lags.items())
            ],
            work=[WorkHealthOut.model_validate(work) for work in health.work],
            mails=OutcomesOut.of(health.outcomes("mails")),
            pushes=OutcomesOut.of(health.outcomes("pushes")),
            stored=StoredHealthOut.model_validate(health.stored),
            last_backup=BackupHealthOut.of(health.backups.get("taken")),
            made_of=BackupHealthOut.of(health.backups.get("restored")),
        )
