"""An empty database to be filled: all of it at once, or nothing."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, make_url

from .manifest import Columns

FOREIGN_KEYS = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
)


class NotEmpty(Exception):
    """There is a Parvis already, or something else."""


@contextmanager
def filling(url: str) -> Iterator[Connection]:
    """A connection in one transaction, kept when the block ends well. Foreign keys are looked at then, all at once.

    Raises `NotEmpty`.
    """
    parts = make_url(url)
    if parts.get_backend_name() == "postgresql":
        postgresql = parts.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        with _transaction(postgresql) as made:
            made.exec_driver_sql("SET LOCAL timezone = 'UTC'")
            yield made
        return
    path = Path(parts.database or "")
    if path.exists():
        raise NotEmpty(f"{path} is there already")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    _forget(unfinished)
    try:
        with _transaction(f"sqlite:///{unfinished}") as made:
            yield made
        _settle(unfinished)
        unfinished.rename(path)
    finally:
        _forget(unfinished)


@contextmanager
def _transaction(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if tables := inspect(connection).get_table_names():
                raise NotEmpty(f"the database has {len(tables)} tables already")
            yield connection
    finally:
        engine.dispose()


def _settle(path: Path) -> None:
    """Whole, and on the disk."""
    with closing(sqlite3.connect(path)) as made:
        [found] = made.execute("PRAGMA integrity_check").fetchone()
        if found != "ok" or made.execute("PRAGMA foreign_key_check").fetchone():
            raise ValueError(f"the restored database does not agree with itself: {found}")
    file = os.open(path, os.O_RDONLY)
    os.fsync(file)
    os.close(file)


def _forget(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


@contextmanager
def without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Rows may come in any order. On SQLite nothing looks before `filling` ends; PostgreSQL's are made again, and then
    hold for every row."""
    keys = connection.exec_driver_sql(FOREIGN_KEYS).all() if connection.dialect.name == "postgresql" else []
    for table, name, _ in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    for table, name, definition in keys:
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def look_at_foreign_keys(connection: Connection) -> None:
    """From here on also on SQLite, which can only between transactions: what is there is kept by now."""
    if connection.dialect.name == "sqlite":
        raw: Any = connection.connection.driver_connection
        raw.commit()
        raw.execute("PRAGMA foreign_keys = ON")


def empty(connection: Connection, tables: Iterable[str]) -> None:
    """What migrations put there themselves comes with the rest."""
    for table in tables:
        connection.exec_driver_sql(f"DELETE FROM {_quoted(connection, table)}")


def fill(connection: Connection, table: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(_quoted(connection, name) for name in columns.names)
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with raw.cursor() as cursor, cursor.copy(f"COPY {_quoted(connection, table)} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join("?" * len(columns.names))
    raw.executemany(
        f"INSERT INTO {_quoted(connection, table)} ({names}) VALUES ({places})",
        rows,
    )


def count_on(connection: Connection) -> None:
    """The next number that PostgreSQL gives comes after all that are there."""
    if connection.dialect.name != "postgresql":
        return
    found = connection.exec_driver_sql(
        "SELECT c.table_name, c.column_name, pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) "
        "FROM information_schema.columns AS c WHERE c.table_schema = current_schema() "
        "AND pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) IS NOT NULL"
    )
    for table, column, sequence in found.all():
        last = f"(SELECT max({_quoted(connection, column)}) FROM {_quoted(connection, table)})"
        connection.exec_driver_sql(f"SELECT setval('{sequence}', greatest(1, coalesce({last}, 1)), {last} IS NOT NULL)")


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
