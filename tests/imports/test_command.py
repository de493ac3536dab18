"""`parvis import people`, as a program of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "deploy" / "examples"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")},
        "PARVIS_DATA_DIR": str(tmp_path),
        "PARVIS_SECRET_KEY": "a secret for tests, and for nothing else",
        "PARVIS_LOG_LEVEL": "warning",
    }


def parvis(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "parvis", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def people(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    units = ("--units", str(EXAMPLES / "units.csv"))
    return parvis(environment, "import", "people", str(EXAMPLES / "people.csv"), *units, *arguments)


def test_it_tells_then_applies_and_the_second_time_changes_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    assert parvis(environment, "migrate").returncode == 0

    told = people(environment, "--report", str(tmp_path / "report.csv"))
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Nothing written. Applying would do this: 28 created, 0 changed")
    assert told.stderr.splitlines() == ["Reading…", "Comparing…", "Closing affiliations…"]
    report = (tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(report), report[0].split(",")[:3]) == (29, ["result", "file", "line"])

    applied = people(environment, "--apply", "--json")
    assert applied.returncode == 0, applied.stderr
    assert json.loads(applied.stdout)["done"]["created"] == 28

    again = json.loads(people(environment, "--apply", "--json").stdout)
    assert (again["done"]["created"], again["done"]["changed"], again["done"]["unchanged"]) == (0, 0, 28)


def test_it_stops_before_it_closes_too_much(environment: dict[str, str], tmp_path: Path) -> None:
    parvis(environment, "migrate")
    people(environment, "--apply")
    few = tmp_path / "few.csv"
    few.write_text("\n".join((EXAMPLES / "people.csv").read_text(encoding="utf-8").splitlines()[:4]), encoding="utf-8")
    order = ("import", "people", str(few), "--complete", "--apply")

    stopped = parvis(environment, *order)
    assert (stopped.returncode, "too many affiliations" in stopped.stderr) == (3, True)

    closed = parvis(environment, *order, "--close-anyway", "--json")
    assert (closed.returncode, json.loads(closed.stdout)["done"]["closed"]) == (0, 25)


def test_a_file_that_is_none_fails_in_words(environment: dict[str, str], tmp_path: Path) -> None:
    parvis(environment, "migrate")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name\nAnne\n", encoding="utf-8")

    failed = parvis(environment, "import", "people", str(wrong))

    assert failed.returncode == 1
    assert "The header lacks columns. (eduPersonPrincipalName, eduPersonAffiliation, displayName)" in failed.stderr
