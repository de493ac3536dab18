"""A database file with all tables and no rows. To migrate one takes seconds, to copy it nothing."""

import fcntl
import sqlite3
from contextlib import closing
from functools import cache
from hashlib import sha256
from pathlib import Path

from parvis.kernel import migrations

TEMPLATES = Path(__file__).resolve().parents[2] / "var" / "templates"


@cache
def migrated() -> Path:
    """Made once for all test processes, and all runs, as long as the migrations stay as they are."""
    written = sorted(migrations.FOLDER.rglob("*.py"))
    final = TEMPLATES / f"{sha256(b''.join(path.read_bytes() for path in written)).hexdigest()[:16]}.db"
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not final.exists():
            _migrate(TEMPLATES / "new.db", final)
    return final


def _migrate(new: Path, final: Path) -> None:
    for left in TEMPLATES.glob("*.db*"):
        left.unlink()
    migrations.migrate(f"sqlite:///{new}")
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    new.replace(final)
