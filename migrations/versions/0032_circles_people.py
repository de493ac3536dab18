"""Communities are listed by how many are in them.

Revision: 0032
Revises: 0031
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_circles_people", "circles", ["people", "id"])


def downgrade() -> None:
    op.drop_index("ix_circles_people", "circles")
