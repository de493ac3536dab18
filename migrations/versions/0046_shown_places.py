"""Cities and skills that are shown to the whole organisation: audiences are counted by them too.

Revision: 0046
Revises: 0045
"""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

LOSES = {
    "directory_held": "What was kept of shown places.",
}
"""What does not come back after the way down and up again: table, and what of it."""

LINES = 1_000_000
"""Above those of affiliations."""
FILL = sa.text("""
    INSERT INTO directory_held (person_number, line, place, kind, starts_on, ends_on, publics)
    SELECT people.number, :line, :place, '', '0001-01-01', NULL, people.standing & 30
    FROM directory_facets held JOIN directory_people people ON people.number = held.person_number
    WHERE held.value_id = :value AND (held.seen_by & 1) <> 0
""").bindparams(sa.bindparam("place", type_=Id()))


def upgrade() -> None:
    bind = op.get_bind()
    values = bind.execute(sa.text("SELECT id, facet, key FROM directory_values WHERE facet IN ('city', 'skill')")).all()
    rows = [
        {"value": id_, "line": LINES + id_, "place": uuid5(UUID(int=0), f"{facet} {key}")} for id_, facet, key in values
    ]
    if rows:
        bind.execute(FILL, rows)


def downgrade() -> None:
    op.execute("DELETE FROM directory_held WHERE kind = ''")
