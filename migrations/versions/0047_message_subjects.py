"""Whom lines about a conversation are about: rows, which go with the account.

Revision: 0047
Revises: 0046
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_subjects",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        _refers("message_subjects", "member_id", "members"),
        _refers("message_subjects", "message_id", "messages"),
        sa.PrimaryKeyConstraint("message_id", "member_id", name="pk_message_subjects"),
    )
    op.create_index("ix_message_subjects_member_id", "message_subjects", ["member_id"])
    op.drop_column("messages", "about")


def downgrade() -> None:
    op.add_column("messages", sa.Column("about", Json, nullable=True))
    op.drop_table("message_subjects")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete="CASCADE")
