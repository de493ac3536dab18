"""Graduations of cohorts: one operation each, which says what it did so that it can be undone."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

GraduationState = Literal["running", "planned", "done", "cancelling"]


class Graduation(Base):
    """Studies in a cohort end on `held_on`, and those who studied in it are alumni from that day."""

    __tablename__ = "graduations"
    __table_args__ = (
        Index(
            "uq_graduations_cohort_id",
            "cohort_id",
            unique=True,
            postgresql_where=text("undone_at IS NULL"),
            sqlite_where=text("undone_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"))
    held_on: Mapped[date]
    students: Mapped[int]
    """How many were to graduate when it was asked for…"""
    graduated: Mapped[int] = mapped_column(default=0)
    """…and how many have so far."""
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    def state(self, today: date) -> GraduationState:
        if self.cancelled_at is not None:
            return "cancelling"
        if self.finished_at is None:
            return "running"
        return "planned" if today < self.held_on else "done"


class Graduate(Base):
    """What a graduation did to the studies of one member, by which it is done once and can be undone."""

    __tablename__ = "graduates"

    graduation_id: Mapped[UUID] = mapped_column(ForeignKey("graduations.id", ondelete="CASCADE"), primary_key=True)
    studies_id: Mapped[UUID] = mapped_column(
        ForeignKey("affiliations.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    alum_id: Mapped[UUID | None] = mapped_column(ForeignKey("affiliations.id", ondelete="SET NULL"), index=True)
    """The affiliation that it made; none for who was already one of the cohort's alumni."""
    ended_before: Mapped[date | None]
    """When the studies were to end before it."""


class GraduationReminder(Base):
    """When a member was last asked to add an address of his own."""

    __tablename__ = "graduation_reminders"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    sent_at: Mapped[datetime]
