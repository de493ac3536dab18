"""How many announcements a member is told within a week.

Revision: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("weekly_announcements", sa.Integer(), nullable=False, server_default="5"))
    with op.batch_alter_table("organisation") as table:
        table.alter_column("weekly_announcements", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.drop_column("weekly_announcements")
