"""For whom a file counts: no longer always who uploaded it.

Revision: 0048
Revises: 0047
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("account_id", Id(), nullable=True))
    op.execute("UPDATE files SET account_id = owner_id")
    op.create_index("ix_files_account_id", "files", ["account_id"])


def downgrade() -> None:
    op.drop_index("ix_files_account_id", "files")
    op.drop_column("files", "account_id")
