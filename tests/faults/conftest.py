"""How hard fault tests try: a little in every run, in full by `make faults`; and the table that they end with."""

import os
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from .oracle import REPORT, Row, table

IS_FULL = os.environ.get("PARVIS_FAULTS") == "full"


@dataclass(frozen=True)
class Effort:
    """Picks between what every run does and what `make faults` does."""

    is_full: bool

    def __call__(self, reduced: int, full: int) -> int:
        return full if self.is_full else reduced


@pytest.fixture
def effort() -> Effort:
    return Effort(IS_FULL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where several processes share the tests, each hands its lines to the one that prints."""
    if (handed := getattr(session.config, "workeroutput", None)) is not None:
        handed["faults"] = [asdict(row) for row in REPORT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    REPORT.extend(Row(**row) for row in getattr(node, "workeroutput", {}).get("faults", ()))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if REPORT:
        terminalreporter.section("faults")
        for line in table(REPORT):
            terminalreporter.write_line(line)


POSTGRESQL = "PARVIS_TEST_POSTGRES_URL"
needs_postgresql = pytest.mark.parametrize(
    "dialect", ["postgresql"] if POSTGRESQL in os.environ or os.environ.get("CI") else [], scope="session"
)
"""Several processes on one database."""
