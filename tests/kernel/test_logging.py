"""Log lines: what failed and where, never what it failed with."""

import io

import pytest
import structlog

from parvis.kernel.config import Settings
from parvis.kernel.logging import configure_logging


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_a_traceback_tells_places_and_no_values(log_format: str) -> None:
    before = structlog.get_config()
    lines = io.StringIO()
    configure_logging(Settings.model_validate({"secret_key": "-" * 32, "log_format": log_format}), lines)
    try:
        password = "bicyclette-violette-" + "au-grenier"
        try:
            _refuse(password)
        except ValueError:
            structlog.get_logger().exception("door.failed")
    finally:
        structlog.configure(**before)
    written = lines.getvalue()
    assert "door.failed" in written
    assert "_refuse" in written
    assert password not in written


def _refuse(password: str) -> None:
    raise ValueError(len(password))
