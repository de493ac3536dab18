"""A clock that a server reads, and a test moves while it runs: how far it is ahead stands in a file."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Clock:
    """What a server takes for the time."""

    file: Path

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text()))

    def ahead(self, by: timedelta) -> None:
        """From now on that much later than it is; earlier, if negative."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str(by.total_seconds()))
        beside.rename(self.file)


def clock_in(folder: Path) -> Clock:
    """One that is right, so far."""
    found = Clock(folder / "clock")
    found.ahead(timedelta())
    return found
