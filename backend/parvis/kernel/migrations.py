"""Brings the database's schema to what this code expects, and knows whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url

from .db import Database

FOLDER = Path(__file__).resolve().parents[3] / "migrations"


def alembic_config(url: str) -> Config:
    config = Config(str(FOLDER / "alembic.ini"))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Upgrades (or creates) the database at `url`."""
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite" and parts.database:
        Path(parts.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    command.downgrade(alembic_config(url), revision)


def heads() -> set[str]:
    return set(ScriptDirectory(str(FOLDER)).get_heads())


def is_ahead(stamp: set[str]) -> bool:
    """Whether a database was migrated by a later version: its revision is none that this code knows."""
    known = {script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()}
    return bool(stamp) and not stamp <= known


async def is_current(database: Database) -> bool:
    """Whether the schema is the one this code was written for."""

    def revisions(connection: Connection) -> set[str]:
        return set(MigrationContext.configure(connection).get_current_heads())

    async with database.engine.connect() as connection:
        return await connection.run_sync(revisions) == heads()


def stamp_of(url: str) -> set[str]:
    """The revisions a database says it is at. For commands; raises the driver's error when it does not answer."""
    parts = make_url(url)
    driver = "postgresql+psycopg" if parts.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(parts.set(drivername=driver))
    try:
        with engine.connect() as connection:
            return set(MigrationContext.configure(connection).get_current_heads())
    finally:
        engine.dispose()
