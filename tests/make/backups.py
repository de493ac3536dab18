"""Empty machines to restore on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

from parvis.kernel.config import Settings
from parvis.kernel.ids import new_id

from .services import S3, Bucket, started


@contextmanager
def empty_machine(settings: Settings, folder: Path, dialect: str) -> Iterator[Settings]:
    """As the one of these settings, with a folder of its own, beside PostgreSQL a bucket, and a database without
    tables."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'parvis.db'}"
    if dialect == "sqlite":
        yield _at(settings, folder, url)
        return
    server = make_url(os.environ["PARVIS_TEST_POSTGRES_URL"]).set(drivername="postgresql+psycopg")
    name = f"parvis_restored_{new_id().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        store = Bucket.made().settings if started(S3) else {}
        yield _at(settings, folder, server.set(database=name).render_as_string(hide_password=False), **store)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def _at(settings: Settings, folder: Path, url: str, **store: str) -> Settings:
    """Made anew: a copy keeps what was worked out of the others."""
    given = settings.model_dump(exclude_unset=True)
    return Settings(**given | {"data_dir": folder, "database_url": url, "storage_url": ""} | store)
