"""How long a migration on PostgreSQL holds a lock that keeps others from a table that was there before."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep

import psycopg
from sqlalchemy import make_url

EVERY = 0.005
HELD = """
SELECT pid, relation, c.relname FROM pg_locks JOIN pg_class c ON c.oid = relation
WHERE granted AND locktype = 'relation' AND relkind = 'r' AND pid <> pg_backend_pid() AND relname = ANY (%s)
AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass
class Locks:
    """Table -> the longest that one was seen held, in seconds."""

    longest: dict[str, float] = field(default_factory=dict)


@contextmanager
def watched(url: str, tables: list[str]) -> Iterator[Locks]:
    """Looks every few milliseconds, while the block lasts. SQLite has one lock, and is migrated while nobody is
    served."""
    found, stop = Locks(), threading.Event()
    if make_url(url).get_backend_name() != "postgresql":
        yield found
        return
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)

    def watch() -> None:
        since: dict[tuple[int, int], float] = {}
        with psycopg.connect(address, autocommit=True) as line:
            ready.set()
            while not stop.is_set():
                now = monotonic()
                held = {(pid, relation): name for pid, relation, name in line.execute(HELD, [tables]).fetchall()}
                since = {lock: since.get(lock, now) for lock in held}
                for lock, name in held.items():
                    found.longest[name] = max(found.longest.get(name, 0.0), now - since[lock])
                sleep(EVERY)

    ready = threading.Event()
    thread = threading.Thread(target=watch)
    thread.start()
    ready.wait()
    try:
        yield found
    finally:
        stop.set()
        thread.join()
