"""Circles and who is in them."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

Role = Literal["owner", "moderator", "member"]
ROLES: tuple[Role, ...] = ("owner", "moderator", "member")
"""From who may do most to who may do least."""


class Circle(Base):
    """Some people together. `people`: how many, `mix`: how many of each public, each once; both kept with each change.
    Those whose time is over are in it until they are taken out."""

    __tablename__ = "circles"
    __table_args__ = (Index("ix_circles_people", "people", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    people: Mapped[int] = mapped_column(default=0)
    mix: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Membership(Base):
    """Somebody is in a circle. `until`: of those who were let in for a time, as guests are. `public`: the one that he
    is counted under in the circle's mix; null for who is of none."""

    __tablename__ = "circle_memberships"
    __table_args__ = (
        Index("ix_circle_memberships_member_id", "member_id", "circle_id"),
        Index("ix_circle_memberships_circle_id", "circle_id", "role", "since", "member_id"),
        Index("ix_circle_memberships_until", "until"),
    )

    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(default="member")
    public: Mapped[str | None]
    since: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None]
