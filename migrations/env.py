"""Runs migrations on either database, from `parvis migrate` or from Alembic's own command."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine, event, make_url

from parvis import wiring  # noqa: F401 — imports every model
from parvis.kernel.config import load_settings
from parvis.kernel.db import Base
from parvis.kernel.db.base import Id, UtcDateTime


def run() -> None:
    given: Connection | None = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    url = make_url(context.config.attributes.get("url") or load_settings().database)
    driver = "postgresql+psycopg" if url.get_backend_name() == "postgresql" else "sqlite"
    engine = create_engine(url.set(drivername=driver))
    if driver == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA journal_mode=WAL"))
    with engine.connect() as connection:
        migrate(connection)
        connection.commit()
    engine.dispose()


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=False,
        include_object=include_object,
        render_item=render_item,
        user_module_prefix="parvis.",
        transaction_per_migration=True,  # What one locks is free again before the next begins.
    )
    with context.begin_transaction():
        context.run_migrations()


def include_object(item: object, name: str | None, kind: str, reflected: bool, compare_to: object) -> bool:
    """What is compared with the models. Search's own tables have none: `kernel/entries.py` says why."""
    return not (kind == "table" and name is not None and name.startswith(("alembic_version", "entry_tokens")))


def render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """Writes our column types by their own names."""
    if kind == "type" and isinstance(item, Id | UtcDateTime):
        autogen_context.imports.add("from parvis.kernel.db import Id, UtcDateTime")
        return f"{type(item).__name__}()"
    return False


run()
