"""Events and who comes.

Revision: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("whole_day", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("going", "maybe", "away", "waiting", "last", "sequence")
        ),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        _refers("gatherings", "post_id", "posts"),
        sa.PrimaryKeyConstraint("post_id", name="pk_gatherings"),
    )
    op.create_index("ix_gatherings_starts_at", "gatherings", ["starts_at", "post_id"])
    op.create_table(
        "attendances",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("remind_before", sa.Integer(), nullable=True),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("attendances", "post_id", "posts"),
        _refers("attendances", "member_id", "members"),
        sa.PrimaryKeyConstraint("post_id", "member_id", name="pk_attendances"),
    )
    op.create_index("ix_attendances_member_id", "attendances", ["member_id", "post_id"])
    op.create_index("ix_attendances_post_id", "attendances", ["post_id", "answer", "waits", "number"])


def downgrade() -> None:
    op.drop_table("attendances")
    op.drop_table("gatherings")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
