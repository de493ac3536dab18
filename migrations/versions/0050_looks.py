"""What was found inside files.

Revision: 0050
Revises: 0049
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id
from parvis.kernel.db.base import Json, UtcDateTime

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

LOSES = {
    "files": "Pages drawn of documents, which are drawn again.",
}
"""What does not come back after the way down and up again: table, and what of it."""


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("has_position", sa.Boolean(), nullable=True),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("is_cut", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.Column("entries", Json, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_looks_file_id_files"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_looks")),
    )
    op.create_table(
        "look_pages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("file_id", Id(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("large_id", Id(), nullable=False),
        sa.Column("small_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name=op.f("fk_look_pages_file_id_files"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["large_id"], ["files.id"], name=op.f("fk_look_pages_large_id_files")),
        sa.ForeignKeyConstraint(["small_id"], ["files.id"], name=op.f("fk_look_pages_small_id_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_pages")),
    )
    op.create_index("ix_look_pages_file_id_number", "look_pages", ["file_id", "number"])
    op.create_index("ix_look_pages_large_id", "look_pages", ["large_id"])
    op.create_index("ix_look_pages_small_id", "look_pages", ["small_id"])


def downgrade() -> None:
    op.drop_table("look_pages")
    op.drop_table("looks")
    op.execute("DELETE FROM files WHERE claimed_kind = 'look_page'")
