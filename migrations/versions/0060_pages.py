"""Pages that are written together: their state, what was written since, and whose clients wrote it.

Revision: 0060
Revises: 0059
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_pages",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("state_seq", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", Id(), nullable=True),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_written_pages_document_id_documents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["members.id"], name="fk_written_pages_written_by_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_written_pages"),
    )
    op.create_index("ix_written_pages_written_by", "written_pages", ["written_by"])
    op.create_table(
        "page_updates",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_updates_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "seq", name="pk_page_updates"),
    )
    op.create_table(
        "page_clients",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_clients_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_page_clients_member_id_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("document_id", "client_id", name="pk_page_clients"),
    )
    op.create_index("ix_page_clients_member_id", "page_clients", ["member_id", "document_id"])


def downgrade() -> None:
    for name in ("page_clients", "page_updates", "written_pages"):
        op.drop_table(name)
