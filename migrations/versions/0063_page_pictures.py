"""Pictures that stand in pages.

Revision: 0063
Revises: 0062
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_pictures",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("id", Id(), nullable=False),
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("unused_since", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["written_pages.document_id"],
            name="fk_page_pictures_document_id_written_pages",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name="fk_page_pictures_file_id_files", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "id", name="pk_page_pictures"),
        sa.UniqueConstraint("file_id", name="uq_page_pictures_file_id"),
    )


def downgrade() -> None:
    op.drop_table("page_pictures")
