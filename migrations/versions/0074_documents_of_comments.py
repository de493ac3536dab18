"""Documents that comments refer to.

Revision: 0074
Revises: 0073
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db.base import Json

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("comments", sa.Column("document_ids", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("comments", "document_ids")
