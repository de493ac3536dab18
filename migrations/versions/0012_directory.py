"""What the directory is read from.

Revision: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.db.base import BigId

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_people",
        sa.Column("number", BigId, autoincrement=True, nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("sort_name", sa.String(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("standing", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_directory_people_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_directory_people"),
        sa.UniqueConstraint("member_id", name="uq_directory_people_member_id"),
    )
    op.create_index("ix_directory_people_sort_name", "directory_people", ["sort_name", "number"])
    op.create_index("ix_directory_people_joined_at", "directory_people", ["joined_at", "number"])
    op.create_table(
        "directory_values",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("facet", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directory_values"),
    )
    op.create_index("uq_directory_values_facet_key", "directory_values", ["facet", "key"], unique=True)
    op.create_table(
        "directory_facets",
        sa.Column("value_id", BigId, autoincrement=False, nullable=False),
        sa.Column("person_number", BigId, autoincrement=False, nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=False),
        _of_value("directory_facets"),
        sa.ForeignKeyConstraint(
            ["person_number"],
            ["directory_people.number"],
            name="fk_directory_facets_person_number_directory_people",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("value_id", "person_number", name="pk_directory_facets"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_directory_facets_person_number", "directory_facets", ["person_number", "value_id", "seen_by"])
    op.create_table(
        "directory_counts",
        sa.Column("value_id", BigId, autoincrement=False, nullable=False),
        sa.Column("standing", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seen_by", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        _of_value("directory_counts"),
        sa.PrimaryKeyConstraint("value_id", "standing", "seen_by", name="pk_directory_counts"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("directory_counts", "directory_facets", "directory_values", "directory_people"):
        op.drop_table(table)


def _of_value(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_value_id_directory_values"
    return sa.ForeignKeyConstraint(["value_id"], ["directory_values.id"], name=name)
