"""The demonstration is made once, by the command, on this machine alone."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.make.command import Result, command


def run(folder: Path, *arguments: str, **environment: str) -> Result:
    return command({"PARVIS_DATA_DIR": str(folder), **environment}, *arguments)


def run_apart(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As somebody at a terminal does: a program of its own, from its imports on."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    return subprocess.run(
        [sys.executable, "-m", "parvis", *arguments],
        env={**clean, "PARVIS_DATA_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_made_once_and_then_only_told_of(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    first = run_apart(folder, "demo")
    assert first.returncode == 0, first.stderr
    accounts = (folder / "accounts.txt").read_text(encoding="utf-8").splitlines()
    assert len(accounts) == 6
    for account in accounts:
        label, _, email, password = account.split("\t")
        assert all(said in first.stdout for said in (label, email, password))
    assert stat.S_IMODE((folder / "accounts.txt").stat().st_mode) == 0o600
    assert run(folder, "demo").stdout == first.stdout
    refused = run(folder, "demo", "--size", "medium")
    assert refused.exit_code == 78
    assert "holds the small demonstration" in refused.stderr
    anew = run(folder, "demo", "--size", "small", "--anew")
    assert anew.exit_code == 0
    assert anew.stdout != first.stdout, "passwords are random"

    engine = create_engine(f"sqlite:///{folder / 'parvis.db'}")
    with engine.connect() as connection:
        members = connection.execute(text("SELECT count(*) FROM members")).scalar()
        readable = connection.execute(text("SELECT hash FROM passwords")).scalars().all()
    engine.dispose()
    assert members == 400
    assert len(readable) == 6
    assert all(kept.startswith("$argon2id$") for kept in readable)


def test_one_cut_in_the_middle_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "demonstration").touch()
    (folder / "parvis.db").write_bytes(b"half of something")
    assert run(folder, "demo").exit_code == 0
    assert (folder / "accounts.txt").is_file()


def test_it_touches_nothing_that_is_not_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "parvis.db").write_bytes(b"a real university")
    for refused in (
        run(tmp_path, "demo"),
        run(tmp_path, "demo", "--anew"),
        run(tmp_path / "other", "demo", PARVIS_PUBLIC_URL="https://parvis.example.org"),
        run(tmp_path / "other", "demo", PARVIS_DATABASE_URL="postgresql://db.example/real"),
    ):
        assert refused.exit_code == 78
        assert refused.stdout == ""
        assert refused.stderr
        assert "Traceback" not in refused.stderr
    assert (tmp_path / "parvis.db").read_bytes() == b"a real university"
    assert not (tmp_path / "other").exists()


def test_a_real_service_does_not_start_without_mail_or_without_its_tables(tmp_path: Path) -> None:
    without_mail = run(tmp_path, "serve")
    assert without_mail.exit_code == 78
    assert "PARVIS_SMTP_URL" in without_mail.stderr
    many_writers = run(tmp_path, "serve", PARVIS_SMTP_URL="smtp://127.0.0.1:25", PARVIS_WORKERS="2")
    assert many_writers.exit_code == 78
    assert "PostgreSQL" in many_writers.stderr
    without_tables = run(tmp_path, "serve", PARVIS_SMTP_URL="smtp://127.0.0.1:25")
    assert without_tables.exit_code == 78
    assert "parvis migrate" in without_tables.stderr


@pytest.mark.parametrize(
    "variables",
    [
        {"PARVIS_PUBLIC_URL": "http://parvis.example.org"},
        {"PARVIS_PUBLIC_URL": "not an address"},
        {"PARVIS_DEMO": "1", "PARVIS_PUBLIC_URL": "https://parvis.example.org"},
        {"PARVIS_PORT": "many"},
    ],
)
def test_a_wrong_configuration_is_named_and_refused(tmp_path: Path, variables: dict[str, str]) -> None:
    refused = run(tmp_path, "migrate", **variables)
    assert refused.exit_code == 78
    assert "PARVIS_" in refused.stderr
    assert "Traceback" not in refused.stderr
