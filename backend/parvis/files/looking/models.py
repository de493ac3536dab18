"""What was found inside files."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.db.base import Json
from parvis.kernel.ids import new_id

State = Literal["waiting", "ready", "none", "failed"]
"""`none`: there is nothing to be shown of such a file."""


class Look(Base):
    """What is known of the inside of a file."""

    __tablename__ = "looks"

    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str]
    kind: Mapped[str]
    language: Mapped[str | None]
    """Of code, as highlight.js names it."""
    reason: Mapped[str | None]
    """Why nothing, or less, is shown: a key of `reasons.REASONS`."""
    page_count: Mapped[int] = mapped_column(default=0)
    """Of the whole document; 0: unknown."""
    drawn: Mapped[int] = mapped_column(default=0)
    """How many of them, from the first, have a picture."""
    has_position: Mapped[bool | None]
    """Whether a picture says where it was taken; None: not a picture, or not looked at."""
    entry_count: Mapped[int] = mapped_column(default=0)
    """Of an archive."""
    is_cut: Mapped[bool] = mapped_column(default=False)
    """Whether the file has more words than are kept."""
    tries: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    looked_at: Mapped[datetime | None]
    entries: Mapped[list[Any] | None] = mapped_column(Json, deferred=True, deferred_raiseload=True)
    """The first of an archive, each with its bytes."""
    text: Mapped[str] = mapped_column(Text, default="", deferred=True, deferred_raiseload=True)


class LookPage(Base):
    """The picture of one page, in two sizes, each a file of the organisation's own. `file_id`: None once what it shows
    is gone, so that it goes too."""

    __tablename__ = "look_pages"
    __table_args__ = (
        Index("ix_look_pages_file_id_number", "file_id", "number"),
        Index("ix_look_pages_large_id", "large_id"),
        Index("ix_look_pages_small_id", "small_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))
    number: Mapped[int]
    """From 1."""
    width: Mapped[int]
    """Pixels of the large one; the small one has the same shape."""
    height: Mapped[int]
    large_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
    small_id: Mapped[UUID] = mapped_column(ForeignKey("files.id"))
