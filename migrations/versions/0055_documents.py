"""Spaces, folders and documents, their versions and their rights.

Revision: 0055
Revises: 0054
"""

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, UtcDateTime

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guards",
        sa.Column("id", Id(), nullable=False),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("space_id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=True),
        sa.Column("circle_id", Id(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("inherits", sa.Boolean(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name="fk_guards_circle_id_circles", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_guards_community_id_communities", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_guards_member_id_members", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["guards.id"], name="fk_guards_parent_id_guards"),
        sa.PrimaryKeyConstraint("id", name="pk_guards"),
    )
    op.create_index("ix_guards_circle_id", "guards", ["circle_id"])
    op.create_index("ix_guards_community_id", "guards", ["community_id"])
    op.create_index("ix_guards_member_id", "guards", ["member_id"])
    op.create_index("ix_guards_parent_id", "guards", ["parent_id"])
    op.create_index("ix_guards_space_id", "guards", ["space_id"])

    op.create_table(
        "folders",
        sa.Column("id", Id(), nullable=False),
        sa.Column("parent_id", Id(), nullable=True),
        sa.Column("space_id", Id(), nullable=False),
        sa.Column("community_id", Id(), nullable=True),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("guard_id", Id(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("gone_id", Id(), nullable=True),
        sa.Column("trashed_at", UtcDateTime(), nullable=True),
        sa.Column("trashed_by", Id(), nullable=True),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_folders_community_id_communities", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.id"], name="fk_folders_created_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["guard_id"], ["guards.id"], name="fk_folders_guard_id_guards"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_folders_member_id_members", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["folders.id"], name="fk_folders_parent_id_folders"),
        sa.ForeignKeyConstraint(
            ["trashed_by"], ["members.id"], name="fk_folders_trashed_by_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_folders"),
    )
    for column in ("community_id", "member_id"):
        op.create_index(
            f"uq_folders_{column}",
            "folders",
            [column],
            unique=True,
            sqlite_where=sa.text("parent_id IS NULL"),
            postgresql_where=sa.text("parent_id IS NULL"),
        )
    op.create_index("ix_folders_created_by", "folders", ["created_by"])
    op.create_index("ix_folders_gone_id", "folders", ["gone_id"])
    op.create_index("ix_folders_guard_id", "folders", ["guard_id"])
    op.create_index("ix_folders_parent_id", "folders", ["parent_id", "sort_key", "id"])
    op.create_index("ix_folders_space_id", "folders", ["space_id"])
    op.create_index(
        "ix_folders_trashed_at",
        "folders",
        ["trashed_at", "id"],
        sqlite_where=sa.text("trashed_at IS NOT NULL"),
        postgresql_where=sa.text("trashed_at IS NOT NULL"),
    )
    op.create_index("ix_folders_trashed_by", "folders", ["trashed_by"])
    op.create_index(
        "uq_folders_parent_id_sort_key",
        "folders",
        ["parent_id", "sort_key"],
        unique=True,
        sqlite_where=sa.text("gone_id IS NULL"),
        postgresql_where=sa.text("gone_id IS NULL"),
    )

    op.create_table(
        "grants",
        sa.Column("id", Id(), nullable=False),
        sa.Column("guard_id", Id(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("member_id", Id(), nullable=True),
        sa.Column("circle_id", Id(), nullable=True),
        sa.Column("community_id", Id(), nullable=True),
        sa.Column("audience_id", Id(), nullable=True),
        sa.Column("granted_by", Id(), nullable=True),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name="ck_grants_level"),
        sa.ForeignKeyConstraint(
            ["audience_id"], ["audiences.id"], name="fk_grants_audience_id_audiences", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name="fk_grants_circle_id_circles", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name="fk_grants_community_id_communities", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["members.id"], name="fk_grants_granted_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["guard_id"], ["guards.id"], name="fk_grants_guard_id_guards", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_grants_member_id_members", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    op.create_index("ix_grants_audience_id", "grants", ["audience_id", "guard_id"])
    op.create_index("ix_grants_circle_id", "grants", ["circle_id", "guard_id"])
    op.create_index("ix_grants_community_id", "grants", ["community_id"])
    op.create_index("ix_grants_granted_by", "grants", ["granted_by", "guard_id"])
    op.create_index("ix_grants_member_id", "grants", ["member_id", "guard_id"])
    op.create_index(
        "uq_grants_guard_id_audience_id",
        "grants",
        ["guard_id", "audience_id"],
        unique=True,
        sqlite_where=sa.text("member_id IS NULL"),
        postgresql_where=sa.text("member_id IS NULL"),
    )
    op.create_index(
        "uq_grants_guard_id_circle_id",
        "grants",
        ["guard_id", "circle_id"],
        unique=True,
        sqlite_where=sa.text("member_id IS NULL"),
        postgresql_where=sa.text("member_id IS NULL"),
    )
    op.create_index("uq_grants_guard_id_member_id", "grants", ["guard_id", "member_id"], unique=True)

    op.create_table(
        "guard_sources",
        sa.Column("guard_id", Id(), nullable=False),
        sa.Column("source_id", Id(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guard_id"], ["guards.id"], name="fk_guard_sources_guard_id_guards", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["guards.id"], name="fk_guard_sources_source_id_guards", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guard_id", "source_id", name="pk_guard_sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_guard_sources_source_id", "guard_sources", ["source_id", "guard_id"])

    op.create_table(
        "documents",
        sa.Column("id", Id(), nullable=False),
        sa.Column("folder_id", Id(), nullable=False),
        sa.Column("guard_id", Id(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("trashed_at", UtcDateTime(), nullable=True),
        sa.Column("trashed_by", Id(), nullable=True),
        sa.Column("locked_by", Id(), nullable=True),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by", Id(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('file', 'page')", name="ck_documents_kind"),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["members.id"], name="fk_documents_changed_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.id"], name="fk_documents_created_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["folder_id"], ["folders.id"], name="fk_documents_folder_id_folders"),
        sa.ForeignKeyConstraint(["guard_id"], ["guards.id"], name="fk_documents_guard_id_guards"),
        sa.ForeignKeyConstraint(
            ["locked_by"], ["members.id"], name="fk_documents_locked_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["trashed_by"], ["members.id"], name="fk_documents_trashed_by_members", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )
    op.create_index(
        "ix_documents_changed_at",
        "documents",
        ["folder_id", "changed_at", "id"],
        sqlite_where=sa.text("trashed_at IS NULL"),
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index("ix_documents_changed_by", "documents", ["changed_by", "changed_at", "id"])
    op.create_index(
        "ix_documents_recent",
        "documents",
        ["changed_at", "id"],
        sqlite_where=sa.text("trashed_at IS NULL"),
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index("ix_documents_created_by", "documents", ["created_by"])
    op.create_index("ix_documents_guard_id", "documents", ["guard_id"])
    op.create_index("ix_documents_locked_by", "documents", ["locked_by"])
    op.create_index(
        "ix_documents_size",
        "documents",
        ["folder_id", "size", "id"],
        sqlite_where=sa.text("trashed_at IS NULL"),
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "ix_documents_sort_key",
        "documents",
        ["folder_id", "sort_key", "id"],
        sqlite_where=sa.text("trashed_at IS NULL"),
        postgresql_where=sa.text("trashed_at IS NULL"),
    )
    op.create_index(
        "ix_documents_trashed_at",
        "documents",
        ["trashed_at", "id"],
        sqlite_where=sa.text("trashed_at IS NOT NULL"),
        postgresql_where=sa.text("trashed_at IS NOT NULL"),
    )
    op.create_index("ix_documents_trashed_by", "documents", ["trashed_by"])
    op.create_index(
        "uq_documents_folder_id_sort_key",
        "documents",
        ["folder_id", "sort_key"],
        unique=True,
        sqlite_where=sa.text("trashed_at IS NULL"),
        postgresql_where=sa.text("trashed_at IS NULL"),
    )

    op.create_table(
        "document_versions",
        sa.Column("document_id", Id(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("is_frozen", sa.Boolean(), nullable=False),
        sa.Column("restored_from", sa.Integer(), nullable=True),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.id"], name="fk_document_versions_created_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_document_versions_document_id_documents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["files.id"], name="fk_document_versions_file_id_files", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_document_versions"),
        sa.UniqueConstraint("file_id", name="uq_document_versions_file_id"),
    )
    op.create_index("ix_document_versions_created_by", "document_versions", ["created_by"])


def downgrade() -> None:
    for table in ("document_versions", "documents", "guard_sources", "grants", "folders", "guards"):
        op.drop_table(table)
