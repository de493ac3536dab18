"""When a member leaves, and the copies of their data that members asked for.

Revision: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("leaves_at", UtcDateTime(), nullable=True))
    op.create_table(
        "exports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("file_id", Id(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_exports_member_id_members", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_exports_file_id_files", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
    )
    op.create_index("ix_exports_member_id", "exports", ["member_id"])


def downgrade() -> None:
    op.drop_table("exports")
    op.drop_column("members", "leaves_at")
