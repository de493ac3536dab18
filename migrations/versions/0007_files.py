"""Files, and blobs that are to be deleted.

Revision: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("claimed_kind", sa.String(), nullable=True),
        sa.Column("claimed_id", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name="fk_files_owner_id_members", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
    )
    op.create_index("ix_files_claimed_kind_claimed_id", "files", ["claimed_kind", "claimed_id"])
    op.create_index("ix_files_owner_id", "files", ["owner_id"])
    op.create_index("ix_files_sha256", "files", ["sha256"])
    op.create_index(
        "ix_files_unclaimed",
        "files",
        ["created_at"],
        postgresql_where=sa.text("claimed_kind IS NULL"),
        sqlite_where=sa.text("claimed_kind IS NULL"),
    )
    op.create_table(
        "doomed_blobs",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("doomed_at", UtcDateTime(), nullable=False),
        sa.Column("is_being_deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_doomed_blobs"),
    )
    op.create_index("ix_doomed_blobs_doomed_at", "doomed_blobs", ["doomed_at"])


def downgrade() -> None:
    op.drop_table("doomed_blobs")
    op.drop_table("files")
