"""Announcements that are being written."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id


class AnnouncementDraft(Base):
    """An announcement that nobody but its author sees. `draft`: a `KeptDraft`, without the names of those it names.
    `send_at`: when it is sent by itself; `refused_at`: that time came, and it could not be."""

    __tablename__ = "announcement_drafts"
    __table_args__ = (Index("ix_announcement_drafts_author_id", "author_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    draft: Mapped[dict[str, Any]]
    send_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)
