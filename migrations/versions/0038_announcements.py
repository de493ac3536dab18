"""Announcements, and those that are being written.

Revision: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

LOSES = {
    "posts": "Announcements become messages.",
}
"""What does not come back after the way down and up again: table, and what of it."""


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("told_to", sa.String(), nullable=False),
        sa.Column("rule", Json, nullable=True),
        sa.Column("excluded", Json, nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("essential", sa.Boolean(), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("written_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("acknowledged", sa.Integer(), nullable=False),
        sa.Column("mix", Json, nullable=False),
        sa.CheckConstraint("told_to IN ('audience', 'communities', 'square')", name="ck_announcements_told_to"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_announcements_post_id_posts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("post_id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_sent_at", "announcements", ["sent_at", "post_id"])
    op.create_index("ix_post_recipients_at", "post_recipients", ["at", "member_id"])
    op.create_index("ix_post_recipients_reminded_at", "post_recipients", ["reminded_at", "member_id"])
    op.create_table(
        "announcement_drafts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.Column("draft", Json, nullable=False),
        sa.Column("send_at", UtcDateTime(), nullable=True),
        sa.Column("refused_at", UtcDateTime(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name="fk_announcement_drafts_author_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcement_drafts"),
    )
    op.create_index("ix_announcement_drafts_author_id", "announcement_drafts", ["author_id", "id"])


def downgrade() -> None:
    """What announced says the same as a message."""
    op.execute("UPDATE posts SET kind = 'message' WHERE kind = 'announcement'")
    op.drop_table("announcement_drafts")
    op.drop_index("ix_post_recipients_reminded_at", "post_recipients")
    op.drop_index("ix_post_recipients_at", "post_recipients")
    op.drop_table("announcements")
