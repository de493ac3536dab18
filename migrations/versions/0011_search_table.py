"""The search table, and what its entries are found by.

Revision: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.db.base import BigId

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", Id(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("place_id", Id(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_entries_kind_subject_id_part", "entries", ["kind", "subject_id", "part"], unique=True)
    op.create_index("ix_entries_place_id", "entries", ["place_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE entry_tokens ("
            "entry_id bigint PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE, tokens tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_entry_tokens_tokens ON entry_tokens USING gin (tokens)")
        return
    # The tokens are analysed already; this tokenizer only cuts at spaces. Positions are not needed: no phrases.
    op.execute(
        "CREATE VIRTUAL TABLE entry_tokens USING fts5 "
        "(title, body, tokenize = \"ascii tokenchars '_'\", detail = column, columnsize = 0, prefix = '3 4')"
    )
    op.execute(
        "CREATE TRIGGER entries_forgotten AFTER DELETE ON entries "
        "BEGIN DELETE FROM entry_tokens WHERE rowid = old.id; END"
    )


def downgrade() -> None:
    op.execute("DROP TABLE entry_tokens")
    op.drop_table("entries")
