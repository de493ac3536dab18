"""Messages are reported too, and moderators hide them.

Revision: 0053
Revises: 0052
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

LOSES = {
    "moderation_cases": "Those about messages.",
}
"""What does not come back after the way down and up again: table, and what of it."""

KIND = "ck_moderation_cases_subject_kind"
WHERE = "fk_moderation_cases_conversation_id_conversations"


def upgrade() -> None:
    op.add_column("messages", sa.Column("hidden_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("moderation_cases") as table:
        table.alter_column("post_id", existing_type=Id(), nullable=True)
        table.add_column(sa.Column("conversation_id", Id(), nullable=True))
        table.create_foreign_key(
            op.f(WHERE),
            *("conversations", ["conversation_id"], ["id"]),
            ondelete="SET NULL",
        )
        table.drop_constraint(op.f(KIND), type_="check")
        table.create_check_constraint(op.f(KIND), "subject_kind IN ('post', 'comment', 'message')")
    op.create_index("ix_moderation_cases_conversation_id", "moderation_cases", ["conversation_id"])


def downgrade() -> None:
    op.drop_index("ix_moderation_cases_conversation_id", "moderation_cases")
    op.execute("DELETE FROM moderation_cases WHERE subject_kind = 'message'")
    with op.batch_alter_table("moderation_cases") as table:
        table.drop_constraint(op.f(KIND), type_="check")
        table.create_check_constraint(op.f(KIND), "subject_kind IN ('post', 'comment')")
        table.drop_constraint(op.f(WHERE), type_="foreignkey")
        table.drop_column("conversation_id")
        table.alter_column("post_id", existing_type=Id(), nullable=False)
    op.drop_column("messages", "hidden_at")
