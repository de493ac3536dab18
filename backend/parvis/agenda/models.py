"""The address by which a member's calendar follows his events."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base

Holds = Literal["answered", "communities"]
"""What a feed holds: events that the member said yes or maybe to, or all of his communities and the square too."""


class CalendarFeed(Base):
    """One for a member, at an address that is told once. `used_at`: when a calendar last asked, to the hour."""

    __tablename__ = "calendar_feeds"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    holds: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
