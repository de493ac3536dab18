"""Indexes that have all of what is asked of very many posts, places, comments and documents: who may read them.

Revision: 0078
Revises: 0077
"""

from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_posts_rights", "posts", ["id", "author_id", "deleted_at"])
    op.create_index(
        "ix_post_places_rights", "post_places", ["post_id", "community_id", "thread_id", "removed_at", "hidden_at"]
    )
    op.create_index(
        "ix_post_places_thread_rights",
        "post_places",
        ["thread_id", "post_id", "community_id", "removed_at", "hidden_at"],
    )
    op.drop_index("ix_post_places_thread_id", "post_places")
    op.create_index("ix_comments_rights", "comments", ["id", "thread_id", "author_id", "hidden_at", "deleted_at"])
    op.create_index("ix_documents_rights", "documents", ["id", "folder_id", "guard_id", "trashed_at"])


def downgrade() -> None:
    op.drop_index("ix_documents_rights", "documents")
    op.drop_index("ix_comments_rights", "comments")
    op.create_index("ix_post_places_thread_id", "post_places", ["thread_id"])
    op.drop_index("ix_post_places_thread_rights", "post_places")
    op.drop_index("ix_post_places_rights", "post_places")
    op.drop_index("ix_posts_rights", "posts")
