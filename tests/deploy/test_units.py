"""What is handed out beside nginx's configuration: units, a container's description, a script that backs up."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from parvis.kernel.config import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("parvis*.*") if path.suffix in {".service", ".timer"})
HARDENED = {
    "NoNewPrivileges=true",
    "ProtectSystem=strict",
    "CapabilityBoundingSet=",
    "SystemCallFilter=@system-service",
}


def test_units_are_hardened_and_systemd_takes_them(tmp_path: Path) -> None:
    assert len(UNITS) == 4
    for name in UNITS:
        said = (DEPLOY / name).read_text()
        assert name.endswith(".timer") or set(said.splitlines()) >= HARDENED, name
        (tmp_path / name).write_text(said.replace("/opt/parvis", str(ROOT)).replace("User=parvis\n", ""))
    if analyze := shutil.which("systemd-analyze"):
        command = [analyze, "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
        ours = [line for line in found.stderr.splitlines() if "parvis" in line]
        assert (found.returncode, ours) == (0, []), found.stderr


def test_the_image_is_made_of_what_is_there_and_compose_names_what_is_configured() -> None:
    steps = (ROOT / "Dockerfile").read_text()
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for copied in re.findall(r"^COPY (?!--from)(.+) \S+$", steps, re.MULTILINE):
        for source in copied.split():
            assert (ROOT / source).exists(), source
            assert any(source == known or source.startswith(f"{known}/") for known in let_in), source
    composed = (DEPLOY / "compose.yaml").read_text()
    variables = re.findall(r"^ +PARVIS_(\w+):", composed, re.MULTILINE)
    assert len(variables) == 5
    assert {name.lower() for name in variables} <= set(Settings.model_fields)


@pytest.mark.proof
@pytest.mark.parametrize("dialect", ["sqlite"], scope="session")
def test_the_script_keeps_the_newest_backups_and_who_was_erased(settings: Settings, tmp_path: Path) -> None:
    folder, key = tmp_path / "backups", tmp_path / "key"
    folder.mkdir()
    key.write_text("a key for tests, and for nothing else")
    for day in ("20200101", "20200102"):
        (folder / f"parvis-{day}T000000Z.tar.sealed").touch()
    environment = {
        **os.environ,
        "PARVIS": str(ROOT / ".venv" / "bin" / "parvis"),
        "PARVIS_BACKUP_KEY": str(key),
        "PARVIS_BACKUPS_KEPT": "2",
        "PARVIS_DATA_DIR": str(settings.data_dir),
        "PARVIS_DATABASE_URL": settings.database_url,
        "PARVIS_SECRET_KEY": settings.secret_key.get_secret_value(),
    }
    subprocess.run([DEPLOY / "back-up", folder], env=environment, check=True, capture_output=True, timeout=170)
    newest, kept = sorted((path.name for path in folder.glob("*.sealed")), reverse=True)
    assert kept == "parvis-20200102T000000Z.tar.sealed"
    assert (folder / newest).stat().st_size > 1000
    assert (folder / "erased.txt").read_text() == ""
