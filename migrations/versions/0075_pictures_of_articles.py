"""Which pictures of a page its article shows.

Revision: 0075
Revises: 0074
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db.base import Json

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page_publications", sa.Column("pictures", Json, nullable=False, server_default="{}"))
    with op.batch_alter_table("page_publications") as batch:
        batch.alter_column("pictures", server_default=None)


def downgrade() -> None:
    op.drop_column("page_publications", "pictures")
