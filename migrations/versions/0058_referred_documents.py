"""Documents that posts and messages refer to.

Revision: 0058
Revises: 0057
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db.base import Json

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("posts", "messages"):
        op.add_column(name, sa.Column("document_ids", Json, nullable=True))


def downgrade() -> None:
    for name in ("messages", "posts"):
        op.drop_column(name, "document_ids")
