"""People who are put in communities by a rule.

Revision: 0042
Revises: 0041
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "automatic_memberships",
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("rule", Json, nullable=False),
        sa.Column("set_by", Id(), nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("automatic_memberships", "community_id", "communities"),
        _refers("automatic_memberships", "set_by", "members", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("community_id", name="pk_automatic_memberships"),
    )
    op.create_index("ix_automatic_memberships_set_by", "automatic_memberships", ["set_by"])
    op.create_table(
        "automatic_members",
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        _refers("automatic_members", "community_id", "communities"),
        _refers("automatic_members", "member_id", "members"),
        sa.PrimaryKeyConstraint("community_id", "member_id", name="pk_automatic_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_automatic_members_member_id", "automatic_members", ["member_id"])


def downgrade() -> None:
    op.drop_table("automatic_members")
    op.drop_table("automatic_memberships")


def _refers(table: str, column: str, to: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)
