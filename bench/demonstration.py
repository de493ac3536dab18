"""Making a demonstration: seconds, memory and size, against copying its rows into an empty database.

    BENCH_SIZE=large .venv/bin/python -m bench.demonstration

The limit is SQLite copying the finished tables, one transaction each, from a file beside it: nobody is drawn, nothing
is encoded, and durability costs one flush per table, where a demonstration commits every five hundred rows.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from parvis.demo.rows import IN_ORDER
from parvis.kernel import migrations
from parvis.kernel.db import Base

SIZE = os.environ.get("BENCH_SIZE", "medium")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "demo"
        seconds, cpu, megabytes = make(made)
        rows, copied = copy(made / "parvis.db", Path(folder) / "copy.db")
        on_disk = (made / "parvis.db").stat().st_size / 2**20
    print(f"demonstration, {SIZE}: {rows:,} rows, {on_disk:.0f} MB on disk")
    print(f"{'seconds':<16} copy {copied:8.2f}   Parvis {seconds:8.2f}   ratio {seconds / copied:.2f}")
    print(f"{'of processor':<16} {'':13}   Parvis {cpu:8.2f}   {rows / cpu:,.0f} rows a second of it")
    print(f"{'memory, MB':<16} {'':13}   Parvis {megabytes:8.0f}")


def make(folder: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor, and MB at the most."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PARVIS_")}
    began = perf_counter()
    subprocess.run(
        [sys.executable, "-m", "parvis", "demo", "--size", SIZE],
        env={**environment, "PARVIS_DATA_DIR": str(folder)},
        check=True,
        capture_output=True,
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def listed() -> list[str]:
    """The tables that the directory makes of people. The words of its index are no rows: SQLite keeps them."""
    return [
        name
        for name in (table.name for table in Base.metadata.sorted_tables)
        if name.startswith(("directory_", "entries"))
    ]


def copy(source: Path, target: Path) -> tuple[int, float]:
    """How many rows were copied, and in how many seconds."""
    migrations.migrate(f"sqlite:///{target}")
    connection = sqlite3.connect(target, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"ATTACH '{source}' AS made")
    began = perf_counter()
    names = [*(str(model.__tablename__) for model in IN_ORDER), *listed()]
    rows = sum(connection.execute(f"INSERT INTO main.{name} SELECT * FROM made.{name}").rowcount for name in names)
    seconds = perf_counter() - began
    connection.close()
    return rows, seconds


if __name__ == "__main__":
    main()
