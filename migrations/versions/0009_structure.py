"""What the institution is made of: units, programmes and cohorts, which affiliations refer to.

Revision: 0009
Revises: 0008
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from parvis.accounts.names import sort_name
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.ids import new_id

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

affiliations = sa.table(
    "affiliations",
    sa.column("kind", sa.String()),
    sa.column("unit", sa.String()),
    sa.column("programme", sa.String()),
    sa.column("unit_id", Id()),
    sa.column("programme_id", Id()),
    sa.column("title", sa.String()),
)


def _named(table: str, own: sa.ColumnClause[Any]) -> sa.TableClause:
    said: list[sa.ColumnClause[Any]] = [sa.column("name", sa.String()), sa.column("sort_name", sa.String())]
    kept: list[sa.ColumnClause[Any]] = [sa.column("version", sa.Integer()), sa.column("created_at", UtcDateTime())]
    return sa.table(table, sa.column("id", Id()), *said, own, *kept)


units = _named("units", sa.column("kind", sa.String()))
programmes = _named("programmes", sa.column("unit_id", Id()))

STUDIES = ("student", "alum")
"""Of these, `programme` was what is studied; of the others, the post held."""


def upgrade() -> None:
    _create_tables()
    with op.batch_alter_table("affiliations") as batch:
        batch.add_column(sa.Column("unit_id", Id(), nullable=True))
        batch.add_column(sa.Column("programme_id", Id(), nullable=True))
        batch.add_column(sa.Column("cohort_id", Id(), nullable=True))
        batch.add_column(sa.Column("title", sa.String(), nullable=True))
        for column, table in (("unit_id", "units"), ("programme_id", "programmes"), ("cohort_id", "cohorts")):
            batch.create_foreign_key(f"fk_affiliations_{column}_{table}", table, [column], ["id"], ondelete="SET NULL")
            batch.create_index(f"ix_affiliations_{column}", [column])
    _refer_to_places()
    with op.batch_alter_table("affiliations") as batch:
        batch.drop_column("unit")
        batch.drop_column("programme")


def downgrade() -> None:
    with op.batch_alter_table("affiliations") as batch:
        batch.add_column(sa.Column("unit", sa.String(), nullable=True))
        batch.add_column(sa.Column("programme", sa.String(), nullable=True))
    unit = sa.select(units.c.name).where(units.c.id == affiliations.c.unit_id).scalar_subquery()
    programme = sa.select(programmes.c.name).where(programmes.c.id == affiliations.c.programme_id).scalar_subquery()
    op.execute(sa.update(affiliations).values(unit=unit, programme=sa.func.coalesce(programme, affiliations.c.title)))
    with op.batch_alter_table("affiliations") as batch:
        for column, table in (("unit_id", "units"), ("programme_id", "programmes"), ("cohort_id", "cohorts")):
            batch.drop_index(f"ix_affiliations_{column}")
            batch.drop_constraint(f"fk_affiliations_{column}_{table}", type_="foreignkey")
            batch.drop_column(column)
        batch.drop_column("title")
    op.drop_table("cohorts")
    op.drop_table("programmes")
    op.drop_table("units")


def _create_tables() -> None:
    op.create_table(
        "units",
        sa.Column("id", Id(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name="fk_units_parent_id_units", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_units"),
        sa.UniqueConstraint("code", name="uq_units_code"),
    )
    op.create_index("ix_units_sort_name", "units", ["sort_name"])
    op.create_index("ix_units_parent_id", "units", ["parent_id"])

    op.create_table(
        "programmes",
        sa.Column("id", Id(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("unit_id", Id(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_programmes_unit_id_units", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_programmes"),
        sa.UniqueConstraint("code", name="uq_programmes_code"),
    )
    op.create_index("ix_programmes_sort_name", "programmes", ["sort_name"])
    op.create_index("ix_programmes_unit_id", "programmes", ["unit_id"])

    op.create_table(
        "cohorts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("programme_id", Id(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("graduated_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name="fk_cohorts_programme_id_programmes", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_cohorts"),
    )
    op.create_index("uq_cohorts_programme_year", "cohorts", ["programme_id", "year"], unique=True)


def _refer_to_places() -> None:
    """Makes a unit of each name, and a programme of each that was studied in it."""
    connection = op.get_bind()
    a = affiliations.c
    of_company = sa.func.min(sa.case((a.kind == "affiliate", 1), else_=0)).label("of_company")
    names = connection.execute(sa.select(a.unit, of_company).where(a.unit.is_not(None)).group_by(a.unit)).all()
    unit_ids = {name: new_id() for name, _ in names}
    _insert(
        units,
        (
            {"id": unit_ids[name], "name": name, "kind": "company" if company else "component"}
            for name, company in names
        ),
    )
    for name, unit_id in unit_ids.items():
        connection.execute(sa.update(affiliations).where(a.unit == name).values(unit_id=unit_id))

    studied = (a.programme.is_not(None), a.kind.in_(STUDIES))
    for unit_id, name in connection.execute(sa.select(a.unit_id, a.programme).where(*studied).distinct()).all():
        programme_id = new_id()
        _insert(programmes, [{"id": programme_id, "name": name, "unit_id": unit_id}])
        same = (a.unit_id.is_not_distinct_from(unit_id), a.programme == name, *studied)
        connection.execute(sa.update(affiliations).where(*same).values(programme_id=programme_id))
    connection.execute(sa.update(affiliations).where(a.kind.not_in(STUDIES)).values(title=a.programme))


def _insert(table: sa.TableClause, rows: Iterable[dict[str, Any]]) -> None:
    now = datetime.now(UTC)
    said = [{**row, "sort_name": sort_name(row["name"]), "version": 1, "created_at": now} for row in rows]
    if said:
        op.get_bind().execute(sa.insert(table), said)
