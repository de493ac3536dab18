"""What Parvis tells Prometheus (`/metrics`).

Where several processes answer on one port, each writes its own into a folder that `parvis serve` makes and names in
`PROMETHEUS_MULTIPROC_DIR` before they start, and any of them tells of all.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

REGISTRY = CollectorRegistry()

REQUESTS = Counter("parvis_http_requests_total", "HTTP requests.", ["method", "route", "status"], registry=REGISTRY)
REQUEST_SECONDS = Histogram(
    "parvis_http_request_seconds", "Time to answer, in seconds.", ["method", "route"], registry=REGISTRY
)
EVENTS_QUARANTINED = Counter(
    "parvis_events_quarantined_total", "Facts a listener gave up on.", ["listener"], registry=REGISTRY
)
JOBS_DONE = Counter(
    "parvis_jobs_total",
    "Tries of jobs (done, failed) and jobs given up (set_aside).",
    ["name", "outcome"],
    registry=REGISTRY,
)
LOG_LAG = Gauge(
    "parvis_log_lag_seconds",
    "Age of the oldest fact a listener has yet to read.",
    ["listener"],
    registry=REGISTRY,
    multiprocess_mode="mostrecent",
)
JOBS_WAITING = Gauge(
    "parvis_jobs_waiting",
    "Jobs that are due and not done.",
    registry=REGISTRY,
    multiprocess_mode="mostrecent",
)
JOBS_WAITING_SECONDS = Gauge(
    "parvis_jobs_waiting_seconds",
    "For how long the oldest of them has been due.",
    registry=REGISTRY,
    multiprocess_mode="mostrecent",
)
MAILS = Counter(
    "parvis_mails_total",
    "Mails handed over (sent), refused for good, put off (later), or not sent after all (held_back).",
    ["outcome"],
    registry=REGISTRY,
)
PUSHES = Counter(
    "parvis_pushes_total",
    "Pushes handed over (taken), refused for good, put off (later), or of a device that is not there any more (gone).",
    ["outcome"],
    registry=REGISTRY,
)
SOCKETS = Gauge(
    "parvis_sockets",
    "Sockets that are open.",
    registry=REGISTRY,
    multiprocess_mode="livesum",
)
SOCKETS_CLOSED = Counter("parvis_sockets_closed_total", "Sockets that were closed.", ["code"], registry=REGISTRY)

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
for outcome in ("sent", "refused", "later", "held_back"):
    MAILS.labels(outcome)  # Told from the beginning: what never happened is 0, not unknown.
for outcome in ("taken", "refused", "later", "gone"):
    PUSHES.labels(outcome)


@contextmanager
def told_together() -> Iterator[None]:
    """Has the processes that are started within tell of each other."""
    with TemporaryDirectory(prefix="parvis-metrics-") as folder:
        os.environ[FOLDER] = folder
        yield


def exposition() -> bytes:
    """What is told, in Prometheus' text format."""
    if FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    folder = os.environ[FOLDER]
    for pid in {int(path.stem.rpartition("_")[2]) for path in Path(folder).glob("gauge_live*.db")}:
        if not _is_alive(pid):
            mark_process_dead(pid, folder)  # type: ignore[no-untyped-call]
    together = CollectorRegistry()
    MultiProcessCollector(together, folder)  # type: ignore[no-untyped-call]
    return generate_latest(together)


def _is_alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False
