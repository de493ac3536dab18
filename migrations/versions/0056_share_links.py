"""Links that share documents and folders, where the organisation wants them.

Revision: 0056
Revises: 0055
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("share_links", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("organisation") as table:
        table.alter_column("share_links", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "share_links",
        sa.Column("id", Id(), nullable=False),
        sa.Column("folder_id", Id(), nullable=True),
        sa.Column("document_id", Id(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("allows_download", sa.Boolean(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=True),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_by", Id(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(folder_id IS NULL) <> (document_id IS NULL)", name=op.f("ck_share_links_one_thing")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.id"], name="fk_share_links_created_by_members", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_share_links_document_id_documents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["folder_id"], ["folders.id"], name="fk_share_links_folder_id_folders", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_share_links"),
        sa.UniqueConstraint("token_hash", name="uq_share_links_token_hash"),
    )
    op.create_index("ix_share_links_created_by", "share_links", ["created_by", "expires_at"])
    op.create_index("ix_share_links_document_id", "share_links", ["document_id", "id"])
    op.create_index("ix_share_links_folder_id", "share_links", ["folder_id", "id"])


def downgrade() -> None:
    op.drop_table("share_links")
    with op.batch_alter_table("organisation") as table:
        table.drop_column("share_links")
