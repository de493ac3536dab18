"""Guests, invited to one community for a time.

Revision: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

LOSES = {
    "invitations": "Those of guests.",
}
"""What does not come back after the way down and up again: table, and what of it."""


def upgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.alter_column("affiliation", existing_type=sa.String(), nullable=True)
        table.add_column(sa.Column("place", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("invitations") as table:
        table.alter_column("place", existing_type=sa.String(), server_default=None)
    with op.batch_alter_table("organisation") as table:
        table.add_column(sa.Column("guests", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("organisation") as table:
        table.alter_column("guests", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("community_invitations") as table:
        table.add_column(sa.Column("until", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("by_address", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("community_invitations") as table:
        table.alter_column("by_address", existing_type=sa.Boolean(), server_default=None)
    _create_guest_invitations()


def downgrade() -> None:
    op.drop_table("guest_invitations")
    with op.batch_alter_table("community_invitations") as table:
        table.drop_column("by_address")
        table.drop_column("until")
    with op.batch_alter_table("organisation") as table:
        table.drop_column("guests")
    op.execute(sa.text("DELETE FROM invitations WHERE affiliation IS NULL"))
    with op.batch_alter_table("invitations") as table:
        table.drop_column("place")
        table.alter_column("affiliation", existing_type=sa.String(), nullable=False)


def _create_guest_invitations() -> None:
    referring = (
        ("community_id", "communities", "CASCADE"),
        ("invitation_id", "invitations", "CASCADE"),
        ("member_id", "members", "CASCADE"),
        ("invited_by", "members", "SET NULL"),
    )
    op.create_table(
        "guest_invitations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("invitation_id", Id(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("invited_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        *[
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=f"fk_guest_invitations_{column}_{table}", ondelete=then
            )
            for column, table, then in referring
        ],
        sa.PrimaryKeyConstraint("id", name="pk_guest_invitations"),
    )
    op.create_index(
        "uq_guest_invitations_community_id_email", "guest_invitations", ["community_id", "email"], unique=True
    )
    op.create_index("ix_guest_invitations_invitation_id", "guest_invitations", ["invitation_id"])
    op.create_index("ix_guest_invitations_member_id", "guest_invitations", ["member_id"])
