"""Databases that were not migrated yet, and what tests say at the end."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.kernel.conftest import old_url

__all__ = ["old_url"]

REPORT: list[str] = []


@pytest.fixture
def say() -> Callable[[str], None]:
    """A line for the end of the run."""
    return REPORT.append


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if REPORT:
        terminalreporter.section("migrations")
        for line in REPORT:
            terminalreporter.write_line(line)
