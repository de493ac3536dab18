"""What was answered to requests with an Idempotency-Key.

Revision: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotent_answers",
        sa.Column("actor_id", Id(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor_id", "key_hash", name="pk_idempotent_answers"),
    )
    op.create_index("ix_idempotent_answers_at", "idempotent_answers", ["at"])


def downgrade() -> None:
    op.drop_table("idempotent_answers")
