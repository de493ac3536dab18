"""Audiences that were given a name, and who was in those that were frozen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id


class Audience(Base):
    """A rule (`rules.kept`) with a name. `shared`: with all who may announce. A frozen one takes in whoever it took in
    at `frozen_at`, null while that is being written; `generation`: of those, as the rule may change. `people` and
    `about`: its count then."""

    __tablename__ = "audiences"
    __table_args__ = (Index("ix_audiences_owner_id", "owner_id", "id"), Index("ix_audiences_shared", "shared", "id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    name: Mapped[str]
    rule: Mapped[dict[str, Any]]
    shared: Mapped[bool] = mapped_column(default=False)
    frozen: Mapped[bool] = mapped_column(default=False)
    frozen_at: Mapped[datetime | None]
    generation: Mapped[int] = mapped_column(default=0)
    people: Mapped[int | None]
    about: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class AudienceMember(Base):
    """Somebody was in an audience when it was frozen. `audience_id` leads to no row once the audience is deleted: they
    then go in batches."""

    __tablename__ = "audience_members"
    __table_args__ = (Index("ix_audience_members_member_id", "member_id"), {"sqlite_with_rowid": False})

    audience_id: Mapped[UUID] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)


class KeptAudience(Base):
    """Something is given to all of an audience: who is in it is written down, and kept true."""

    __tablename__ = "kept_audiences"

    audience_id: Mapped[UUID] = mapped_column(ForeignKey("audiences.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class KeptAudienceMember(Base):
    """Somebody is in an audience that is kept. `audience_id` leads to no row once the audience is deleted: they then go
    in batches."""

    __tablename__ = "kept_audience_members"
    __table_args__ = (Index("ix_kept_audience_members_member_id", "member_id"), {"sqlite_with_rowid": False})

    audience_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)


class AutomaticMembership(Base):
    """Whoever a rule takes in is a member of a community."""

    __tablename__ = "automatic_memberships"
    __table_args__ = (Index("ix_automatic_memberships_set_by", "set_by"),)

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    rule: Mapped[dict[str, Any]]
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    set_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)


class AutomaticMember(Base):
    """Somebody was put in a community by a rule, or left it since: he is not put in again. He is there by the rule for
    as long as his membership is of that moment (`since`)."""

    __tablename__ = "automatic_members"
    __table_args__ = (Index("ix_automatic_members_member_id", "member_id"), {"sqlite_with_rowid": False})

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime]
