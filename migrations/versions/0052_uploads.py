"""Uploads that may be taken up again, and the parts that came of them.

Revision: 0052
Revises: 0051
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", Id(), nullable=False),
        sa.Column("owner_id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("destination", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("turn", Id(), nullable=True),
        sa.Column("file_id", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        _refers("uploads", "owner_id", "members", "CASCADE"),
        _refers("uploads", "file_id", "files", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
    )
    for column in ("owner_id", "file_id", "expires_at"):
        op.create_index(f"ix_uploads_{column}", "uploads", [column])
    unfinished = sa.text("finished_at IS NULL")
    op.create_index(
        "ix_uploads_reserved", "uploads", ["account_id"], postgresql_where=unfinished, sqlite_where=unfinished
    )
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", Id(), nullable=False),
        sa.Column("start", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        _refers("upload_parts", "upload_id", "uploads", "CASCADE"),
        sa.PrimaryKeyConstraint("upload_id", "start", name="pk_upload_parts"),
    )


def downgrade() -> None:
    op.drop_table("upload_parts")
    op.drop_table("uploads")


def _refers(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)
