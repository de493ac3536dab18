"""What is to be said later.

Revision: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scheduled_posts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.Column("draft", Json, nullable=False),
        sa.Column("publish_at", UtcDateTime(), nullable=False),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name="fk_scheduled_posts_author_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_scheduled_posts"),
    )
    op.create_index("ix_scheduled_posts_author_id", "scheduled_posts", ["author_id", "publish_at", "id"])


def downgrade() -> None:
    op.drop_table("scheduled_posts")
