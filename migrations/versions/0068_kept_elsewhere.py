"""What pages hold counts for the spaces that they stand in.

Revision: 0068
Revises: 0067
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

KNOWN = """
    INSERT INTO kept_elsewhere (id, account_id, size)
    SELECT page.document_id, COALESCE(space.community_id, space.member_id), page.size
    FROM written_pages AS page
    JOIN documents AS document ON document.id = page.document_id
    JOIN folders AS folder ON folder.id = document.folder_id
    JOIN folders AS space ON space.id = folder.space_id
"""
USED = """
    UPDATE folders SET used = used {sign} (
        SELECT COALESCE(SUM(kept.size), 0) FROM kept_elsewhere AS kept
        WHERE kept.account_id = COALESCE(folders.community_id, folders.member_id)
    ) WHERE parent_id IS NULL
"""


def upgrade() -> None:
    op.create_table(
        "kept_elsewhere",
        sa.Column("id", Id(), nullable=False),
        sa.Column("account_id", Id(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_elsewhere"),
    )
    op.create_index("ix_kept_elsewhere_account_id", "kept_elsewhere", ["account_id"])
    op.execute(KNOWN)
    op.execute(USED.format(sign="+"))


def downgrade() -> None:
    op.execute(USED.format(sign="-"))
    op.drop_table("kept_elsewhere")
