"""What stands in a database: for each table its columns and, in one number, its rows."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, inspect, make_url

AT_ONCE = 2_000
OF_SEARCH = "entry_tokens"
"""Made anew from the entries on the way up."""

Columns = Mapping[str, Collection[str]]


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    parts = make_url(url)
    driver = "postgresql+psycopg" if parts.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(parts.set(drivername=driver))
    yield engine
    engine.dispose()


def columns_of(url: str) -> dict[str, list[str]]:
    """Of each table the columns, but for the stamp, and for what search is asked in."""
    with opened(url) as engine:
        found = inspect(engine)
        names = [name for name in found.get_table_names() if not name.startswith(("alembic", OF_SEARCH))]
        return {name: sorted(column["name"] for column in found.get_columns(name)) for name in names}


@dataclass(frozen=True)
class Rows:
    """Of one table: how many, and a sum of what is in them, in whatever order."""

    count: int
    sum: int


def contents(url: str, columns: Columns) -> dict[str, Rows]:
    """Of these columns."""
    with opened(url) as engine, engine.connect() as connection:
        return {table: _rows(connection, table, names) for table, names in columns.items()}


def _rows(connection: Connection, table: str, names: Collection[str]) -> Rows:
    quote = connection.dialect.identifier_preparer.quote
    wanted = ", ".join(map(quote, names))
    cursor: Any = connection.connection.cursor()
    cursor.execute(f"SELECT {wanted} FROM {quote(table)}")
    count = total = 0
    while some := cursor.fetchmany(AT_ONCE):
        count += len(some)
        for row in some:
            total += int.from_bytes(blake2b(repr(tuple(row)).encode(), digest_size=16).digest())
    cursor.close()
    return Rows(count, total)


def common(one: Columns, other: Columns) -> dict[str, list[str]]:
    """The columns that both have."""
    return {table: sorted(set(names) & set(other[table])) for table, names in one.items() if table in other}


def differing(one: Mapping[str, Rows], other: Mapping[str, Rows]) -> set[str]:
    """The tables in which not the same stands."""
    return {table for table in one.keys() & other.keys() if one[table] != other[table]}
