"""What pages hold: a state with what was written since, and whose clients wrote it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base

MEDIA_TYPE = "application/vnd.parvis.page"


class WrittenPage(Base):
    """What a document of kind `page` holds: `state` is one Yjs update, with all that was written up to `state_seq`;
    `seq` is the last that was. `text`: what it says, as it was when that was last written down."""

    __tablename__ = "written_pages"

    document_id: Mapped[UUID] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    state_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    """Bytes of its state, and of what was written since."""
    text: Mapped[str] = mapped_column(default="")
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class PageUpdate(Base):
    """What was written in one moment: a Yjs update. `seq` counts in its page from 1, without gaps."""

    __tablename__ = "page_updates"

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PageClient(Base):
    """Who writes under which Yjs client id in a page. None: somebody whose account was erased. `last_seq`: the last
    that was written so."""

    __tablename__ = "page_clients"
    __table_args__ = (Index("ix_page_clients_member_id", "member_id", "document_id"),)

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    client_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    last_seq: Mapped[int] = mapped_column(BigInteger, default=0)


class PagePicture(Base):
    """A picture that stands in a page. `id`: of the upload that it was made of; a copy of the page has it under the
    same, so that what the copy says leads to its own. `unused_since`: since when the page does not show it."""

    __tablename__ = "page_pictures"

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), unique=True)
    width: Mapped[int]
    height: Mapped[int]
    unused_since: Mapped[datetime | None]


class PagePublication(Base):
    """A post that says what a page said: its version `number`, with all that was written up to `seq`. `pictures`: those
    of the page that it shows, each with the copy that is the post's."""

    __tablename__ = "page_publications"
    __table_args__ = (
        Index("ix_page_publications_document_id", "document_id", "post_id"),
        Index("ix_page_publications_published_by", "published_by"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("written_pages.document_id", ondelete="CASCADE"))
    number: Mapped[int]
    seq: Mapped[int] = mapped_column(BigInteger)
    pictures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    published_at: Mapped[datetime] = mapped_column(default=clock.now)


class PageVersion(Base):
    """A version of a page: what was written up to `seq`, in so many `characters`."""

    __tablename__ = "page_versions"

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    characters: Mapped[int]
    kept_at: Mapped[datetime] = mapped_column(default=clock.now)


class PageThread(Base):
    """A discussion of some words of a page. `begins` and `ends`: where they stand, as Yjs writes places that move with
    the text; `quote`: what they were when it began."""

    __tablename__ = "page_threads"
    __table_args__ = (
        Index("ix_page_threads_document_id", "document_id", "thread_id"),
        Index("ix_page_threads_resolved_by", "resolved_by"),
    )

    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("written_pages.document_id", ondelete="CASCADE"))
    begins: Mapped[bytes] = mapped_column(LargeBinary)
    ends: Mapped[bytes] = mapped_column(LargeBinary)
    quote: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))


class PageTask(Base):
    """A task of somebody in a page, as the page said when it was last brought together. `key`: by which it is the same,
    whatever it says; `by_day`: as ISO 8601 writes it, far off for none."""

    __tablename__ = "page_tasks"
    __table_args__ = (Index("ix_page_tasks_assignee_id", "assignee_id", "by_day", "document_id", "key"),)

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    assignee_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(default="")
    is_done: Mapped[bool] = mapped_column(default=False)
    by_day: Mapped[str]


class PageMention(Base):
    """A page names somebody. `times`: how often at most, of which he was told."""

    __tablename__ = "page_mentions"
    __table_args__ = (Index("ix_page_mentions_member_id", "member_id", "document_id"),)

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    times: Mapped[int]


class PageAuthor(Base):
    """Who wrote in a page between a version and the one before."""

    __tablename__ = "page_authors"
    __table_args__ = (Index("ix_page_authors_member_id", "member_id", "document_id"),)

    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("written_pages.document_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
