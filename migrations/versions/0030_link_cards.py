"""Cards of the pages that posts lead to.

Revision: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_cards",
        sa.Column("id", Id(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("url_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("image_id", Id(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["image_id"], ["files.id"], name="fk_link_cards_image_id_files", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_link_cards"),
        sa.UniqueConstraint("url_hash", name="uq_link_cards_url_hash"),
    )
    op.create_index("ix_link_cards_image_id", "link_cards", ["image_id"])
    op.create_table(
        "post_links",
        sa.Column("post_id", Id(), nullable=False),
        sa.Column("card_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_post_links_post_id_posts", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["card_id"], ["link_cards.id"], name="fk_post_links_card_id_link_cards", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "card_id", name="pk_post_links"),
    )
    op.create_index("ix_post_links_card_id", "post_links", ["card_id"])


def downgrade() -> None:
    op.drop_table("post_links")
    op.drop_table("link_cards")
