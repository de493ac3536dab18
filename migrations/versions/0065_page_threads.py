"""What is said of pages, at a place in their text.

Revision: 0065
Revises: 0064
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

LOSES = {
    "threads": "Those below pages.",
    "comments": "Theirs.",
}
"""What does not come back after the way down and up again: table, and what of it."""


def upgrade() -> None:
    op.create_table(
        "page_threads",
        sa.Column("thread_id", Id(), nullable=False),
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("begins", sa.LargeBinary(), nullable=False),
        sa.Column("ends", sa.LargeBinary(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_by", Id(), nullable=True),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name="fk_page_threads_thread_id_threads", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_threads_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["members.id"], name="fk_page_threads_resolved_by_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("thread_id", name="pk_page_threads"),
    )
    op.create_index("ix_page_threads_document_id", "page_threads", ["document_id", "thread_id"])
    op.create_index("ix_page_threads_resolved_by", "page_threads", ["resolved_by"])


def downgrade() -> None:
    op.execute("DELETE FROM threads WHERE subject_kind = 'page'")
    op.drop_table("page_threads")
