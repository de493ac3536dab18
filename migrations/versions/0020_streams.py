"""Which history the log tells, and an index by which each client reads its topics in the order of the log.

Revision: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("pruned_xid", sa.BigInteger(), nullable=False),
        sa.Column("pruned_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_state"),
    )
    op.create_index("ix_events_topic_xid_id", "events", ["topic", "xid", "id"])
    op.drop_index("ix_events_topic_id", "events")


def downgrade() -> None:
    op.create_index("ix_events_topic_id", "events", ["topic", "id"])
    op.drop_index("ix_events_topic_xid_id", "events")
    op.drop_table("log_state")
