"""Addresses by which members answer by mail, and what came by them.

Revision: 0072
Revises: 0071
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply_addresses",
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_reply_addresses_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reply_addresses"),
    )
    holds = sa.text("revoked_at IS NULL")
    op.create_index(
        "uq_reply_addresses_member_id",
        "reply_addresses",
        ["member_id", "kind", "subject_id"],
        unique=True,
        sqlite_where=holds,
        postgresql_where=holds,
    )
    op.create_index("ix_reply_addresses_created_at", "reply_addresses", ["created_at"])
    op.create_table(
        "received_mails",
        sa.Column("address_id", Id(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["reply_addresses.id"],
            name="fk_received_mails_address_id_reply_addresses",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("address_id", "fingerprint", name="pk_received_mails"),
    )
    op.create_index("ix_received_mails_at", "received_mails", ["at"])
    op.create_table(
        "held_replies",
        sa.Column("id", Id(), nullable=False),
        sa.Column("address_id", Id(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["reply_addresses.id"],
            name="fk_held_replies_address_id_reply_addresses",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_held_replies"),
    )
    op.create_index("ix_held_replies_address_id", "held_replies", ["address_id"])
    op.create_index("ix_held_replies_at", "held_replies", ["at"])


def downgrade() -> None:
    op.drop_table("held_replies")
    op.drop_table("received_mails")
    op.drop_table("reply_addresses")
