"""Files of documents count with the space that they stand in, which is one row, and no longer each for somebody.

Revision: 0076
Revises: 0075
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

STOPS_SERVICE = "The version before would count what is put in a space twice, and its files as nobody's."

KINDS = "('document_version', 'page_picture')"
IN_A_PLACE = {"sqlite": "x'00000000000000000000000000000001'", "postgresql": "'00000000-0000-0000-0000-000000000001'"}
WHOSE = """
    SELECT COALESCE(space.community_id, space.member_id)
    FROM documents AS document
    JOIN folders AS folder ON folder.id = document.folder_id
    JOIN folders AS space ON space.id = folder.space_id
    WHERE document.id =
"""
HELD = sa.text("locked_until IS NOT NULL")


def upgrade() -> None:
    counted = IN_A_PLACE[op.get_bind().dialect.name]
    op.execute(f"UPDATE files SET account_id = {counted} WHERE claimed_kind IN {KINDS}")  # noqa: S608
    op.drop_index("ix_kept_elsewhere_account_id", "kept_elsewhere")
    op.drop_column("kept_elsewhere", "account_id")
    op.create_index("ix_documents_folder_id", "documents", ["folder_id", "kind", "id"])
    op.create_index(
        "ix_documents_locked_until",
        "documents",
        ["folder_id", "locked_until"],
        sqlite_where=HELD,
        postgresql_where=HELD,
    )


def downgrade() -> None:
    op.drop_index("ix_documents_locked_until", "documents")
    op.drop_index("ix_documents_folder_id", "documents")
    op.add_column("kept_elsewhere", sa.Column("account_id", Id(), nullable=True))
    op.execute(f"UPDATE kept_elsewhere SET account_id = ({WHOSE} kept_elsewhere.id)")  # noqa: S608
    with op.batch_alter_table("kept_elsewhere") as batch:
        batch.alter_column("account_id", nullable=False)
    op.create_index("ix_kept_elsewhere_account_id", "kept_elsewhere", ["account_id"])
    op.execute(f"UPDATE files SET account_id = ({WHOSE} files.claimed_id) WHERE claimed_kind IN {KINDS}")  # noqa: S608
