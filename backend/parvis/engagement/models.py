"""Threads under subjects, who takes part in them, comments, reactions and bookmarks."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

ReactionKind = Literal["thanks", "agree", "bravo", "interesting"]
REACTIONS: tuple[ReactionKind, ...] = ("thanks", "agree", "bravo", "interesting")
"""In the order in which they are offered."""


COMMENT = "comment"
"""Of entries of the search table, and of what is told of comments."""


class Thread(Base):
    """A discussion of a subject, which may have several. `comments`: how many stand, `reactions`: how many of each kind
    its subject has here, `mix`: those who take part by public, each once; all kept with each change. `version` grows
    with them."""

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_subject_id", "subject_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    comments: Mapped[int] = mapped_column(default=0)
    reactions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    people: Mapped[int] = mapped_column(default=0)
    mix: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted_id: Mapped[UUID | None]
    """The comment that answers the question, of this thread and not deleted: no foreign key, which would go round."""
    version: Mapped[int] = mapped_column(default=1)


class Participant(Base):
    """Somebody takes part in a thread: began it, comments or reacts. `public`: that he is counted under in its mix."""

    __tablename__ = "thread_participants"
    __table_args__ = (Index("ix_thread_participants_member_id", "member_id"),)

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    public: Mapped[str | None]
    began: Mapped[bool] = mapped_column(default=False)
    comments: Mapped[int] = mapped_column(default=0)
    reactions: Mapped[int] = mapped_column(default=0)


class Comment(Base):
    """Something said in a thread, or in reply to a comment of it. `body`: Markdown; empty once it is deleted.
    `document_ids`: of documents that it refers to; `hidden_at`: moderators hid it from all but its author and
    themselves."""

    __tablename__ = "comments"
    __table_args__ = (
        Index("ix_comments_thread_id", "thread_id", "parent_id", "id"),
        Index("ix_comments_parent_id", "parent_id", "id"),
        Index("ix_comments_author_id", "author_id"),
        Index("ix_comments_rights", "id", "thread_id", "author_id", "hidden_at", "deleted_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    body: Mapped[str]
    document_ids: Mapped[list[str] | None]
    reactions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class Reaction(Base):
    """A member's reaction to a thread's subject, or to a comment in it: `subject_id` is either. One of each kind."""

    __tablename__ = "reactions"
    __table_args__ = (
        Index("ix_reactions_member_id", "member_id", "subject_id"),
        Index("ix_reactions_thread_id", "thread_id"),
    )

    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Bookmark(Base):
    """Something a member put aside to find again."""

    __tablename__ = "bookmarks"
    __table_args__ = (Index("ix_bookmarks_member_id", "member_id", "at", "subject_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
