"""Contact requests that were declined stay, for who asked.

Revision: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contact_requests", sa.Column("declined_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("contact_requests") as batch:
        batch.drop_column("declined_at")
