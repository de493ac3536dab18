"""How hard fault tests try: once in every run, ten times by `make faults`."""

import os

import pytest


@pytest.fixture
def faults_factor() -> int:
    return int(os.environ.get("PARVIS_FAULTS_FACTOR", "1"))
