"""Legal pages that administrators wrote.

Revision: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pages",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["members.id"], name="fk_pages_updated_by_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("slug", "language", name="pk_pages"),
    )


def downgrade() -> None:
    op.drop_table("pages")
