"""Folders that members follow, and what is done in folders.

Revision: 0059
Revises: 0058
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db.base import Id, UtcDateTime

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followed_folders",
        sa.Column("member_id", Id, sa.ForeignKey("members.id", ondelete="CASCADE"), nullable=False),
        sa.Column("folder_id", Id, sa.ForeignKey("folders.id", ondelete="CASCADE"), nullable=False),
        sa.Column("since", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("member_id", "folder_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_followed_folders_folder_id", "followed_folders", ["folder_id", "member_id"])
    op.create_table(
        "folder_acts",
        sa.Column("id", Id, primary_key=True),
        sa.Column("folder_id", Id, sa.ForeignKey("folders.id", ondelete="CASCADE"), nullable=False),
        sa.Column("document_id", Id, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=True),
        sa.Column("inner_id", Id, sa.ForeignKey("folders.id", ondelete="CASCADE"), nullable=True),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=True),
        sa.Column("by", Id, sa.ForeignKey("members.id", ondelete="SET NULL"), nullable=True),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.CheckConstraint("(document_id IS NULL) <> (inner_id IS NULL)", name="one_thing"),
    )
    op.create_index("ix_folder_acts_folder_id", "folder_acts", ["folder_id", "id"])
    for column in ("document_id", "inner_id", "by"):
        op.create_index(f"ix_folder_acts_{column}", "folder_acts", [column])


def downgrade() -> None:
    op.drop_table("folder_acts")
    op.drop_table("followed_folders")
