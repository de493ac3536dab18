"""Whom posts reach that stand in no community, and who was told of them.

Revision: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

LOSES = {
    "posts": "Those that stood in no community.",
    "post_places": "Theirs.",
    "threads": "Theirs.",
    "comments": "Theirs.",
}
"""What does not come back after the way down and up again: table, and what of it."""


def upgrade() -> None:
    op.create_table(
        "post_reaches",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("thread_id", Id(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("scope IN ('recipients', 'square')", name="ck_post_reaches_scope"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_reaches_post_id_posts", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name="fk_post_reaches_thread_id_threads"),
        sa.PrimaryKeyConstraint("post_id", name="pk_post_reaches"),
    )
    op.create_index("ix_post_reaches_scope", "post_reaches", ["scope", "said_at", "post_id"])
    op.create_index("ix_post_reaches_thread_id", "post_reaches", ["thread_id"])
    op.create_table(
        "post_recipients",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("public", sa.String(), nullable=True),
        sa.Column("mailed_at", UtcDateTime(), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_recipients_post_id_posts", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_post_recipients_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "member_id", name="pk_post_recipients"),
    )
    op.create_index("ix_post_recipients_member_id", "post_recipients", ["member_id", "at", "post_id"])


def downgrade() -> None:
    """What stood in no community goes with what says whom it reached."""
    op.execute("DELETE FROM posts WHERE id IN (SELECT post_id FROM post_reaches)")
    op.drop_table("post_recipients")
    op.drop_table("post_reaches")
