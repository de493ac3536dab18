"""Until when a post stands with what is new, and what kind it is, beside each of its places.

Revision: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

IS_IDEA = sa.text("kind = 'idea'")
INDEXES = {
    "ix_post_places_fresh_until": ("fresh_until", None),
    "ix_post_places_ideas": ("said_at", IS_IDEA),
    "ix_post_places_fresh_ideas": ("fresh_until", IS_IDEA),
}


def upgrade() -> None:
    with op.batch_alter_table("post_places") as table:
        table.add_column(sa.Column("kind", sa.String(), nullable=True))
        table.add_column(sa.Column("fresh_until", UtcDateTime(), nullable=True))
    op.execute(
        sa.text(
            "UPDATE post_places SET fresh_until = said_at, "
            "kind = (SELECT posts.kind FROM posts WHERE posts.id = post_places.post_id)"
        )
    )
    with op.batch_alter_table("post_places") as table:
        table.alter_column("kind", existing_type=sa.String(), nullable=False)
        table.alter_column("fresh_until", existing_type=UtcDateTime(), nullable=False)
    for name, (column, only) in INDEXES.items():
        columns = ["community_id", column, "post_id"]
        op.create_index(name, "post_places", columns, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "post_places")
    with op.batch_alter_table("post_places") as table:
        table.drop_column("fresh_until")
        table.drop_column("kind")
