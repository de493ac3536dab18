"""The mail tray of the demonstration.

Revision: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_tray",
        sa.Column("id", Id(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_mail_tray"),
    )
    op.create_index("ix_mail_tray_at", "mail_tray", ["at"])
    op.create_index("ix_mail_tray_to", "mail_tray", ["to"])


def downgrade() -> None:
    op.drop_table("mail_tray")
