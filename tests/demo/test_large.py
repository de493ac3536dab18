"""The largest demonstration, made whole in bounded memory."""

import resource
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from .test_demo import run_apart

MOST_MEGABYTES = 400


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_people_are_made_in_bounded_memory(tmp_path: Path) -> None:
    made = run_apart(tmp_path / "demo", "demo", "--size", "large")
    assert made.returncode == 0, made.stderr
    assert made.stderr.strip() == "100,000 of 100,000 people"
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    database = tmp_path / "demo" / "parvis.db"
    assert used.ru_maxrss / 1024 < MOST_MEGABYTES
    engine = create_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        counts = [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("members", "directory_people", "contacts")
        ]
        amiss = connection.execute(text("PRAGMA foreign_key_check")).all()
    engine.dispose()
    assert counts[0] == 100_000
    assert 93_000 < counts[1] < 98_000
    assert counts[2] > 500_000
    assert amiss == []
