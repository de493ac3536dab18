"""What affiliations said in words becomes units and programmes, and the words come back on the way down."""

from datetime import UTC, date, datetime

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
    select,
    text,
)

from parvis.kernel import migrations
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.ids import new_id

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


def test_words_become_places_and_come_back(old_url: str) -> None:
    migrations.migrate(old_url, "0008")
    engine = create_engine(old_url)
    with engine.begin() as connection:
        _enter(connection)

    migrations.migrate(old_url, "0009")
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

    migrations.downgrade(old_url, "0008")
    with engine.begin() as connection:
        said = connection.execute(select(affiliations.c.kind, affiliations.c.unit, affiliations.c.programme))
        assert {tuple(row) for row in said} == SAID
    migrations.migrate(old_url)
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
