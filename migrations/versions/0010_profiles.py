"""What members say of themselves and to whom, and whom they know.

Revision: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profiles",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        _of_member("profiles", "member_id"),
        sa.PrimaryKeyConstraint("member_id", name="pk_profiles"),
    )
    op.create_table(
        "profile_fields",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("value", Json, nullable=True),
        _of_member("profile_fields", "member_id"),
        sa.PrimaryKeyConstraint("member_id", "field", name="pk_profile_fields"),
    )
    op.create_table(
        "contacts",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("other_id", Id(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        _of_member("contacts", "member_id"),
        _of_member("contacts", "other_id"),
        sa.PrimaryKeyConstraint("member_id", "other_id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_other_id", "contacts", ["other_id"])
    op.create_table(
        "contact_requests",
        sa.Column("from_id", Id(), nullable=False),
        sa.Column("to_id", Id(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _of_member("contact_requests", "from_id"),
        _of_member("contact_requests", "to_id"),
        sa.CheckConstraint("from_id <> to_id", name="ck_contact_requests_two"),
        sa.PrimaryKeyConstraint("from_id", "to_id", name="pk_contact_requests"),
    )
    op.create_index("ix_contact_requests_to_id", "contact_requests", ["to_id"])
    op.create_table(
        "blocks",
        sa.Column("blocker_id", Id(), nullable=False),
        sa.Column("blocked_id", Id(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        _of_member("blocks", "blocker_id"),
        _of_member("blocks", "blocked_id"),
        sa.CheckConstraint("blocker_id <> blocked_id", name="ck_blocks_two"),
        sa.PrimaryKeyConstraint("blocker_id", "blocked_id", name="pk_blocks"),
    )
    op.create_index("ix_blocks_blocked_id", "blocks", ["blocked_id"])


def downgrade() -> None:
    for table in ("blocks", "contact_requests", "contacts", "profile_fields", "profiles"):
        op.drop_table(table)


def _of_member(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_members"
    return sa.ForeignKeyConstraint([column], ["members.id"], name=name, ondelete="CASCADE")
