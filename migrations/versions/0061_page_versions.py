"""Versions of pages, and who wrote in each.

Revision: 0061
Revises: 0060
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_versions",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_versions_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_page_versions"),
    )
    op.create_table(
        "page_authors",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_authors_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_page_authors_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "number", "member_id", name="pk_page_authors"),
    )
    op.create_index("ix_page_authors_member_id", "page_authors", ["member_id", "document_id"])


def downgrade() -> None:
    op.drop_table("page_authors")
    op.drop_table("page_versions")
