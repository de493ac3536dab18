"""Posts, their places and versions; threads, comments, reactions and bookmarks.

Revision: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "threads",
        sa.Column("id", Id(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("reactions", Json, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("mix", Json, nullable=False),
        sa.Column("accepted_id", Id(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_threads"),
    )
    op.create_index("ix_threads_subject_id", "threads", ["subject_id"])
    _create_participants()
    _create_comments()
    _create_reactions()
    _create_posts()


def downgrade() -> None:
    tables = ("post_versions", "post_places", "posts", "bookmarks", "reactions", "comments", "thread_participants")
    for table in (*tables, "threads"):
        op.drop_table(table)


def _create_participants() -> None:
    op.create_table(
        "thread_participants",
        sa.Column("thread_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("public", sa.String(), nullable=True),
        sa.Column("began", sa.Boolean(), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("reactions", sa.Integer(), nullable=False),
        _refers("thread_participants", "thread_id", "threads", "CASCADE"),
        _refers("thread_participants", "member_id", "members", "CASCADE"),
        sa.PrimaryKeyConstraint("thread_id", "member_id", name="pk_thread_participants"),
    )
    op.create_index("ix_thread_participants_member_id", "thread_participants", ["member_id"])


def _create_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", Id(), nullable=False),
        sa.Column("thread_id", Id(), nullable=False),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("author_id", Id(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("reactions", Json, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("comments", "thread_id", "threads", "CASCADE"),
        _refers("comments", "parent_id", "comments", "CASCADE"),
        _refers("comments", "author_id", "members", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_thread_id", "comments", ["thread_id", "parent_id", "id"])
    op.create_index("ix_comments_parent_id", "comments", ["parent_id", "id"])
    op.create_index("ix_comments_author_id", "comments", ["author_id"])


def _create_reactions() -> None:
    op.create_table(
        "reactions",
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("thread_id", Id(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("reactions", "member_id", "members", "CASCADE"),
        _refers("reactions", "thread_id", "threads", "CASCADE"),
        sa.PrimaryKeyConstraint("subject_id", "member_id", "kind", name="pk_reactions"),
    )
    op.create_index("ix_reactions_member_id", "reactions", ["member_id", "subject_id"])
    op.create_index("ix_reactions_thread_id", "reactions", ["thread_id"])
    op.create_table(
        "bookmarks",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("bookmarks", "member_id", "members", "CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "subject_id", name="pk_bookmarks"),
    )
    op.create_index("ix_bookmarks_member_id", "bookmarks", ["member_id", "at", "subject_id"])


def _create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", Id(), nullable=False),
        sa.Column("author_id", Id(), nullable=True),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("kind", "title", "body", "language")],
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("posts", "author_id", "members", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )
    op.create_index("ix_posts_author_id", "posts", ["author_id", "id"])
    op.create_table(
        "post_places",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=False),
        sa.Column("thread_id", Id(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("pinned_at", UtcDateTime(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        _refers("post_places", "post_id", "posts", "CASCADE"),
        _refers("post_places", "community_id", "communities", "CASCADE"),
        _refers("post_places", "thread_id", "threads", None),
        sa.PrimaryKeyConstraint("post_id", "community_id", name="pk_post_places"),
    )
    op.create_index("ix_post_places_community_id", "post_places", ["community_id", "said_at", "post_id"])
    op.create_index("ix_post_places_thread_id", "post_places", ["thread_id"])
    op.create_table(
        "post_versions",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *[sa.Column(name, sa.String(), nullable=False) for name in ("title", "body", "language")],
        sa.Column("until", UtcDateTime(), nullable=False),
        _refers("post_versions", "post_id", "posts", "CASCADE"),
        sa.PrimaryKeyConstraint("post_id", "version", name="pk_post_versions"),
    )


def _refers(table: str, column: str, other: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
