"""The only place that asks the time, so that tests can move it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def _wall_clock() -> datetime:
    return datetime.now(UTC)


_read: Callable[[], datetime] = _wall_clock


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _read()


class MovableClock:
    """A clock that stands still until told to move."""

    def __init__(self, start: datetime | None = None) -> None:
        self.instant = start or _wall_clock()

    def __call__(self) -> datetime:
        return self.instant

    def advance(self, by: timedelta) -> None:
        self.instant += by


@contextmanager
def clock_set_to(clock: Callable[[], datetime]) -> Iterator[None]:
    """Reads time from `clock` within the block. For tests."""
    global _read  # noqa: PLW0603 — one clock for the process is the point
    before, _read = _read, clock
    try:
        yield
    finally:
        _read = before
