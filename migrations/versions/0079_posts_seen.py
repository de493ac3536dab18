"""Which posts each member had before his eyes of late, so that none of them is mailed to him.

Revision: 0079
Revises: 0078
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "post_views",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_post_views_member_id_members", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_views_post_id_posts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "post_id", name="pk_post_views"),
    )
    op.create_index("ix_post_views_post_id", "post_views", ["post_id"])
    op.create_index("ix_post_views_at", "post_views", ["at"])


def downgrade() -> None:
    op.drop_table("post_views")
