"""Graduations of cohorts: what each did, and who was reminded before.

Revision: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "graduations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("cohort_id", Id(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("students", sa.Integer(), nullable=False),
        sa.Column("graduated", sa.Integer(), nullable=False),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        _reference("graduations", "cohort_id", "cohorts"),
        sa.PrimaryKeyConstraint("id", name="pk_graduations"),
    )
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_graduations_cohort_id",
        "graduations",
        ["cohort_id"],
        unique=True,
        postgresql_where=standing,
        sqlite_where=standing,
    )
    op.create_table(
        "graduates",
        sa.Column("graduation_id", Id(), nullable=False),
        sa.Column("studies_id", Id(), nullable=False),
        sa.Column("alum_id", Id(), nullable=True),
        sa.Column("ended_before", sa.Date(), nullable=True),
        _reference("graduates", "graduation_id", "graduations"),
        _reference("graduates", "studies_id", "affiliations"),
        _reference("graduates", "alum_id", "affiliations", on_delete="SET NULL"),
        sa.PrimaryKeyConstraint("graduation_id", "studies_id", name="pk_graduates"),
    )
    op.create_index("ix_graduates_studies_id", "graduates", ["studies_id"])
    op.create_index("ix_graduates_alum_id", "graduates", ["alum_id"])
    op.create_table(
        "graduation_reminders",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        _reference("graduation_reminders", "member_id", "members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_graduation_reminders"),
    )


def downgrade() -> None:
    for table in ("graduation_reminders", "graduates", "graduations"):
        op.drop_table(table)


def _reference(table: str, column: str, to: str, *, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=on_delete)
