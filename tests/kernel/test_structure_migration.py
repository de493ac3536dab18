"""What affiliations said in words becomes units and programmes, and the words come back on the way down."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    insert,
    make_url,
    select,
    text,
)

from parvis.kernel import migrations
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.ids import new_id
from tests.conftest import POSTGRES

SAID = {
    ("student", "Faculté de droit", "M2 Droit de l’eau"),
    ("alum", "Faculté de droit", "M2 Droit de l’eau"),
    ("student", "Faculté des lettres", "M2 Droit de l’eau"),
    ("student", None, "L1 Histoire"),
    ("faculty", "Faculté de droit", "Professeure"),
    ("affiliate", "Atelier Rivières", "Gérant"),
    ("member", None, None),
}
"""Kind, unit and programme, as words."""

members = Table(
    "members",
    MetaData(),
    Column("id", Id()),
    *[Column(name, String()) for name in ("name", "sort_name", "language", "appearance")],
    Column("version", Integer()),
    Column("created_at", UtcDateTime()),
)
affiliations = Table(
    "affiliations",
    MetaData(),
    *[Column(name, Id()) for name in ("id", "member_id")],
    *[Column(name, String()) for name in ("kind", "unit", "programme", "source")],
    Column("starts_on", Date()),
)


@pytest.fixture
def url(dialect: str, tmp_path: Path) -> Iterator[str]:
    """A database of its own: the others are all at the newest revision."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    server = make_url(os.environ[POSTGRES]).set(drivername="postgresql+psycopg")
    name = f"parvis_test_structure_{os.getpid()}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_words_become_places_and_come_back(url: str) -> None:
    migrations.migrate(url, "0008")
    engine = create_engine(url)
    with engine.begin() as connection:
        _enter(connection)

    migrations.migrate(url, "0009")
    with engine.begin() as connection:
        assert _rows(connection, "SELECT name, kind FROM units") == [
            ("Atelier Rivières", "company"),
            ("Faculté de droit", "component"),
            ("Faculté des lettres", "component"),
        ]
        taught = "SELECT p.name, u.name FROM programmes p LEFT JOIN units u ON u.id = p.unit_id"
        assert _rows(connection, taught) == [
            ("L1 Histoire", None),
            ("M2 Droit de l’eau", "Faculté de droit"),
            ("M2 Droit de l’eau", "Faculté des lettres"),
        ]
        posts = "SELECT kind, title FROM affiliations WHERE title IS NOT NULL"
        assert _rows(connection, posts) == [("affiliate", "Gérant"), ("faculty", "Professeure")]
        studied = "SELECT count(*), count(DISTINCT programme_id) FROM affiliations WHERE programme_id IS NOT NULL"
        assert _rows(connection, studied) == [(4, 3)]

    migrations.downgrade(url, "0008")
    with engine.begin() as connection:
        said = connection.execute(select(affiliations.c.kind, affiliations.c.unit, affiliations.c.programme))
        assert {tuple(row) for row in said} == SAID
    migrations.migrate(url)
    engine.dispose()


def _enter(connection: Connection) -> None:
    member_id, now = new_id(), datetime.now(UTC)
    member = {"id": member_id, "name": "Inès Benali", "sort_name": "benali ines", "language": "fr"}
    connection.execute(insert(members), [{**member, "appearance": "system", "version": 1, "created_at": now}])
    rows = [
        {"id": new_id(), "member_id": member_id, "kind": kind, "unit": unit, "programme": programme}
        for kind, unit, programme in sorted(SAID, key=str)
    ]
    since = {"source": "institution", "starts_on": date(2025, 9, 1)}
    connection.execute(insert(affiliations), [{**row, **since} for row in rows])


def _rows(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return sorted((tuple(row) for row in connection.execute(text(query))), key=str)
