"""Affiliations by number: what audiences are counted by.

Revision: 0044
Revises: 0043
"""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id
from parvis.kernel.db.base import BigId

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

LINES = 1_000
"""Of each kind of place: more than anybody has affiliations."""
FILL = """
    INSERT INTO directory_held (person_number, line, place, kind, starts_on, ends_on, publics)
    SELECT people.number, :first + row_number() OVER (PARTITION BY people.number ORDER BY held.id),
        {place}, held.kind, held.starts_on, held.ends_on, people.standing & 30
    FROM affiliations held JOIN directory_people people ON people.member_id = held.member_id
    {joined} WHERE held.source = 'institution' AND {place} IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "directory_held",
        sa.Column("person_number", BigId, autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("publics", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_number"],
            ["directory_people.number"],
            name="fk_directory_held_person_number_directory_people",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_number", "line", name="pk_directory_held"),
        sqlite_with_rowid=False,
    )
    _fill()
    columns = ["place", "kind", "starts_on", "ends_on", "person_number", "publics"]
    op.create_index("ix_directory_held_place", "directory_held", columns)


def downgrade() -> None:
    op.drop_table("directory_held")


def _fill() -> None:
    for number, column in enumerate(("unit_id", "programme_id", "cohort_id")):
        op.execute(sa.text(FILL.format(place=f"held.{column}", joined="")).bindparams(first=number * LINES))
    _fill_at(UUID(int=0), 3)
    years = op.get_bind().scalars(sa.text("SELECT DISTINCT year FROM cohorts ORDER BY year")).all()
    for number, year in enumerate(years, start=4):
        _fill_at(UUID(int=year), number, f"JOIN cohorts ON cohorts.id = held.cohort_id AND cohorts.year = {year:d}")


def _fill_at(place: UUID, number: int, joined: str = "") -> None:
    filling = sa.text(FILL.format(place=":place", joined=joined))
    op.execute(filling.bindparams(sa.bindparam("place", place, type_=Id()), first=number * LINES))
