"""Jobs that ended well are found by when they did.

Revision: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
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
