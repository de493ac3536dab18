"""Mails that members do without, and when somebody was last asked by mail.

Revision: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unwanted_mails",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_unwanted_mails_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "kind", name="pk_unwanted_mails"),
    )
    op.create_table(
        "asked_by_mail",
        sa.Column("from_id", Id(), nullable=False),
        sa.Column("to_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], ["members.id"], name=f"fk_asked_by_mail_{column}_members", ondelete="CASCADE"
            )
            for column in ("from_id", "to_id")
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id", "kind", name="pk_asked_by_mail"),
    )
    op.create_index("ix_asked_by_mail_to_id", "asked_by_mail", ["to_id"])


def downgrade() -> None:
    op.drop_table("asked_by_mail")
    op.drop_table("unwanted_mails")
