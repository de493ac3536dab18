"""The page of suites: none is missing, and what each names is there."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "suites.md").read_text(encoding="utf-8")
SUITES = [
    *("MAT", "MAT-404", "CAN", "REV", "RACE"),
    *(f"F{number}" for number in range(1, 17)),
    *("FUZZ", "WSF", "FILE", "XSS", "UNI", "SSRF", "JOSE", "WS-auth", "REDIR", "RATE", "ENUM"),
    *("LOAD", "QRY", "HDR", "BAK", "MIG", "AUD", "SEC", "DEP", "PRIV", "A11Y", "COV"),
]


def rows() -> list[list[str]]:
    lines = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line] for line in lines]
    return [row for row in cells if row[0] not in {"suite", "---"}]


def test_each_suite_has_its_row() -> None:
    assert [row[0] for row in rows()] == SUITES
    assert all(len(row) == 5 and row[1] for row in rows())


def test_what_a_row_names_is_there_and_what_names_nothing_says_that_it_is_not_built() -> None:
    for name, _, where, _, lacking in rows():
        paths = re.findall(r"`([^`]+)`", where)
        assert [path for path in paths if not (ROOT / path).is_file()] == [], name
        assert paths or lacking.startswith("not built"), name


def test_each_part_is_one_of_the_proof() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "prove"), "--list"]
    known = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    named = {part for row in rows() for part in re.findall(r"`([^`]+)`", row[3])}
    assert named
    assert named <= {*known}
