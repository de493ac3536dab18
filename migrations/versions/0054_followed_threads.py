"""Whether somebody follows a thread is said, or told from what he wrote there.

Revision: 0054
Revises: 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

LOSES = {
    "message_thread_places": "Who never said whether he follows, follows.",
}
"""What does not come back after the way down and up again: table, and what of it."""


def upgrade() -> None:
    with op.batch_alter_table("message_thread_places") as table:
        table.alter_column("follows", existing_type=sa.Boolean(), nullable=True)
    op.execute("UPDATE message_thread_places SET follows = NULL")


def downgrade() -> None:
    op.execute("UPDATE message_thread_places SET follows = (follows IS NULL OR follows)")
    with op.batch_alter_table("message_thread_places") as table:
        table.alter_column("follows", existing_type=sa.Boolean(), nullable=False)
