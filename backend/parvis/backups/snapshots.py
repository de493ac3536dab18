"""All rows as they stand at one instant, while others write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, make_url

from .manifest import Columns

AT_ONCE = 500
BEGIN = {
    "sqlite": "BEGIN",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """A transaction that only reads, and sees nothing that is committed after it began. On SQLite it keeps the log from
    being folded in while it lasts: that grows by what is written meanwhile."""
    parts = make_url(url)
    driver = "postgresql+psycopg" if parts.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(parts.set(drivername=driver), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(BEGIN[engine.dialect.name])
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL timezone = 'UTC'")
            connection.exec_driver_sql("SELECT count(*) FROM alembic_version")  # The instant is that of the first read.
            yield connection
            connection.exec_driver_sql("ROLLBACK")
    finally:
        engine.dispose()


def rows(connection: Connection, table: str, columns: Columns) -> Iterator[Sequence[Any]]:
    """Every row, in no order, some hundreds at a time."""
    quote = connection.dialect.identifier_preparer.quote
    is_postgresql = connection.dialect.name == "postgresql"
    wanted = ", ".join(
        f"{quote(name)}::text" if kind == "json" and is_postgresql else quote(name)
        for name, kind in zip(columns.names, columns.kinds, strict=True)
    )
    raw: Any = connection.connection.driver_connection
    cursor = raw.cursor(name="parvis_backup") if is_postgresql else raw.cursor()
    try:
        cursor.execute(f"SELECT {wanted} FROM {quote(table)}")
        while some := cursor.fetchmany(AT_ONCE):
            yield from some
    finally:
        cursor.close()
