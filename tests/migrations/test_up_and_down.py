"""Every version's tables become today's with what stands in them, become its own again, and today's once more."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Table, insert

from parvis.demo.university import fill
from parvis.kernel import migrations
from parvis.kernel.config import Settings
from parvis.kernel.events import LogEntry
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Job
from parvis.kernel.listeners import ListenerState, QuarantinedEvent

from .contents import columns_of, common, contents, differing, opened
from .locks import watched

pytestmark = [pytest.mark.proof, pytest.mark.timeout(1800)]

FIRST = "0001"
EVENTS, JOBS, OTHERS = 100_000, 10_000, 1_000
LOCKED_AT_MOST = 1.0
AWAY_AT_MOST = 30.0
"""Seconds for all migrations together on SQLite, while nobody is served."""
AT = datetime(2026, 9, 1, 8, tzinfo=UTC)


def scripts() -> list[Any]:
    """All migrations, the newest first."""
    return list(ScriptDirectory(str(migrations.FOLDER)).walk_revisions())


def first_rows() -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    """What an installation of the first version had in its tables after some months."""
    yield (
        LogEntry,
        [
            {
                "id": number,
                "topic": f"member:{number % 997}",
                "type": "bread.baked",
                "data": {"id": str(new_id()), "words": f"N’oubliez pas le pain, № {number} 🥖"},
                "actor_id": new_id() if number % 3 else None,
                "at": AT + timedelta(seconds=number),
            }
            for number in range(1, EVENTS + 1)
        ],
    )
    states = ({"run_at": AT}, {"run_at": AT, "ended_at": AT}, {"run_at": AT, "ended_at": AT, "error": "No oven."})
    empty = {"unique_key": None, "lease_until": None, "owner": None, "ended_at": None, "error": None}
    jobs = [
        {
            "id": new_id(),
            "name": "bake",
            "payload": {"loaf": number},
            "attempts": number % 5,
            **empty,
            **states[number % 3],
        }
        for number in range(JOBS)
    ]
    yield Job, jobs
    positions = [
        {"name": f"listener {number}", "xid": number, "event_id": number, "attempts": 0, "retry_at": None}
        for number in range(OTHERS)
    ]
    yield ListenerState, positions
    aside = [
        {"listener": "oven", "event_id": number, "type": "bread.baked", "data": {}, "error": "Cold.", "at": AT}
        for number in range(OTHERS)
    ]
    yield QuarantinedEvent, [{"id": new_id(), **one} for one in aside]


def test_the_first_tables_become_today_s_and_their_own_again(old_url: str, say: Callable[[str], None]) -> None:
    migrations.migrate(old_url, FIRST)
    had = columns_of(old_url)
    with opened(old_url) as engine, engine.begin() as connection:
        for model, rows in first_rows():
            table: Table = model.__table__
            for start in range(0, len(rows), 5_000):
                connection.execute(insert(table), rows[start : start + 5_000])
    before = contents(old_url, had)
    count = sum(rows.count for rows in before.values())

    took, locked = dict[str, float](), dict[str, float]()
    for script in reversed(scripts()[:-1]):
        began = monotonic()
        with watched(old_url, list(columns_of(old_url))) as locks:
            migrations.migrate(old_url, script.revision)
        took[script.revision] = monotonic() - began
        locked[script.revision] = max(locks.longest.values(), default=0.0)
    kept = common(had, columns_of(old_url))
    assert kept == had
    assert differing(before, contents(old_url, had)) == set()

    migrations.downgrade(old_url, FIRST)
    assert columns_of(old_url) == had
    assert differing(before, contents(old_url, had)) == set()

    began = monotonic()
    migrations.migrate(old_url)
    again = monotonic() - began
    assert differing(before, contents(old_url, had)) == set()
    command.check(migrations.alembic_config(old_url))

    longest = max(locked, key=lambda revision: locked[revision])
    say(
        f"{old_url.partition(':')[0]}: {count} rows of the first tables, {len(took)} migrations up, down and up again"
        f" ({again:.1f} s); longest lock {locked[longest]:.2f} s ({longest})"
    )
    assert count >= 100_000
    assert locked[longest] <= LOCKED_AT_MOST
    assert again <= AWAY_AT_MOST


async def test_each_migration_keeps_what_it_does_not_say_it_loses(
    old_url: str, settings: Settings, say: Callable[[str], None]
) -> None:
    """With the rows of a demonstration in today's tables, each is taken back, done again, and taken back. What of today
    does not come back is named by its migration, in `LOSES`; what was there before it always does."""
    shapes = {}
    for script in reversed(scripts()):
        migrations.migrate(old_url, script.revision)
        shapes[script.revision] = columns_of(old_url)
    await fill(settings.model_copy(update={"database_url": old_url}))
    lost, counts, locked = list[str](), list[int](), 0.0
    for script in scripts()[:-1]:
        below = shapes[script.down_revision]
        shared = common(shapes[script.revision], below)
        upper = contents(old_url, shared)
        counts.append(sum(rows.count for rows in upper.values()))
        migrations.downgrade(old_url, script.down_revision)
        lower = contents(old_url, below)
        with watched(old_url, list(below)) as locks:
            migrations.migrate(old_url, script.revision)
        locked = max([locked, *locks.longest.values()])
        gone = differing(upper, contents(old_url, shared)) - set(getattr(script.module, "LOSES", ()))
        migrations.downgrade(old_url, script.down_revision)
        strayed = differing(lower, contents(old_url, below))
        if gone or strayed:
            lost.append(f"{script.revision}: gone of today's {sorted(gone)}, strayed of its own {sorted(strayed)}")
    migrations.migrate(old_url)
    command.check(migrations.alembic_config(old_url))
    say(
        f"{old_url.partition(':')[0]}: {counts[0]} rows of a demonstration, {len(counts)} migrations each down, up and"
        f" down; longest lock {locked:.2f} s"
    )
    assert lost == []
