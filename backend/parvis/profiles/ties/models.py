"""Mentoring between members, and who was mailed that another asks. Contacts and blocks, which decide who sees what,
are in `profiles.models`."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

MentorshipState = Literal["asked", "accepted", "declined", "withdrawn", "ended"]
OPEN = text("state IN ('asked', 'accepted')")


class Mentorship(Base):
    """Somebody asked somebody to accompany him, and what became of it. Two people have one open at a time."""

    __tablename__ = "mentorships"
    __table_args__ = (
        Index("uq_mentorships_open", "mentor_id", "mentee_id", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),
        Index("ix_mentorships_mentor_id_state", "mentor_id", "state", "id"),
        Index("ix_mentorships_mentee_id_state", "mentee_id", "state", "id"),
        CheckConstraint("mentor_id <> mentee_id", name="two"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(default="asked")
    message: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class AskedByMail(Base):
    """When a member was last mailed that another asks him something: who withdraws and asks again is not told again
    the same day."""

    __tablename__ = "asked_by_mail"
    __table_args__ = (Index("ix_asked_by_mail_to_id", "to_id"),)

    from_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
