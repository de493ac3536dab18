"""Spaces, folders and documents, their versions, and the rights that guard them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

Level = Literal["read", "comment", "write", "manage"]
LEVELS: tuple[Level, ...] = ("read", "comment", "write", "manage")
"""Each with all before it. Kept as numbers, from one."""
READ, COMMENT, WRITE, MANAGE = range(1, 5)
Group = Literal["document", "sheet", "slides", "pdf", "image", "video", "audio", "archive", "code", "text", "other"]
"""What people call a kind of file."""
STANDS = text("gone_id IS NULL")
IS_SPACE, NOT_TO_ONE = text("parent_id IS NULL"), text("member_id IS NULL")
What = Literal["made", "added", "version_added", "restored", "renamed", "moved", "trashed", "recovered", "shared"]
"""What is done in a folder: made, a folder; added, a document; restored, an earlier version; shared, rights given or a
link made."""
IS_HELD = text("locked_until IS NOT NULL")
IS_THERE, IS_THROWN = text("trashed_at IS NULL"), text("trashed_at IS NOT NULL")


class Guard(Base):
    """The rights of a folder or a document that has some of its own, whose id it has; of a space always. `parent_id`:
    the guard above it, whose grants count here too while it `inherits`. `space_id`, and to whom the space belongs, are
    the same for all guards of a space. `generation` grows when fewer may read, and makes another topic."""

    __tablename__ = "guards"
    __table_args__ = (
        Index("ix_guards_space_id", "space_id"),
        Index("ix_guards_parent_id", "parent_id"),
        Index("ix_guards_circle_id", "circle_id"),
        Index("ix_guards_community_id", "community_id"),
        Index("ix_guards_member_id", "member_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("guards.id"))
    space_id: Mapped[UUID]
    community_id: Mapped[UUID | None] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    circle_id: Mapped[UUID | None] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    inherits: Mapped[bool] = mapped_column(default=True)
    generation: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1)


class GuardSource(Base):
    """The grants of `source_id` count for `guard_id`: its own, and those above it up to the first that does not
    inherit. Kept with each change of what stands where."""

    __tablename__ = "guard_sources"
    __table_args__ = (Index("ix_guard_sources_source_id", "source_id", "guard_id"), {"sqlite_with_rowid": False})

    guard_id: Mapped[UUID] = mapped_column(ForeignKey("guards.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[UUID] = mapped_column(ForeignKey("guards.id", ondelete="CASCADE"), primary_key=True)


class Grant(Base):
    """Somebody has a level where a guard is: a member, all of a community, or all of an audience."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        Index("uq_grants_guard_id_member_id", "guard_id", "member_id", unique=True),
        Index(
            "uq_grants_guard_id_circle_id",
            *("guard_id", "circle_id"),
            unique=True,
            sqlite_where=NOT_TO_ONE,
            postgresql_where=NOT_TO_ONE,
        ),
        Index(
            "uq_grants_guard_id_audience_id",
            *("guard_id", "audience_id"),
            unique=True,
            sqlite_where=NOT_TO_ONE,
            postgresql_where=NOT_TO_ONE,
        ),
        Index("ix_grants_member_id", "member_id", "guard_id"),
        Index("ix_grants_circle_id", "circle_id", "guard_id"),
        Index("ix_grants_audience_id", "audience_id", "guard_id"),
        Index("ix_grants_community_id", "community_id"),
        Index("ix_grants_granted_by", "granted_by", "guard_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    guard_id: Mapped[UUID] = mapped_column(ForeignKey("guards.id", ondelete="CASCADE"))
    level: Mapped[int]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    circle_id: Mapped[UUID | None] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"))
    community_id: Mapped[UUID | None] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    audience_id: Mapped[UUID | None] = mapped_column(ForeignKey("audiences.id", ondelete="CASCADE"))
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    granted_at: Mapped[datetime] = mapped_column(default=clock.now)


class Folder(Base):
    """A folder; without `parent_id` a space, of a community or of a member. `sort_key`: its name as it is compared.
    `guard_id`: by which rights it is guarded, its own or those of what it stands in. `gone_id`: of the folder with
    which it was put in the trash. Of spaces alone: `used`, bytes of all versions in it, kept with each change."""

    __tablename__ = "folders"
    __table_args__ = (
        Index(
            "uq_folders_parent_id_sort_key",
            *("parent_id", "sort_key"),
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("uq_folders_community_id", "community_id", unique=True, sqlite_where=IS_SPACE, postgresql_where=IS_SPACE),
        Index("uq_folders_member_id", "member_id", unique=True, sqlite_where=IS_SPACE, postgresql_where=IS_SPACE),
        Index("ix_folders_parent_id", "parent_id", "sort_key", "id"),
        Index("ix_folders_space_id", "space_id"),
        Index("ix_folders_guard_id", "guard_id"),
        Index("ix_folders_gone_id", "gone_id"),
        Index("ix_folders_trashed_at", "trashed_at", "id", sqlite_where=IS_THROWN, postgresql_where=IS_THROWN),
        Index("ix_folders_created_by", "created_by"),
        Index("ix_folders_trashed_by", "trashed_by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("folders.id"))
    space_id: Mapped[UUID]
    community_id: Mapped[UUID | None] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    guard_id: Mapped[UUID] = mapped_column(ForeignKey("guards.id"))
    name: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="")
    depth: Mapped[int] = mapped_column(default=0)
    used: Mapped[int] = mapped_column(BigInteger, default=0)
    gone_id: Mapped[UUID | None]
    trashed_at: Mapped[datetime | None]
    trashed_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)


class Document(Base):
    """A file with versions. `guard_id`: when it has rights of its own; else those of its folder count. `number`,
    `size`, `media_type` and `group`: of its current version."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("kind IN ('file', 'page')", name="kind"),
        Index(
            "uq_documents_folder_id_sort_key",
            *("folder_id", "sort_key"),
            unique=True,
            sqlite_where=IS_THERE,
            postgresql_where=IS_THERE,
        ),
        Index("ix_documents_sort_key", "folder_id", "sort_key", "id", sqlite_where=IS_THERE, postgresql_where=IS_THERE),
        Index(
            "ix_documents_changed_at", "folder_id", "changed_at", "id", sqlite_where=IS_THERE, postgresql_where=IS_THERE
        ),
        Index("ix_documents_size", "folder_id", "size", "id", sqlite_where=IS_THERE, postgresql_where=IS_THERE),
        Index("ix_documents_folder_id", "folder_id", "kind", "id"),
        Index("ix_documents_locked_until", "folder_id", "locked_until", sqlite_where=IS_HELD, postgresql_where=IS_HELD),
        Index("ix_documents_guard_id", "guard_id"),
        Index("ix_documents_trashed_at", "trashed_at", "id", sqlite_where=IS_THROWN, postgresql_where=IS_THROWN),
        Index("ix_documents_created_by", "created_by"),
        Index("ix_documents_changed_by", "changed_by", "changed_at", "id"),
        Index("ix_documents_recent", "changed_at", "id", sqlite_where=IS_THERE, postgresql_where=IS_THERE),
        Index("ix_documents_trashed_by", "trashed_by"),
        Index("ix_documents_locked_by", "locked_by"),
        Index("ix_documents_rights", "id", "folder_id", "guard_id", "trashed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    folder_id: Mapped[UUID] = mapped_column(ForeignKey("folders.id"))
    guard_id: Mapped[UUID | None] = mapped_column(ForeignKey("guards.id"))
    kind: Mapped[str] = mapped_column(default="file")
    name: Mapped[str]
    sort_key: Mapped[str]
    media_type: Mapped[str]
    group: Mapped[str] = mapped_column(default="other")
    size: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(default=1)
    trashed_at: Mapped[datetime | None]
    trashed_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    locked_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    locked_until: Mapped[datetime | None]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)


class DocumentVersion(Base):
    """What a document was from some moment on. `number` counts from 1 and is given once; `restored_from`: of which
    version it has the bytes."""

    __tablename__ = "document_versions"
    __table_args__ = (Index("ix_document_versions_created_by", "created_by"),)

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), unique=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    is_frozen: Mapped[bool] = mapped_column(default=False)
    restored_from: Mapped[int | None]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class FollowedFolder(Base):
    """A member is told of what is added in a folder, and in all below it."""

    __tablename__ = "followed_folders"
    __table_args__ = (
        Index("ix_followed_folders_folder_id", "folder_id", "member_id"),
        {"sqlite_with_rowid": False},
    )

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    folder_id: Mapped[UUID] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class FolderAct(Base):
    """What somebody did in a folder (`folder_id`), with a document or a folder in it (`inner_id`). `number`: of the
    version that was made."""

    __tablename__ = "folder_acts"
    __table_args__ = (
        CheckConstraint("(document_id IS NULL) <> (inner_id IS NULL)", name="one_thing"),
        Index("ix_folder_acts_folder_id", "folder_id", "id"),
        Index("ix_folder_acts_document_id", "document_id"),
        Index("ix_folder_acts_inner_id", "inner_id"),
        Index("ix_folder_acts_by", "by"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    folder_id: Mapped[UUID] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    inner_id: Mapped[UUID | None] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"))
    what: Mapped[str]
    number: Mapped[int | None]
    by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
