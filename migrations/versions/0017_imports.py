"""Imports of people, and what the institution last said of each.

Revision: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_imports()
    op.create_table(
        "import_lines",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=False),
        *[
            sa.Column(name, sa.String(), nullable=True)
            for name in ("name", "email", "personal_email", "language", "kind", "unit", "programme")
        ],
        sa.Column("cohort", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name="fk_import_lines_import_id_imports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name="pk_import_lines"),
    )
    op.create_index("ix_import_lines_import_id_identifier", "import_lines", ["import_id", "identifier", "line"])
    op.create_index("ix_import_lines_import_id_email", "import_lines", ["import_id", "email"])
    op.create_table(
        "import_places",
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name="fk_import_places_import_id_imports"),
        sa.PrimaryKeyConstraint("import_id", "line", name="pk_import_places"),
    )
    _create_findings()
    op.create_table(
        "institution_records",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("personal_email", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_institution_records_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_institution_records"),
    )


def downgrade() -> None:
    for table in ("institution_records", "import_findings", "import_places", "import_lines", "imports"):
        op.drop_table(table)


def _create_imports() -> None:
    referring = (("file_id", "files"), ("units_file_id", "files"), ("created_by", "members"), ("applied_by", "members"))
    op.create_table(
        "imports",
        sa.Column("id", Id(), nullable=False),
        sa.Column("is_under_way", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_id", Id(), nullable=True),
        sa.Column("units_file_id", Id(), nullable=True),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("most_closed_percent", sa.Integer(), nullable=False),
        sa.Column("send_activations", sa.Boolean(), nullable=False),
        sa.Column("columns", Json, nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("progress", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("cursor", sa.String(), nullable=True),
        sa.Column("counts", Json, nullable=False),
        sa.Column("applied", Json, nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("today", sa.Date(), nullable=False),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("applied_by", Id(), nullable=True),
        sa.Column("is_administrators", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("beaten_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        *[
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_imports_{column}_{table}", ondelete="SET NULL")
            for column, table in referring
        ],
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
    )
    op.create_index("ix_imports_created_at_id", "imports", ["created_at", "id"])
    op.create_index(
        "uq_imports_is_under_way",
        "imports",
        ["is_under_way"],
        unique=True,
        postgresql_where=sa.text("is_under_way"),
        sqlite_where=sa.text("is_under_way"),
    )


def _create_findings() -> None:
    op.create_table(
        "import_findings",
        sa.Column("id", Id(), nullable=False),
        sa.Column("import_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("identifier", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("detail", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name="fk_import_findings_import_id_imports", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name="fk_import_findings_member_id_members", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_import_findings"),
    )
    op.create_index("ix_import_findings_import_id_kind", "import_findings", ["import_id", "kind", "line", "id"])
    op.create_index("ix_import_findings_member_id", "import_findings", ["member_id"])
