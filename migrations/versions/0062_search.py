"""What global search reads: narrow entries with their texts beside them, words of names, and what was looked for.

Revision: 0062
Revises: 0061
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from parvis.kernel import clock
from parvis.kernel.db import Id, Json, UtcDateTime
from parvis.kernel.db.base import BigId

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

LOSES = {
    "entries": "How comments are found, and when each was changed.",
    "jobs": "All is asked to be written again.",
}
"""What does not come back after the way down and up again: table, and what of it."""

REBUILD = "search.rebuild"
"""The job that writes all entries again: what they are newly found by is not in the rows that there are."""


def upgrade() -> None:
    op.create_table(
        "entry_texts",
        sa.Column("entry_id", BigId, autoincrement=False, nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        _of_entry("entry_texts"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_entry_texts"),
    )
    op.execute(
        "INSERT INTO entry_texts (entry_id, title, body, language, words) "
        "SELECT id, title, body, language, ' | ' FROM entries"
    )
    for column in ("title", "body", "language", "updated_at"):
        op.execute(f"ALTER TABLE entries DROP COLUMN {column}")
    op.add_column("entries", sa.Column("author_id", Id(), nullable=True))
    op.add_column("entries", sa.Column("at", UtcDateTime(), nullable=True))
    op.create_index("ix_entries_author_id", "entries", ["author_id"])
    op.create_table(
        "entry_names",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("entry_id", BigId, autoincrement=False, nullable=False),
        _of_entry("entry_names"),
        sa.PrimaryKeyConstraint("kind", "word", "entry_id", name="pk_entry_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entry_names_entry_id", "entry_names", ["entry_id"])
    op.create_table(
        "name_grams",
        sa.Column("gram", sa.String(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("gram", "word", name="pk_name_grams"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_grams_word", "name_grams", ["word"])
    op.create_table(
        "recent_searches",
        sa.Column("id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("q", sa.String(), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("place_id", Id(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_recent_searches_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recent_searches"),
    )
    op.create_index("uq_recent_searches_member_id_key", "recent_searches", ["member_id", "key"], unique=True)
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM members")):
        _write_again()


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM jobs WHERE name = :name AND ended_at IS NULL").bindparams(name=REBUILD))
    op.drop_table("recent_searches")
    op.drop_table("name_grams")
    op.drop_table("entry_names")
    op.drop_index("ix_entries_author_id", "entries")
    op.execute("ALTER TABLE entries DROP COLUMN author_id")
    op.execute("ALTER TABLE entries DROP COLUMN at")
    for column in ("title", "body", "language"):
        op.add_column("entries", sa.Column(column, sa.String(), nullable=False, server_default=""))
        op.execute(
            f"UPDATE entries SET {column} = (SELECT {column} FROM entry_texts WHERE entry_texts.entry_id = entries.id)"  # noqa: S608
        )
    op.add_column("entries", sa.Column("updated_at", UtcDateTime(), nullable=False, server_default="1970-01-01 00:00"))
    op.execute("DELETE FROM entries WHERE kind = 'comment'")
    op.drop_table("entry_texts")


def _of_entry(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_entry_id_entries"
    return sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=name, ondelete="CASCADE")


def _write_again() -> None:
    jobs = sa.table(
        "jobs",
        sa.column("id", Id()),
        sa.column("name", sa.String()),
        sa.column("payload", Json),
        sa.column("unique_key", sa.String()),
        sa.column("run_at", UtcDateTime()),
        sa.column("attempts", sa.Integer()),
    )
    now = clock.now()
    op.get_bind().execute(
        jobs.insert().values(id=uuid4(), name=REBUILD, payload={}, unique_key="all", run_at=now, attempts=0)
    )
