"""Rows as a backup holds them: one JSON list a line, the same from either database."""

import gzip
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import JSON, Boolean, Column, Date, LargeBinary, Table

from parvis.kernel.db.base import Id, UtcDateTime

from .manifest import Columns, Kind, Rows

PORTION = 4 * 2**20
"""Bytes of the lines that are pressed together."""
MODULUS = 2**256

Value = Any
Way = Callable[[Value], Value]


def columns_of(table: Table) -> Columns:
    return Columns(names=[column.name for column in table.columns], kinds=[_kind(column) for column in table.columns])


def _kind(column: Column[Any]) -> Kind:
    kinds: list[tuple[type[Any], Kind]] = [
        (Id, "id"),
        (UtcDateTime, "time"),
        (JSON, "json"),
        (Date, "date"),
        (Boolean, "bool"),
        (LargeBinary, "bytes"),
    ]
    return next((kind for type_, kind in kinds if isinstance(column.type, type_)), "plain")


def _time(value: datetime | str) -> str:
    return value if isinstance(value, str) else f"{value:%Y-%m-%d %H:%M:%S.%f}"


def _json(value: str) -> str:
    """One spelling for what each database spells its own way."""
    return orjson.dumps(orjson.loads(value), option=orjson.OPT_SORT_KEYS).decode()


WRITTEN: dict[Kind, Way] = {
    "id": lambda value: value.hex if isinstance(value, UUID) else value.hex(),
    "time": _time,
    "date": str,
    "json": _json,
    "bytes": lambda value: b64encode(value).decode(),
    "bool": bool,
}
"""What the driver gives, as it is written."""

READ: dict[str, dict[Kind, Way]] = {
    "sqlite": {"id": bytes.fromhex, "bytes": b64decode, "bool": int},
    "postgresql": {"id": lambda value: UUID(hex=value), "bytes": b64decode, "time": lambda value: f"{value}+00"},
}
"""What is written, as each driver takes it."""


class Tally:
    """Counts lines and sums up their hashes."""

    def __init__(self) -> None:
        self.count, self._sum = 0, 0

    def add(self, line: bytes) -> None:
        self.count += 1
        self._sum = (self._sum + int.from_bytes(sha256(line).digest())) % MODULUS

    def rows(self) -> Rows:
        return Rows(count=self.count, digest=f"{self._sum:064x}")


def lines(rows: Iterable[Sequence[Value]], columns: Columns) -> Iterator[bytes]:
    """Each row written."""
    ways = [WRITTEN.get(kind) for kind in columns.kinds]
    for row in rows:
        yield orjson.dumps(
            [way(value) if way and value is not None else value for way, value in zip(ways, row, strict=True)]
        )


def portions(written: Iterable[bytes], tally: Tally) -> Iterator[bytes]:
    """Lines pressed together, some MiB at a time."""
    waiting = bytearray()
    for line in written:
        tally.add(line)
        waiting += line + b"\n"
        if len(waiting) >= PORTION:
            yield gzip.compress(waiting, 1)
            waiting.clear()
    if waiting:
        yield gzip.compress(waiting, 1)


def values(portion: bytes, columns: Columns, dialect: str) -> Iterator[list[Value]]:
    """The rows of a portion, as this driver takes them."""
    ways = [READ[dialect].get(kind) for kind in columns.kinds]
    for line in gzip.decompress(portion).splitlines():
        yield [
            way(value) if way and value is not None else value
            for way, value in zip(ways, orjson.loads(line), strict=True)
        ]
