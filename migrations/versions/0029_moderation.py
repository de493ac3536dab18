"""Reports, cases and what is hidden.

Revision: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

ALLOWED = {
    "subject_kind": ("post", "comment"),
    "decided_as": ("community", "organisation", ""),
    "on_content": ("hide", "keep", "remove", ""),
    "on_author": ("none", "warn", "exclude", ""),
}


def upgrade() -> None:
    for table in ("post_places", "comments"):
        op.add_column(table, sa.Column("hidden_at", UtcDateTime(), nullable=True))
    _create_cases()
    op.create_table(
        "moderation_reports",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("reporter_id", Id(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("moderation_reports", "case_id", "moderation_cases"),
        _refers("moderation_reports", "reporter_id", "members"),
        sa.PrimaryKeyConstraint("case_id", "reporter_id", name="pk_moderation_reports"),
    )
    op.create_index("ix_moderation_reports_reporter_id", "moderation_reports", ["reporter_id", "at", "case_id"])
    op.create_table(
        "moderation_snapshots",
        sa.Column("case_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("moderation_snapshots", "case_id", "moderation_cases"),
        sa.PrimaryKeyConstraint("case_id", "version", name="pk_moderation_snapshots"),
    )


def downgrade() -> None:
    for table in ("moderation_snapshots", "moderation_reports", "moderation_cases"):
        op.drop_table(table)
    for table in ("comments", "post_places"):
        op.drop_column(table, "hidden_at")


def _create_cases() -> None:
    op.create_table(
        "moderation_cases",
        sa.Column("id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", Id(), nullable=True),
        sa.Column("decided_as", sa.String(), nullable=False),
        sa.Column("on_content", sa.String(), nullable=False),
        sa.Column("on_author", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("restored_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(_allows(column, words) for column, words in ALLOWED.items()),
        _refers("moderation_cases", "community_id", "communities"),
        _refers("moderation_cases", "post_id", "posts"),
        _refers("moderation_cases", "author_id", "members"),
        _refers("moderation_cases", "decided_by", "members", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_cases"),
    )
    op.create_index("ix_moderation_cases_community_id", "moderation_cases", ["community_id", "id"])
    op.create_index("ix_moderation_cases_author_id", "moderation_cases", ["author_id", "id"])
    op.create_index("ix_moderation_cases_subject_id", "moderation_cases", ["subject_id"])
    op.create_index(
        "uq_moderation_cases_open",
        "moderation_cases",
        ["community_id", "subject_id"],
        unique=True,
        postgresql_where=sa.text("decided_at IS NULL"),
        sqlite_where=sa.text("decided_at IS NULL"),
    )


def _allows(column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_moderation_cases_{column}"))


def _refers(table: str, column: str, to: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)
