"""Who is in audiences by which something is given.

Revision: 0057
Revises: 0056
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_audiences",
        sa.Column("audience_id", Id(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audiences.id"], name="fk_kept_audiences_audience_id_audiences", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("audience_id", name="pk_kept_audiences"),
    )
    op.create_table(
        "kept_audience_members",
        sa.Column("audience_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_kept_audience_members_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("audience_id", "member_id", name="pk_kept_audience_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_kept_audience_members_member_id", "kept_audience_members", ["member_id"])


def downgrade() -> None:
    op.drop_table("kept_audience_members")
    op.drop_table("kept_audiences")
