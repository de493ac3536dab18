"""The interests of members."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base


class MemberInterest(Base):
    """One interest that a member has chosen, by its key in `catalogue.INTERESTS`."""

    __tablename__ = "member_interests"
    __table_args__ = (Index("ix_member_interests_interest", "interest", "member_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    interest: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
