"""How hard fault tests try: a little in every run, in full by `make faults`; and the table that they end with."""

import os
from dataclasses import dataclass
from typing import Any

import pytest

from .oracle import REPORT, table

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
