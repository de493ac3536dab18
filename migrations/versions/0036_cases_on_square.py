"""What was said on the square can be reported too.

Revision: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

LOSES = {
    "moderation_cases": "Those about what stands in no community.",
}
"""What does not come back after the way down and up again: table, and what of it."""

OPEN_ON_SQUARE = sa.text("decided_at IS NULL AND community_id IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("moderation_cases") as table:
        table.alter_column("community_id", existing_type=Id(), nullable=True)
    op.create_index(
        "uq_moderation_cases_open_on_square",
        "moderation_cases",
        ["subject_id"],
        unique=True,
        postgresql_where=OPEN_ON_SQUARE,
        sqlite_where=OPEN_ON_SQUARE,
    )


def downgrade() -> None:
    op.drop_index("uq_moderation_cases_open_on_square", "moderation_cases")
    op.execute("DELETE FROM moderation_cases WHERE community_id IS NULL")
    with op.batch_alter_table("moderation_cases") as table:
        table.alter_column("community_id", existing_type=Id(), nullable=False)
