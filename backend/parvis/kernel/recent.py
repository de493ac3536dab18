"""What this process did within the last minutes. Counted beside what Prometheus is told, since to read that anew takes
longer than a request."""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from itertools import accumulate, pairwise
from time import monotonic

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics_core import Metric
from prometheus_client.samples import Sample

from .metrics import JOBS_DONE, MAILS, PUSHES, SOCKETS

BOUNDS = Histogram.DEFAULT_BUCKETS
KEPT_MARKS = 16
"""With a mark at each beat of the process (`processes.BEAT`), some five minutes."""

FAILED = 500

Counts = list[float]
"""Requests, those that failed (5xx), and how many took no longer than each of `BOUNDS`."""
Tally = dict[str, Counts]

_since_it_began: Tally = {}
"""By route, as `Counts`, but that each request stands in the first bound that it kept alone."""


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """Counts a request."""
    counts = _since_it_began.setdefault(f"{method} {route}", [0.0] * (2 + len(BOUNDS)))
    counts[0] += 1
    counts[1] += status >= FAILED
    counts[2 + bisect_left(BOUNDS, seconds)] += 1


class Recent:
    """Remembers what was counted at each mark; what is told is the difference from the oldest that is kept."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, Tally]] = deque(maxlen=KEPT_MARKS)
        self.mark()

    def mark(self) -> None:
        self._marks.append((monotonic(), _tally()))

    def requests(self) -> tuple[float, Tally]:
        """Over how many seconds, and the routes that were asked for in them (`GET /api/v1/…`)."""
        then, before = self._marks[0]
        now = _tally()
        passed = {route: _since(counts, before.get(route)) for route, counts in now.items()}
        return monotonic() - then, {route: counts for route, counts in passed.items() if counts[0] > 0}


def open_sockets() -> int:
    return int(sum(sample.value for sample in _samples(SOCKETS)))


def outcomes() -> dict[str, dict[str, float]]:
    """What became of mails, pushes and jobs since this process began."""
    told = {"mails": MAILS, "pushes": PUSHES, "jobs": JOBS_DONE}
    return {what: _by_outcome(counter) for what, counter in told.items()}


def together(tallies: Iterable[Tally]) -> Tally:
    """Of several processes."""
    sums = Tally()
    for tally in tallies:
        for route, counts in tally.items():
            so_far = sums.get(route)
            sums[route] = list(counts) if so_far is None else [a + b for a, b in zip(so_far, counts, strict=True)]
    return sums


def quantile(counts: Counts, of: float = 0.95) -> float | None:
    """Seconds within which that part was answered, as Prometheus works it out: evenly spread between two bounds; the
    last bound but one for whatever took longer. None: nothing was measured."""
    within = counts[2:]
    if not within or within[-1] <= 0:
        return None
    wanted = within[-1] * of
    place = bisect_left(within, wanted)
    if place >= len(BOUNDS) - 1:
        return BOUNDS[-2]
    low, high = next(pair for pair in pairwise([0.0, *BOUNDS]) if pair[1] == BOUNDS[place])
    below = within[place - 1] if place else 0.0
    return low + (high - low) * (wanted - below) / (within[place] - below)


def _since(now: Counts, before: Counts | None) -> Counts:
    return now if before is None else [a - b for a, b in zip(now, before, strict=True)]


def _tally() -> Tally:
    return {route: [*counts[:2], *accumulate(counts[2:])] for route, counts in _since_it_began.items()}


def _by_outcome(counter: Counter) -> dict[str, float]:
    found = dict[str, float]()
    for sample in _samples(counter):
        if sample.name.endswith("_total"):
            outcome = sample.labels["outcome"]
            found[outcome] = found.get(outcome, 0.0) + sample.value
    return found


def _samples(told: Counter | Gauge | Histogram) -> list[Sample]:
    families: Iterable[Metric] = told.collect()
    return [sample for family in families for sample in family.samples]
