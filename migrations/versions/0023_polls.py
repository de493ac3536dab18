"""Polls and ideas.

Revision: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "polls",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("multiple", sa.Boolean(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("results", sa.String(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("voters", sa.Integer(), nullable=False),
        _refers("polls", "post_id", "posts"),
        sa.PrimaryKeyConstraint("post_id", name="pk_polls"),
    )
    op.create_table(
        "poll_options",
        sa.Column("id", Id(), nullable=False),
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        _refers("poll_options", "post_id", "posts"),
        sa.PrimaryKeyConstraint("id", name="pk_poll_options"),
    )
    op.create_index("ix_poll_options_post_id", "poll_options", ["post_id", "position"])
    op.create_table(
        "poll_votes",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("option_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("poll_votes", "post_id", "posts"),
        _refers("poll_votes", "member_id", "members"),
        _refers("poll_votes", "option_id", "poll_options"),
        sa.PrimaryKeyConstraint("post_id", "member_id", "option_id", name="pk_poll_votes"),
    )
    op.create_index("ix_poll_votes_member_id", "poll_votes", ["member_id", "post_id"])
    op.create_index("ix_poll_votes_option_id", "poll_votes", ["option_id", "member_id"])
    _create_ideas()


def downgrade() -> None:
    for table in ("idea_supports", "ideas", "poll_votes", "poll_options", "polls"):
        op.drop_table(table)


def _create_ideas() -> None:
    op.create_table(
        "ideas",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("supports", sa.Integer(), nullable=False),
        _refers("ideas", "post_id", "posts"),
        sa.PrimaryKeyConstraint("post_id", name="pk_ideas"),
    )
    op.create_table(
        "idea_supports",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("idea_supports", "post_id", "posts"),
        _refers("idea_supports", "member_id", "members"),
        sa.PrimaryKeyConstraint("post_id", "member_id", name="pk_idea_supports"),
    )
    op.create_index("ix_idea_supports_member_id", "idea_supports", ["member_id"])


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
