"""The one judge of all fault tests: what was acknowledged is kept once, and told once to each reader, in order."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, select

from parvis.kernel.events import LogEntry

from .acts import Act, id_of
from .exchange import Exchange


@dataclass(frozen=True)
class Row:
    """One line of the table that `make faults` ends with."""

    scenario: str
    operations: int
    acknowledged: int
    lost: int = 0
    doubled: int = 0
    reordered: int = 0
    recovered: str = ""
    """How long it took until all went on."""
    besides: str = ""


REPORT: list[Row] = []


def say(row: Row) -> None:
    """Keeps it for the table, and where `PARVIS_FAULTS_REPORT` says."""
    REPORT.append(row)
    if kept := os.environ.get("PARVIS_FAULTS_REPORT"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def table(rows: Sequence[Row]) -> list[str]:
    """The lines of the table."""
    names = ["scenario", "operations", "acknowledged", "lost", "doubled", "reordered", "recovered", "besides"]
    cells = [names, *([str(getattr(row, name)) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(names))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]


@dataclass(frozen=True)
class Verdict:
    """How much went wrong."""

    lost: int
    doubled: int
    reordered: int


def judge(database_url: str, found: Exchange) -> Verdict:
    """Of an exchange that has ended. Fails when the database does not agree with itself, or a reader was told to begin
    anew."""
    ledger = found.ledger
    with opened(database_url) as connection:
        check(connection, found.act)
        kept, log = found.act.kept(connection), told(connection, found.act)
    lost = sum(identity not in kept.get(key, ()) for key, identity in ledger.acknowledged.items())
    doubled = _doubled(identity for key in ledger.acknowledged for identity in [key] * len(kept.get(key, ())))
    doubled += _doubled(log)
    reordered = _out_of_turn(ledger.acknowledged, log)
    for reader in found.readers:
        lost += len(set(ledger.acknowledged.values()) - set(reader.heard))
        doubled += _doubled(reader.heard)
        reordered += _swapped(reader.heard, log)
        assert reader.snapshots <= 1, "a reader was told to begin anew"
    return Verdict(lost, doubled, reordered)


def verdict_on(scenario: str, database_url: str, found: Exchange, *, recovered: str = "", besides: str = "") -> None:
    """Judges, says so, and fails unless nothing went wrong."""
    verdict = judge(database_url, found)
    ledger = found.ledger
    operations = ledger.count + ledger.unanswered + ledger.turned_away
    say(Row(scenario, operations, ledger.count, **asdict(verdict), recovered=recovered, besides=besides))
    assert verdict == Verdict(0, 0, 0)


def opened(database_url: str) -> Connection:
    """A connection of its own, closed with its block."""
    return create_engine(database_url, poolclass=NullPool).connect()


def check(connection: Connection, act: Act) -> None:
    """Fails unless the database is whole."""
    if connection.dialect.name == "sqlite":
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert act.miscounted(connection) == []


def told(connection: Connection, act: Act) -> list[str]:
    """The ids that the log tells, in its order."""
    entries = select(LogEntry.data).where(LogEntry.type == act.told).order_by(LogEntry.xid, LogEntry.id)
    return [id_of(data) for data in connection.scalars(entries)]


def _doubled(names: Iterable[str]) -> int:
    return sum(count - 1 for count in Counter(names).values())


def _swapped(heard: Sequence[str], log: Sequence[str]) -> int:
    places = {identity: place for place, identity in enumerate(log)}
    return sum(places[second] <= places[first] for first, second in pairwise(heard) if first != second)


def _out_of_turn(acknowledged: dict[str, str], log: Sequence[str]) -> int:
    """What a sender sent later stands later: keys are his name and a number."""
    places = {identity: place for place, identity in enumerate(log)}
    of_sender: dict[str, list[int]] = {}
    for key in sorted(acknowledged):
        of_sender.setdefault(key.rsplit(maxsplit=1)[0], []).append(places.get(acknowledged[key], -1))
    return sum(second < first for of_one in of_sender.values() for first, second in pairwise(of_one))
