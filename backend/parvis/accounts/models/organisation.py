"""The organisation that this deployment serves."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel.db import Base


class Organisation(Base):
    """One row. `registration` is `invitation` (invited people only) or `domains` (also who has an address in one)."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str]
    short_name: Mapped[str]
    logo_file_id: Mapped[UUID | None]
    languages: Mapped[list[str]]
    default_language: Mapped[str]
    registration: Mapped[str]
    guests: Mapped[bool] = mapped_column(default=False)
    """Whether those who run places may invite people from outside to them."""
    weekly_announcements: Mapped[int] = mapped_column(default=5)
    """How many announcements a member is told within a week, but for essential ones."""
    share_links: Mapped[bool] = mapped_column(default=False)
    """Whether those who manage documents may make links to them for people without account."""
    domains: Mapped[dict[str, Any]]
    """Domain -> affiliation given to who registers with a verified address in it."""
    version: Mapped[int] = mapped_column(default=1)
