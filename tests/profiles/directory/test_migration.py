"""What the directory reads among many people is made of what was there before."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from parvis.kernel import migrations
from parvis.kernel.ids import new_id
from tests.conftest import POSTGRES

PEOPLE = {1: 0 + 2, 2: 32 + 6, 3: 64 + 2, 4: 32}
"""The standing of each by number: a student; a student and alumnus who shows it to his publics; a student who shows it
to his contacts; and somebody of no public, who shows that to the publics he has not."""
FACETS = [(11, 1, 1), (12, 1, 1), (11, 2, 6), (12, 2, 0), (11, 3, 0), (11, 4, 0)]
ENTRIES = [(1, "organisation"), (1, "contacts"), (2, "organisation"), (2, "publics")]


@pytest.fixture
def url(dialect: str, tmp_path: Path) -> Iterator[str]:
    """A database of its own: the others are all at the newest revision."""
    if dialect == "sqlite":
        yield f"sqlite:///{tmp_path}/old.db"
        return
    server = os.environ[POSTGRES]
    name = f"test_{new_id().hex[-12:]}"
    engine = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def plant(connection: Connection, *, is_sqlite: bool) -> None:
    connection.execute(
        text("INSERT INTO directory_values (id, facet, key, label) VALUES (:id, 'skill', :key, '')"),
        [{"id": value_id, "key": str(value_id)} for value_id in (11, 12)],
    )
    ids = {number: new_id() for number in PEOPLE}
    for number, standing in PEOPLE.items():
        member_id = ids[number].bytes if is_sqlite else ids[number]
        row = {"id": member_id, "number": number, "standing": standing, "at": "2026-09-01 00:00:00.000000+00:00"}
        connection.execute(
            text(
                "INSERT INTO members (id, name, sort_name, language, appearance, version, created_at)"
                " VALUES (:id, 'A', 'a', 'fr', 'system', 1, :at)"
            ),
            row,
        )
        connection.execute(
            text("INSERT INTO directory_people VALUES (:number, :id, 'a', :at, :standing)"),
            row,
        )
    connection.execute(
        text("INSERT INTO directory_facets (value_id, person_number, seen_by) VALUES (:value, :number, :seen_by)"),
        [{"value": value, "number": number, "seen_by": seen_by} for value, number, seen_by in FACETS],
    )
    connection.execute(
        text("INSERT INTO profile_fields (member_id, field, level) VALUES (:id, 'skills', 'publics')"),
        {"id": ids[4].bytes if is_sqlite else ids[4]},
    )
    for number, part in ENTRIES:
        member_id = ids[number].bytes if is_sqlite else ids[number]
        connection.execute(
            text(
                "INSERT INTO entries (kind, subject_id, part, title, body, language, updated_at)"
                " VALUES ('person', :id, :part, 'A', '', 'fr', '2026-09-01 00:00:00.000000+00:00')"
            ),
            {"id": member_id, "part": part},
        )


def test_people_who_are_listed_stay_found(url: str) -> None:
    migrations.migrate(url, "0020")
    engine = create_engine(make_url(url))
    with engine.begin() as connection:
        plant(connection, is_sqlite=engine.dialect.name == "sqlite")
    migrations.migrate(url, "0021")
    with engine.connect() as connection:
        shown = connection.execute(text("SELECT person_number, seen_by, value_ids FROM directory_shown")).all()
        readers = connection.execute(
            text(
                "SELECT person_number, part, seen_by FROM directory_entries"
                " JOIN entries ON entries.id = directory_entries.entry_id"
            )
        ).all()
    assert {(number, seen_by, *sorted(ids.split())) for number, seen_by, ids in shown} == {
        (1, 1, "11", "12"),
        (2, 6, "11"),
        (2, 0, "12"),
        (3, 0, "11"),
        (4, 0, "11"),
    }
    assert sorted(map(tuple, readers)) == [
        (1, "contacts", 0),
        (1, "organisation", 1),
        (2, "organisation", 1),
        (2, "publics", 6),
    ]
    migrations.migrate(url, "0026")
    with engine.connect() as connection:
        marks = connection.execute(text("SELECT value_id, person_number, seen_by FROM directory_facets")).all()
        shown = connection.execute(text("SELECT person_number, seen_by, value_ids FROM directory_shown")).all()
        rows = connection.execute(text("SELECT number, standing FROM directory_people")).all()
        counts = connection.execute(text("SELECT value_id, standing, seen_by, people FROM directory_counts")).all()
        readers = connection.scalars(text("SELECT seen_by FROM directory_entries")).all()
    assert set(map(tuple, marks)) == {(11, 1, 1), (12, 1, 1), (11, 2, 38), (12, 2, 0), (11, 3, 0), (11, 4, 32)}
    assert {(number, seen_by) for number, seen_by, _ in shown} == {(1, 1), (2, 38), (2, 0), (3, 0), (4, 32)}
    assert {(number, standing) for number, standing in rows} == set({1: 2, 2: 32 + 6, 3: 96 + 2, 4: 32}.items())
    assert (11, 96 + 2, 0, 1) in set(map(tuple, counts))
    assert sorted(readers) == [0, 1, 1, 38]
    migrations.downgrade(url, "0020")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM entries")) == len(ENTRIES)
    engine.dispose()
