"""What the scanner says of files.

Revision: 0051
Revises: 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("files", sa.Column("scan", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("files", "scan")
