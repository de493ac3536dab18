"""The served shape on one machine, as Compose reads it. No engine is asked: the specification's own schema is, and what
it cannot know (which names lead to each other, which commands there are) is looked at here."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from typer.main import get_command

from parvis.cli import cli
from parvis.kernel.config import Settings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "compose.yaml"
CHECK = ROOT / ".venv" / "bin" / "check-jsonschema"


@pytest.fixture
def composed() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return told


def checked(file: Path) -> int:
    command = [str(CHECK), "--builtin-schema", "vendor.compose-spec", str(file)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def test_it_is_what_the_specification_says(tmp_path: Path) -> None:
    assert checked(FILE) == 0
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(FILE.read_text().replace("read_only: true", "readonly: true", 1))
    assert checked(wrong) == 1


def test_what_waits_waits_for_what_is_there_and_tells_how_it_is(composed: dict[str, Any]) -> None:
    services = composed["services"]
    assert set(services) == {"migrate", "server", "worker", "database", "redis"}
    for name, service in services.items():
        for other, wait in service.get("depends_on", {}).items():
            assert other in services, name
            if wait["condition"] == "service_healthy":
                assert "test" in services[other]["healthcheck"], other
            if wait["condition"] == "service_completed_successfully":
                assert services[other]["restart"] == "no", other
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in composed["volumes"], name


def test_nothing_but_the_server_is_reached_and_only_from_this_machine(composed: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in composed["services"].items() if "ports" in service}
    assert ports == {"server": ["127.0.0.1:8000:8000"]}
    for name in ("migrate", "server", "worker"):
        service = composed["services"][name]
        assert (service["read_only"], service["cap_drop"], service["security_opt"]) == (
            True,
            ["ALL"],
            ["no-new-privileges:true"],
        )


def test_commands_and_variables_are_parvis_s(composed: dict[str, Any]) -> None:
    known = get_command(cli).commands  # type: ignore[attr-defined]
    for name in ("migrate", "server", "worker"):
        service = composed["services"][name]
        command, *options = service["command"]
        known[command].make_context(command, list(options))
        variables = {variable.removeprefix("PARVIS_").lower() for variable in service["environment"]}
        assert variables <= set(Settings.model_fields)
    needed = re.findall(r"\$\{(\w+):\?\}", FILE.read_text())
    assert set(needed) == {"POSTGRES_PASSWORD"}, "what has no default is asked for, not left empty"
