"""What is shown to one's publics is shown to the people of one's communities too; and a level for these alone.

Revision: 0026
Revises: 0025
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

LOSES = {
    "directory_counts": "Counted anew.",
    "directory_entries": "Whom the level of communities shows to contacts alone.",
    "directory_facets": "The same.",
    "directory_people": "The same.",
    "directory_shown": "Made anew.",
    "entries": "How people are found by those of their communities.",
    "profile_fields": "The level of communities becomes that of contacts.",
}
"""What does not come back after the way down and up again: table, and what of it."""

# Bit 32 of `seen_by`: the people of one's communities. Whoever has no public shows to them alone what his publics were
# to see, which nothing but his fields tells from what contacts see.
MARK = """
    UPDATE directory_facets SET seen_by = seen_by + 32
    WHERE seen_by > 1 OR (seen_by = 0 AND EXISTS (
        SELECT 1 FROM directory_people
        JOIN profile_fields ON profile_fields.member_id = directory_people.member_id
        JOIN directory_values ON directory_values.id = directory_facets.value_id
        WHERE directory_people.number = directory_facets.person_number
        AND profile_fields.level = 'publics'
        AND profile_fields.field = CASE directory_values.facet
            WHEN 'city' THEN 'place' WHEN 'skill' THEN 'skills' WHEN 'mentoring' THEN 'mentoring'
            ELSE 'affiliations' END
    ))
"""
MARK_ENTRIES = """
    UPDATE directory_entries SET seen_by = seen_by + 32
    WHERE EXISTS (SELECT 1 FROM entries WHERE entries.id = directory_entries.entry_id AND entries.part = 'publics')
"""
# The level in a standing: « communities » is the third, before contacts and oneself.
MAKE_ROOM = "UPDATE directory_people SET standing = standing + 32 WHERE standing >= 64"

# Back: what was shown to communities alone is shown to contacts.
UNMARK = "UPDATE directory_facets SET seen_by = seen_by & 30 WHERE seen_by > 1"
UNMARK_ENTRIES = "UPDATE directory_entries SET seen_by = seen_by & 30 WHERE seen_by > 1"
FORGET_ENTRIES = "DELETE FROM entries WHERE kind = 'person' AND part = 'communities'"
TAKE_ROOM = "UPDATE directory_people SET standing = standing - 32 WHERE standing >= 64"
NARROW = "UPDATE profile_fields SET level = 'contacts' WHERE level = 'communities'"

COUNT = """
    INSERT INTO directory_counts (value_id, standing, seen_by, people)
    SELECT value_id, standing, seen_by, count(*)
    FROM directory_facets JOIN directory_people ON directory_people.number = directory_facets.person_number
    GROUP BY value_id, standing, seen_by
"""
SHOW = {
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


def upgrade() -> None:
    op.execute(MARK)
    op.execute(MARK_ENTRIES)
    op.execute(MAKE_ROOM)
    _make_anew()


def downgrade() -> None:
    op.execute(UNMARK)
    op.execute(UNMARK_ENTRIES)
    op.execute(FORGET_ENTRIES)
    op.execute(TAKE_ROOM)
    op.execute(NARROW)
    _make_anew()


def _make_anew() -> None:
    """What is made of marks."""
    op.execute("DELETE FROM directory_counts")
    op.execute(COUNT)
    op.execute("DELETE FROM directory_shown")
    op.execute(SHOW[op.get_bind().dialect.name])
