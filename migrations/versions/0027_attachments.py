"""Pictures made of uploads, and what posts show.

Revision: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", Id(), nullable=False),
        sa.Column("large_id", Id(), nullable=False),
        sa.Column("small_id", Id(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        _refers("pictures", "large_id", "files"),
        _refers("pictures", "small_id", "files"),
        sa.PrimaryKeyConstraint("id", name="pk_pictures"),
    )
    op.create_index("ix_pictures_large_id", "pictures", ["large_id"])
    op.create_index("ix_pictures_small_id", "pictures", ["small_id"])
    op.create_table(
        "post_attachments",
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("picture_id", Id(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        _refers("post_attachments", "file_id", "files"),
        _refers("post_attachments", "post_id", "posts"),
        _refers("post_attachments", "picture_id", "pictures"),
        sa.PrimaryKeyConstraint("file_id", name="pk_post_attachments"),
    )
    op.create_index("ix_post_attachments_post_id", "post_attachments", ["post_id", "position"])
    op.create_index("ix_post_attachments_picture_id", "post_attachments", ["picture_id"])


def downgrade() -> None:
    op.drop_table("post_attachments")
    op.drop_table("pictures")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete="CASCADE")
