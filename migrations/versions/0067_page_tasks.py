"""Whom pages name, and which tasks in them are whose.

Revision: 0067
Revises: 0066
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, member, key, rest in (
        (
            "page_tasks",
            "assignee_id",
            sa.Column("key", sa.String(), nullable=False),
            [
                sa.Column("text", sa.String(), nullable=False),
                sa.Column("is_done", sa.Boolean(), nullable=False),
                sa.Column("by_day", sa.String(), nullable=False),
            ],
        ),
        ("page_mentions", "member_id", None, [sa.Column("times", sa.Integer(), nullable=False)]),
    ):
        op.create_table(
            name,
            sa.Column("document_id", Id(), nullable=False),
            *([] if key is None else [key]),
            sa.Column(member, Id(), nullable=False),
            *rest,
            sa.ForeignKeyConstraint(
                ["document_id"],
                ["written_pages.document_id"],
                name=f"fk_{name}_document_id_written_pages",
                ondelete="CASCADE",
            ),
            sa.ForeignKeyConstraint([member], ["members.id"], name=f"fk_{name}_{member}_members", ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("document_id", member if key is None else "key", name=f"pk_{name}"),
        )
    op.create_index("ix_page_tasks_assignee_id", "page_tasks", ["assignee_id", "by_day", "document_id", "key"])
    op.create_index("ix_page_mentions_member_id", "page_mentions", ["member_id", "document_id"])


def downgrade() -> None:
    op.drop_table("page_mentions")
    op.drop_table("page_tasks")
