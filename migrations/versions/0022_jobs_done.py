"""Jobs that ended well are found by when they did.

Revision: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_jobs_done",
        "jobs",
        ["ended_at"],
        postgresql_where=sa.text("error IS NULL"),
        sqlite_where=sa.text("error IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_jobs_done", "jobs")
