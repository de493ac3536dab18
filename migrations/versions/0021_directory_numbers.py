"""What the directory reads among many people: numbers of entries, and what each shows as one text.

Revision: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db.base import BigId

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FILL_SHOWN = {
    "sqlite": """
        INSERT INTO directory_shown (person_number, seen_by, value_ids)
        SELECT person_number, seen_by, group_concat(value_id, ' ')
        FROM directory_facets GROUP BY person_number, seen_by
    """,
    "postgresql": """
        INSERT INTO directory_shown (person_number, seen_by, value_ids)
        SELECT person_number, seen_by, string_agg(value_id::text, ' ')
        FROM directory_facets GROUP BY person_number, seen_by
    """,
}
# The publics in a standing (bits 1 to 4) stand so in `seen_by` too.
FILL_ENTRIES = """
    INSERT INTO directory_entries (entry_id, person_number, seen_by)
    SELECT entries.id, directory_people.number,
        CASE entries.part WHEN 'organisation' THEN 1 WHEN 'contacts' THEN 0 ELSE directory_people.standing & 30 END
    FROM entries JOIN directory_people ON directory_people.member_id = entries.subject_id
    WHERE entries.kind = 'person'
"""


def upgrade() -> None:
    op.create_table(
        "directory_shown",
        sa.Column("person_number", BigId, autoincrement=False, nullable=False),
        sa.Column("seen_by", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value_ids", sa.String(), nullable=False),
        _of_person("directory_shown"),
        sa.PrimaryKeyConstraint("person_number", "seen_by", name="pk_directory_shown"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "directory_entries",
        sa.Column("entry_id", BigId, autoincrement=False, nullable=False),
        sa.Column("person_number", BigId, nullable=False),
        sa.Column("seen_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_directory_entries_entry_id_entries", ondelete="CASCADE"
        ),
        _of_person("directory_entries"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_directory_entries"),
    )
    _fill()
    op.create_index("ix_directory_entries_person_number", "directory_entries", ["person_number", "seen_by", "entry_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_entry_tokens_title ON entry_tokens USING gin (ts_filter(tokens, '{a}'))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX ix_entry_tokens_title")
    op.drop_table("directory_entries")
    op.drop_table("directory_shown")


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_person_number_directory_people"
    return sa.ForeignKeyConstraint(["person_number"], ["directory_people.number"], name=name, ondelete="CASCADE")


def _fill() -> None:
    op.execute(FILL_SHOWN[op.get_bind().dialect.name])
    op.execute(FILL_ENTRIES)
