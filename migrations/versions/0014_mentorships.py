"""Who accompanies whom.

Revision: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('asked', 'accepted')")


def upgrade() -> None:
    op.create_table(
        "mentorships",
        sa.Column("id", Id(), nullable=False),
        sa.Column("mentor_id", Id(), nullable=False),
        sa.Column("mentee_id", Id(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("mentor_id <> mentee_id", name="ck_mentorships_two"),
        *(
            sa.ForeignKeyConstraint(
                [column], ["members.id"], name=f"fk_mentorships_{column}_members", ondelete="CASCADE"
            )
            for column in ("mentor_id", "mentee_id")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mentorships"),
    )
    op.create_index(
        "uq_mentorships_open",
        "mentorships",
        ["mentor_id", "mentee_id"],
        unique=True,
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
    op.create_index("ix_mentorships_mentor_id_state", "mentorships", ["mentor_id", "state", "id"])
    op.create_index("ix_mentorships_mentee_id_state", "mentorships", ["mentee_id", "state", "id"])


def downgrade() -> None:
    op.drop_table("mentorships")
