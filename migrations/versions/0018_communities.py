"""Circles, communities, and who stands at their door.

Revision: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

LOSES = {
    "entries": "How communities are found.",
}
"""What does not come back after the way down and up again: table, and what of it."""

MEMBER_TABLES = ("charter_acceptances", "join_requests", "community_invitations", "community_bans")


def upgrade() -> None:
    op.create_table(
        "circles",
        sa.Column("id", Id(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("mix", Json, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_circles"),
    )
    _create_memberships()
    _create_communities()
    op.create_table(
        "community_tags",
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        _of_community("community_tags"),
        sa.PrimaryKeyConstraint("community_id", "tag", name="pk_community_tags"),
    )
    op.create_index("ix_community_tags_tag", "community_tags", ["tag", "community_id"])
    _create_door()
    op.create_table(
        "community_links",
        sa.Column("id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        _of_community("community_links"),
        _by_member("community_links", "created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_community_links"),
        sa.UniqueConstraint("token_hash", name="uq_community_links_token_hash"),
    )
    op.create_index("ix_community_links_community_id", "community_links", ["community_id", "id"])


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM entries WHERE kind = 'community'"))
    for table in ("community_links", *reversed(MEMBER_TABLES), "community_tags", "communities", "circle_memberships"):
        op.drop_table(table)
    op.drop_table("circles")


def _create_memberships() -> None:
    op.create_table(
        "circle_memberships",
        sa.Column("circle_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["circle_id"], ["circles.id"], name="fk_circle_memberships_circle_id_circles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_circle_memberships_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("circle_id", "member_id", name="pk_circle_memberships"),
    )
    op.create_index("ix_circle_memberships_member_id", "circle_memberships", ["member_id", "circle_id"])
    op.create_index(
        "ix_circle_memberships_circle_id", "circle_memberships", ["circle_id", "role", "since", "member_id"]
    )
    op.create_index("ix_circle_memberships_until", "circle_memberships", ["until"])


def _create_communities() -> None:
    op.create_table(
        "communities",
        sa.Column("id", Id(), nullable=False),
        sa.Column("circle_id", Id(), nullable=False),
        *[
            sa.Column(name, sa.String(), nullable=False)
            for name in ("name", "sort_name", "summary", "description", "language", "access", "charter")
        ],
        sa.Column("charter_version", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("posting", "commenting", "uploading")],
        sa.Column("pictures", Json, nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("active_at", UtcDateTime(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name="fk_communities_circle_id_circles"),
        _by_member("communities", "created_by"),
        sa.PrimaryKeyConstraint("id", name="pk_communities"),
        sa.UniqueConstraint("circle_id", name="uq_communities_circle_id"),
    )
    for column in ("sort_name", "active_at", "created_at"):
        op.create_index(f"ix_communities_{column}", "communities", [column, "id"])


def _create_door() -> None:
    _create_of_members(
        "charter_acceptances",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_charter_acceptances_member_id", "charter_acceptances", ["member_id"])
    _create_of_members(
        "join_requests",
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("declined_at", UtcDateTime(), nullable=True),
    )
    op.create_index("ix_join_requests_member_id", "join_requests", ["member_id"])
    _create_of_members(
        "community_invitations",
        sa.Column("invited_by", Id(), nullable=True),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _by_member("community_invitations", "invited_by"),
    )
    op.create_index("ix_community_invitations_member_id", "community_invitations", ["member_id", "community_id"])
    _create_of_members(
        "community_bans",
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("banned_by", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        _by_member("community_bans", "banned_by"),
    )
    op.create_index("ix_community_bans_member_id", "community_bans", ["member_id", "community_id"])


def _create_of_members(table: str, *columns: sa.Column[object] | sa.Constraint) -> None:
    op.create_table(
        table,
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        *columns,
        _of_community(table),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=f"fk_{table}_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "member_id", name=f"pk_{table}"),
    )


def _of_community(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id"], ["communities.id"], name=f"fk_{table}_community_id_communities", ondelete="CASCADE"
    )


def _by_member(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["members.id"], name=f"fk_{table}_{column}_members", ondelete="SET NULL")
