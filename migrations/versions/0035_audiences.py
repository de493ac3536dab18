"""Audiences that are saved, and indexes by which many people are counted.

Revision: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

PLACES = ("unit_id", "programme_id", "cohort_id")
ASKED = ("source", "kind", "starts_on", "ends_on", "member_id")


def upgrade() -> None:
    op.create_table(
        "audiences",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rule", Json, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("about", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["members.id"], name="fk_audiences_owner_id_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audiences"),
    )
    op.create_index("ix_audiences_owner_id", "audiences", ["owner_id", "id"])
    op.create_index("ix_audiences_shared", "audiences", ["shared", "id"])
    op.create_table(
        "audience_members",
        sa.Column("audience_id", Id(), nullable=False),
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_audience_members_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("audience_id", "generation", "member_id", name="pk_audience_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audience_members_member_id", "audience_members", ["member_id"])
    for column in PLACES:
        op.drop_index(f"ix_affiliations_{column}", "affiliations")
        op.create_index(f"ix_affiliations_{column}", "affiliations", [column, *ASKED])
    op.create_index("ix_affiliations_kind", "affiliations", ["kind", "source", "starts_on", "ends_on", "member_id"])
    op.create_index("ix_directory_people_member_id", "directory_people", ["member_id", "standing"])


def downgrade() -> None:
    op.drop_index("ix_directory_people_member_id", "directory_people")
    op.drop_index("ix_affiliations_kind", "affiliations")
    for column in PLACES:
        op.drop_index(f"ix_affiliations_{column}", "affiliations")
        op.create_index(f"ix_affiliations_{column}", "affiliations", [column])
    op.drop_table("audience_members")
    op.drop_table("audiences")
