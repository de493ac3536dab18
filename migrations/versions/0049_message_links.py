"""Cards of the pages that messages lead to.

Revision: 0049
Revises: 0048
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_links",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("card_id", Id(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _refers("card_id", "link_cards"),
        _refers("message_id", "messages"),
        sa.PrimaryKeyConstraint("message_id", "card_id", name="pk_message_links"),
    )
    op.create_index("ix_message_links_card_id", "message_links", ["card_id"])
    op.add_column("messages", sa.Column("links", sa.Integer(), nullable=True, server_default="0"))


def downgrade() -> None:
    op.drop_column("messages", "links")
    op.drop_table("message_links")


def _refers(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_message_links_{column}_{to}", ondelete="CASCADE")
