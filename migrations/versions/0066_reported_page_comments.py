"""Comments of pages are reported too.

Revision: 0066
Revises: 0065
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

LOSES = {
    "moderation_cases": "Those about comments below pages.",
}
"""What does not come back after the way down and up again: table, and what of it."""

KIND = "ck_moderation_cases_subject_kind"
WHERE = "fk_moderation_cases_document_id_documents"


def upgrade() -> None:
    with op.batch_alter_table("moderation_cases") as table:
        table.add_column(sa.Column("document_id", Id(), nullable=True))
        table.create_foreign_key(op.f(WHERE), "documents", ["document_id"], ["id"], ondelete="SET NULL")
        table.drop_constraint(op.f(KIND), type_="check")
        table.create_check_constraint(op.f(KIND), "subject_kind IN ('post', 'comment', 'message', 'page_comment')")
    op.create_index("ix_moderation_cases_document_id", "moderation_cases", ["document_id"])


def downgrade() -> None:
    op.drop_index("ix_moderation_cases_document_id", "moderation_cases")
    op.execute("DELETE FROM moderation_cases WHERE subject_kind = 'page_comment'")
    with op.batch_alter_table("moderation_cases") as table:
        table.drop_constraint(op.f(KIND), type_="check")
        table.create_check_constraint(op.f(KIND), "subject_kind IN ('post', 'comment', 'message')")
        table.drop_constraint(op.f(WHERE), type_="foreignkey")
        table.drop_column("document_id")
