"""What is wrong with the service, by the thresholds of `deploy/prometheus/alerts.yml`. Pure answers; what to do about
each is in `docs/running.md`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from parvis.kernel import clock
from parvis.kernel.mail import MAIL_JOB
from parvis.kernel.processes import is_silent
from parvis.kernel.recent import quantile, together

from .queries.health import Health

Kind = Literal[
    "no_worker",
    "process_silent",
    "versions_differ",
    "requests_failing",
    "requests_slow",
    "listener_behind",
    "facts_quarantined",
    "work_waiting",
    "work_given_up",
    "mail_put_off",
    "mail_given_up",
    "disk_low",
    "backup_missing",
    "backup_old",
]
ENOUGH_REQUESTS = 100
"""Fewer say nothing of how many fail, or how long they take."""
FAILING = 0.01
SLOW_SECONDS = 1.0
BEHIND_SECONDS = 60
WAITS = timedelta(minutes=10)
LEAST_FREE, LEAST_PART_FREE = 2 * 10**9, 0.05
OLD = timedelta(hours=36)
"""A backup each night, and half a day to notice that one failed."""


@dataclass(frozen=True, slots=True)
class Concern:
    """`subject`: which listener, job or machine; `amount`: how many, or seconds."""

    kind: Kind
    amount: float | None = None
    subject: str | None = None


def concerns(health: Health) -> list[Concern]:
    """The gravest first."""
    return [*_of_processes(health), *_of_requests(health), *_of_work(health), *_of_what_is_kept(health)]


def _of_processes(health: Health) -> Iterator[Concern]:
    if not any(process.works for process in health.living):
        yield Concern("no_worker")
    if silent := [process for process in health.processes if is_silent(process)]:
        yield Concern("process_silent", len(silent), ", ".join(sorted({process.host for process in silent})))
    if len(versions := {process.version for process in health.living}) > 1:
        yield Concern("versions_differ", len(versions), ", ".join(sorted(versions)))


def _of_requests(health: Health) -> Iterator[Concern]:
    requests = health.requests
    asked, failed = (sum(counts[place] for counts in requests.values()) for place in (0, 1))
    if asked >= ENOUGH_REQUESTS and failed / asked > FAILING:
        yield Concern("requests_failing", failed)
    reads = together({"GET": counts} for route, counts in requests.items() if route.startswith("GET "))
    if "GET" in reads and reads["GET"][0] >= ENOUGH_REQUESTS and (quantile(reads["GET"]) or 0) > SLOW_SECONDS:
        yield Concern("requests_slow", quantile(reads["GET"]))


def _of_work(health: Health) -> Iterator[Concern]:
    slowest = max(health.lags, key=lambda name: health.lags[name], default=None)
    if slowest is not None and health.lags[slowest] > BEHIND_SECONDS:
        yield Concern("listener_behind", health.lags[slowest], slowest)
    for listener, count in health.quarantined.items():
        yield Concern("facts_quarantined", count, listener)
    for work in health.work:
        is_mail = work.name == MAIL_JOB
        if work.due_since is not None and clock.now() - work.due_since > WAITS:
            yield Concern("work_waiting", work.due, work.name)
        if work.put_off and is_mail:
            yield Concern("mail_put_off", work.put_off)
        if work.set_aside:
            yield Concern("mail_given_up" if is_mail else "work_given_up", work.set_aside, work.name)


def _of_what_is_kept(health: Health) -> Iterator[Concern]:
    low = {
        process.host: disk["free"] for process in health.living for disk in process.figures["disks"] if _is_low(disk)
    }
    for host, free in low.items():
        yield Concern("disk_low", free, host)
    taken = health.backups.get("taken")
    if taken is None:
        yield Concern("backup_missing")
    elif clock.now() - taken.at > OLD:
        yield Concern("backup_old", (clock.now() - taken.at).total_seconds())


def _is_low(disk: dict[str, int]) -> bool:
    return disk["free"] < LEAST_FREE or disk["free"] < disk["size"] * LEAST_PART_FREE
