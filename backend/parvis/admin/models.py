"""The legal pages."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel.db import Base

Slug = Literal["legal", "privacy", "accessibility"]


class LegalPage(Base):
    """What an administrator wrote in place of a page's default text, in one language."""

    __tablename__ = "pages"

    slug: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    """Markdown."""
    version: Mapped[int]
    updated_at: Mapped[datetime]
    updated_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
