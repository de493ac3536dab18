"""Announcements to an audience that was frozen.

Revision: 0045
Revises: 0044
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

NAME = "fk_announcements_audience_id_audiences"


def upgrade() -> None:
    with op.batch_alter_table("announcements") as table:
        table.add_column(sa.Column("audience_id", Id(), nullable=True))
        table.create_foreign_key(NAME, "audiences", ["audience_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_announcements_audience_id", "announcements", ["audience_id"])


def downgrade() -> None:
    """What was announced to such an audience stays with those who were told it."""
    op.drop_index("ix_announcements_audience_id", "announcements")
    with op.batch_alter_table("announcements") as table:
        table.drop_constraint(NAME, type_="foreignkey")
        table.drop_column("audience_id")
