"""What members choose to be told of, by which way, how often.

Revision: 0069
Revises: 0068
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

KINDS = (
    ("contact_requests", "contacts"),
    ("mentoring", "mentoring"),
    ("community_invitations", "communities"),
    ("announcements", "announcements"),
)
CHOSEN = """
    INSERT INTO told_choices (member_id, kind, channel, rhythm)
    SELECT member_id, '{kind}', 'mail', 'never' FROM unwanted_mails WHERE kind = '{before}'
"""
UNWANTED = """
    INSERT INTO unwanted_mails (member_id, kind)
    SELECT member_id, '{before}' FROM told_choices WHERE kind = '{kind}' AND channel = 'mail' AND rhythm = 'never'
"""


def upgrade() -> None:
    op.create_table(
        "told_choices",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("rhythm", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_told_choices_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "kind", "channel", name="pk_told_choices"),
    )
    op.create_table(
        "told_pauses",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_told_pauses_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_told_pauses"),
    )
    op.create_table(
        "community_levels",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_community_levels_member_id_members", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name="fk_community_levels_community_id_communities",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "community_id", name="pk_community_levels"),
    )
    op.create_index("ix_community_levels_community_id", "community_levels", ["community_id", "member_id"])
    op.add_column("notification_acts", sa.Column("here", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("notification_acts", sa.Column("mailed_at", UtcDateTime(), nullable=True))
    for before, kind in KINDS:
        op.execute(CHOSEN.format(before=before, kind=kind))
    op.drop_table("unwanted_mails")


def downgrade() -> None:
    op.create_table(
        "unwanted_mails",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_unwanted_mails_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "kind", name="pk_unwanted_mails"),
    )
    for before, kind in KINDS:
        op.execute(UNWANTED.format(before=before, kind=kind))
    op.drop_column("notification_acts", "mailed_at")
    op.drop_column("notification_acts", "here")
    op.drop_index("ix_community_levels_community_id", table_name="community_levels")
    op.drop_table("community_levels")
    op.drop_table("told_pauses")
    op.drop_table("told_choices")
