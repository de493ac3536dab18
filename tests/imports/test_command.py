"""`parvis import people`, from the files to what it says and how it ends."""

import json
import shutil
from pathlib import Path

import pytest

from tests.make import template
from tests.make.command import Result, command

EXAMPLES = Path(__file__).parents[2] / "deploy" / "examples"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    shutil.copyfile(template.migrated(), tmp_path / "parvis.db")
    return {
        "PARVIS_DATA_DIR": str(tmp_path),
        "PARVIS_SECRET_KEY": "a secret for tests, and for nothing else",
        "PARVIS_LOG_LEVEL": "warning",
    }


def people(environment: dict[str, str], *arguments: str) -> Result:
    units = ("--units", str(EXAMPLES / "units.csv"))
    return command(environment, "import", "people", str(EXAMPLES / "people.csv"), *units, *arguments)


def test_it_tells_then_applies_and_the_second_time_changes_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    told = people(environment, "--report", str(tmp_path / "report.csv"))
    assert told.exit_code == 0, told.stderr
    assert told.stdout.startswith("Nothing written. Applying would do this: 28 created, 0 changed")
    assert told.stderr.splitlines() == ["Reading…", "Comparing…", "Closing affiliations…"]
    report = (tmp_path / "report.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (len(report), report[0].split(",")[:3]) == (29, ["result", "file", "line"])

    applied = people(environment, "--apply", "--json")
    assert applied.exit_code == 0, applied.stderr
    assert json.loads(applied.stdout)["done"]["created"] == 28

    again = json.loads(people(environment, "--apply", "--json").stdout)
    assert (again["done"]["created"], again["done"]["changed"], again["done"]["unchanged"]) == (0, 0, 28)


def test_it_stops_before_it_closes_too_much(environment: dict[str, str], tmp_path: Path) -> None:
    people(environment, "--apply")
    few = tmp_path / "few.csv"
    few.write_text("\n".join((EXAMPLES / "people.csv").read_text(encoding="utf-8").splitlines()[:4]), encoding="utf-8")
    order = ("import", "people", str(few), "--complete", "--apply")

    stopped = command(environment, *order)
    assert (stopped.exit_code, "too many affiliations" in stopped.stderr) == (3, True)

    closed = command(environment, *order, "--close-anyway", "--json")
    assert (closed.exit_code, json.loads(closed.stdout)["done"]["closed"]) == (0, 25)


def test_a_file_that_is_none_fails_in_words(environment: dict[str, str], tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name\nAnne\n", encoding="utf-8")

    failed = command(environment, "import", "people", str(wrong))

    assert failed.exit_code == 1
    assert "The header lacks columns. (eduPersonPrincipalName, eduPersonAffiliation, displayName)" in failed.stderr
