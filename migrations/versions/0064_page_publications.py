"""Articles made of pages.

Revision: 0064
Revises: 0063
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_publications",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("published_by", Id(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_publications_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name="fk_page_publications_post_id_posts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["members.id"], name="fk_page_publications_published_by_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("post_id", name="pk_page_publications"),
    )
    op.create_index("ix_page_publications_document_id", "page_publications", ["document_id", "post_id"])
    op.create_index("ix_page_publications_published_by", "page_publications", ["published_by"])


def downgrade() -> None:
    op.drop_table("page_publications")
