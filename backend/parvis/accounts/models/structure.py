"""What the institution is made of: units in a tree, programmes that they teach, and cohorts that follow those."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

UnitKind = Literal["component", "department", "laboratory", "service", "company", "other"]
"""`component`: a faculty, school or institute, as French universities call what they are first divided into."""


class Unit(Base):
    """A faculty, department, laboratory, service or company. `parent_id` makes the tree."""

    __tablename__ = "units"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str | None] = mapped_column(unique=True)
    """The institution's own (supannCodeEntite); units are matched by it, never by name."""
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Programme(Base):
    """What is studied: a degree, or a year of one."""

    __tablename__ = "programmes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str | None] = mapped_column(unique=True)
    """The institution's own (supannEtuDiplome or supannEtuEtape)."""
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("units.id", ondelete="SET NULL"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Cohort(Base):
    """Those of one programme who are due to graduate in one year: « Promo 2027 »."""

    __tablename__ = "cohorts"
    __table_args__ = (Index("uq_cohorts_programme_year", "programme_id", "year", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id", ondelete="CASCADE"))
    year: Mapped[int]
    graduated_at: Mapped[datetime | None]
    """When its graduation was recorded; once."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    programme: Mapped[Programme] = relationship(lazy="raise", viewonly=True)
