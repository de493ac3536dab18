"""Who is to be mailed when, and up to when he was.

Revision: 0070
Revises: 0069
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "due_mails",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_due_mails_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_due_mails"),
    )
    op.create_index("ix_due_mails_due_at", "due_mails", ["due_at"])
    op.create_table(
        "mail_marks",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("followed_until", UtcDateTime(), nullable=True),
        sa.Column("messages_until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_mail_marks_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_mail_marks"),
    )


def downgrade() -> None:
    op.drop_table("mail_marks")
    op.drop_index("ix_due_mails_due_at", table_name="due_mails")
    op.drop_table("due_mails")
