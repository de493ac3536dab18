"""Posts, the places they were said in, and what they said before."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

PostKind = Literal["message", "question"]
Discussing = Literal["shared", "each"]
"""Whether all places of a post have one discussion, or each its own."""


class Post(Base):
    """Something said. `body`: Markdown. Of a deleted one its place is left: neither words nor author."""

    __tablename__ = "posts"
    __table_args__ = (Index("ix_posts_author_id", "author_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    body: Mapped[str]
    language: Mapped[str] = mapped_column(default="fr")
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class PostPlace(Base):
    """A community that a post was said in. `said_at`: the post's. `removed_at`: it was taken off this wall alone."""

    __tablename__ = "post_places"
    __table_args__ = (
        Index("ix_post_places_community_id", "community_id", "said_at", "post_id"),
        Index("ix_post_places_thread_id", "thread_id"),
    )

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("threads.id"))
    said_at: Mapped[datetime]
    pinned_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class PostVersion(Base):
    """What a post said until it was edited at `until`."""

    __tablename__ = "post_versions"

    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    until: Mapped[datetime] = mapped_column(default=clock.now)
