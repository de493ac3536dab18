"""Addresses from which mail came back.

Revision: 0073
Revises: 0072
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_bounces",
        sa.Column("address_id", Id(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("last_report", sa.LargeBinary(length=32), nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["addresses.id"], name="fk_address_bounces_address_id_addresses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address_id", name="pk_address_bounces"),
    )


def downgrade() -> None:
    op.drop_table("address_bounces")
