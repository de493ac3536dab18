"""Real servers beside the database. Where one was not started, what needs it is left out; under CI it must be there."""

import os

import pytest

REDIS = "PARVIS_TEST_REDIS_URL"
S3 = "PARVIS_TEST_S3_URL"


def started(variable: str) -> bool:
    """Whether `scripts/services` runs that server. Raises `pytest.UsageError` under CI if it does not."""
    if variable not in os.environ and os.environ.get("CI"):
        raise pytest.UsageError(f"{variable} is not set: run the tests by `make test`.")
    return variable in os.environ
