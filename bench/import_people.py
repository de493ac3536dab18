"""A file of 100,000 people: how long it takes, and how much memory, through the command that an institution runs.

    .venv/bin/python -m bench.import_people

Beside it, in the same run, what the machine needs to write as many plain rows by themselves. On PostgreSQL too where
`PARVIS_TEST_POSTGRES_URL` says one.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from sqlalchemy import create_engine, make_url, text

LINES = int(os.environ.get("BENCH_LINES", "100000"))
MOST_MB = 300
HEADER = "eduPersonPrincipalName,displayName,mail,eduPersonAffiliation,supannEtuEtape,cohortYear,startsOn\n"
UNITS = "code,name,kind,parent\nUFR,Faculté des sciences,component,\n" + "".join(
    f"P{number},Formation {number},programme,UFR\n" for number in range(200)
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        people, units = Path(folder, "people.csv"), Path(folder, "units.csv")
        people.write_text(HEADER + "".join(lines()), encoding="utf-8")
        units.write_text(UNITS, encoding="utf-8")
        for name, url in databases(folder):
            environment = {**os.environ, "PARVIS_DATA_DIR": folder, "PARVIS_DATABASE_URL": url}
            environment |= {
                "PARVIS_LOG_LEVEL": "warning",
                "PARVIS_SECRET_KEY": "a secret for benches, and nothing else",
            }
            run(environment, "migrate")
            order = ("import", "people", str(people), "--units", str(units), "--apply", "--json")
            first, again = run(environment, *order), run(environment, *order)
            print(f"{name}, {LINES:,} lines: {bare(url):.1f} s bare")
            for what, (seconds, megabytes, said) in (("first", first), ("again", again)):
                done = json.loads(said)["done"]
                told = ", ".join(f"{done[key]:,} {key}" for key in ("created", "changed", "unchanged"))
                print(f"  {what:6} {seconds:6.1f} s  {megabytes:5.0f} MB  {told}")
                assert megabytes < MOST_MB, "it grows with the file"
            assert json.loads(again[2])["done"]["unchanged"] == LINES


def lines() -> Iterator[str]:
    for number in range(LINES):
        yield (
            f"p{number:06}@univ.example,Élève Numéro {number:06},p{number:06}@etu.univ.example,student,"
            f"P{number % 200},{2025 + number % 5},2026-09-01\n"
        )


def run(environment: dict[str, str], *arguments: str) -> tuple[float, float, str]:
    """Seconds, most MB resident, and what it printed."""
    began = perf_counter()
    command = subprocess.Popen(
        [sys.executable, "-m", "parvis", *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout is not None
    assert command.stderr is not None
    said, faults = command.stdout.read(), command.stderr.read()
    _, status, used = os.wait4(command.pid, 0)
    if status:
        raise SystemExit(faults.decode())
    return perf_counter() - began, used.ru_maxrss / 1024, said.decode()


def databases(folder: str) -> Iterator[tuple[str, str]]:
    yield "SQLite", f"sqlite:///{folder}/parvis.db"
    given = os.environ.get("PARVIS_TEST_POSTGRES_URL")
    if given is None:
        return
    server = make_url(given).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"parvis_bench_import_{os.getpid()}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield "PostgreSQL", server.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def bare(url: str) -> float:
    """Seconds to write as many rows of four columns, 500 a transaction."""
    engine = create_engine(url)
    rows = [
        {"id": number, "a": f"Élève {number}", "b": f"p{number}@univ.example", "c": number % 200}
        for number in range(LINES)
    ]
    began = perf_counter()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c INTEGER)"))
    for start in range(0, LINES, 500):
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO bare VALUES (:id, :a, :b, :c)"), rows[start : start + 500])
    seconds = perf_counter() - began
    engine.dispose()
    return seconds


if __name__ == "__main__":
    main()
