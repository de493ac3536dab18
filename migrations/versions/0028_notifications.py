"""What members are told, and how far they have read.

Revision: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

UNREAD = sa.text("last > read")


def upgrade() -> None:
    op.create_table(
        "inboxes",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("all_read", sa.Integer(), nullable=False),
        _refers("inboxes", "member_id", "members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_inboxes"),
    )
    op.create_table(
        "notifications",
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about_id", Id(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("notifications", "member_id", "members"),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
    )
    op.create_index("uq_notifications_about", "notifications", ["member_id", "kind", "about_id"], unique=True)
    op.create_index("ix_notifications_last", "notifications", ["member_id", "last", "id"])
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["member_id", "last"],
        postgresql_where=UNREAD,
        sqlite_where=UNREAD,
    )
    op.create_index("ix_notifications_at", "notifications", ["at"])
    _create_acts()


def downgrade() -> None:
    for table in ("notification_acts", "notifications", "inboxes"):
        op.drop_table(table)


def _create_acts() -> None:
    op.create_table(
        "notification_acts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("notification_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor_id", Id(), nullable=True),
        sa.Column("said_id", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("notification_acts", "notification_id", "notifications"),
        _refers("notification_acts", "actor_id", "members"),
        sa.PrimaryKeyConstraint("id", name="pk_notification_acts"),
    )
    op.create_index("ix_notification_acts_notification_id", "notification_acts", ["notification_id", "number"])
    op.create_index("ix_notification_acts_actor_id", "notification_acts", ["actor_id"])
    op.create_index("ix_notification_acts_at", "notification_acts", ["at"])


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
