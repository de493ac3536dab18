"""Cases, what members reported in them, and what was said then."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

Subject = Literal["post", "comment", "message", "page_comment"]
Reason = Literal["harassment", "hate", "privacy", "sexual", "spam", "misleading", "charter", "other"]
REASONS: tuple[Reason, ...] = (
    "harassment",
    "hate",
    "privacy",
    "sexual",
    "spam",
    "misleading",
    "charter",
    "other",
)
"""In the order in which they are offered."""
OnContent = Literal["keep", "hide", "remove"]
OnAuthor = Literal["none", "warn", "exclude"]
Level = Literal["community", "organisation"]
"""As whom moderators decide."""


OPEN = text("decided_at IS NULL")
OPEN_ON_SQUARE = text("decided_at IS NULL AND community_id IS NULL")


class Case(Base):
    """Something said that was reported in one community, or (without `community_id`) on the square, in a conversation
    of some or of somebody's own page, until it is decided, and what was decided. `post_id`: the subject, or the post
    that it was said under; `conversation_id`: where a message was said, `document_id`: of which page a comment was,
    both null once that is deleted. `on_content` and `on_author` are empty while
    it is open; `restored_at`: what it had hidden is shown again."""

    __tablename__ = "moderation_cases"
    __table_args__ = (
        CheckConstraint("subject_kind IN ('post', 'comment', 'message', 'page_comment')", name="subject_kind"),
        CheckConstraint("decided_as IN ('community', 'organisation', '')", name="decided_as"),
        CheckConstraint("on_content IN ('hide', 'keep', 'remove', '')", name="on_content"),
        CheckConstraint("on_author IN ('none', 'warn', 'exclude', '')", name="on_author"),
        Index("ix_moderation_cases_community_id", "community_id", "id"),
        Index("ix_moderation_cases_author_id", "author_id", "id"),
        Index("ix_moderation_cases_subject_id", "subject_id"),
        Index("ix_moderation_cases_conversation_id", "conversation_id"),
        Index("ix_moderation_cases_document_id", "document_id"),
        Index(
            "uq_moderation_cases_open",
            "community_id",
            "subject_id",
            unique=True,
            postgresql_where=OPEN,
            sqlite_where=OPEN,
        ),
        Index(
            "uq_moderation_cases_open_on_square",
            "subject_id",
            unique=True,
            postgresql_where=OPEN_ON_SQUARE,
            sqlite_where=OPEN_ON_SQUARE,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    community_id: Mapped[UUID | None] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    decided_as: Mapped[str] = mapped_column(default="")
    on_content: Mapped[str] = mapped_column(default="")
    on_author: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    restored_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Report(Base):
    """A member reported the subject of a case. `words`: his own, for the moderators."""

    __tablename__ = "moderation_reports"
    __table_args__ = (Index("ix_moderation_reports_reporter_id", "reporter_id", "at", "case_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("moderation_cases.id", ondelete="CASCADE"), primary_key=True)
    reporter_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Snapshot(Base):
    """What the subject said when it was reported: once for each version of it that was. `body`: Markdown."""

    __tablename__ = "moderation_snapshots"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("moderation_cases.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr")
    at: Mapped[datetime] = mapped_column(default=clock.now)
