"""What members are interested in.

Revision: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_interests",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("interest", sa.String(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_member_interests_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "interest", name="pk_member_interests"),
    )
    op.create_index("ix_member_interests_interest", "member_interests", ["interest", "member_id"])


def downgrade() -> None:
    op.drop_table("member_interests")
