"""The bill of materials: CycloneDX as its schema has it, of every package that the locks name, the same each time."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).parents[2]


def made() -> str:
    command = [sys.executable, str(ROOT / "scripts" / "sbom")]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def said() -> str:
    return made()


@pytest.fixture
def bill(said: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(said)
    return told


def test_it_is_what_its_standard_says_and_the_same_each_time(said: str) -> None:
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(said)
    assert error is None, error
    assert made() == said


def test_every_package_that_runs_is_in_it_by_its_version(bill: dict[str, Any]) -> None:
    found = {component["purl"] for component in bill["components"]}
    locked = re.findall(r"^([a-z0-9._-]+)==([^ ]+)", (ROOT / "requirements" / "base.txt").read_text(), re.MULTILINE)
    assert len(locked) > 50
    assert {f"pkg:pypi/{name}@{version}" for name, version in locked} <= found
    asked = json.loads((ROOT / "frontend" / "package.json").read_text())
    of_browser = {f"pkg:npm/{name.replace('@', '%40')}@{version}" for name, version in asked["dependencies"].items()}
    assert of_browser <= found
    assert not {one for one in found if one.startswith(("pkg:pypi/pytest@", "pkg:npm/vite@", "pkg:npm/vitest@"))}


def test_each_is_there_because_of_another_and_none_says_whence_it_came(bill: dict[str, Any], said: str) -> None:
    stands_on = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    reached, left = {"parvis"}, ["parvis"]
    while left:
        more = set(stands_on[left.pop()]) - reached
        reached |= more
        left += more
    assert reached == {"parvis", "parvis-frontend", *(one["bom-ref"] for one in bill["components"])}
    assert "://" not in said
