"""What the directory is read from. Nothing here is true by itself: `index.py` makes it of what members say."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel.db import Base
from parvis.kernel.db.base import BigId

Facet = Literal["everyone", "public", "unit", "programme", "cohort", "city", "skill", "mentoring"]
"""What people are counted and chosen by. `everyone` has one value, which all have."""


class DirectoryPerson(Base):
    """Somebody who is listed: active, and of the organisation today. `standing`: see `reach.py`."""

    __tablename__ = "directory_people"
    __table_args__ = (
        Index("ix_directory_people_sort_name", "sort_name", "number"),
        Index("ix_directory_people_joined_at", "joined_at", "number"),
        Index("ix_directory_people_member_id", "member_id", "standing"),
    )

    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), unique=True)
    sort_name: Mapped[str]
    joined_at: Mapped[datetime]
    standing: Mapped[int]


class DirectoryValue(Base):
    """A value of a facet. `key`: what the API calls it; `label`: as somebody wrote it first, where it has no table."""

    __tablename__ = "directory_values"
    __table_args__ = (Index("uq_directory_values_facet_key", "facet", "key", unique=True),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    facet: Mapped[Facet] = mapped_column(String)
    key: Mapped[str]
    label: Mapped[str]


class DirectoryFacet(Base):
    """Somebody has a value. `seen_by`: see `reach.py`."""

    __tablename__ = "directory_facets"
    __table_args__ = (
        Index("ix_directory_facets_person_number", "person_number", "value_id", "seen_by"),
        {"sqlite_with_rowid": False},
    )

    value_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("directory_values.id"), primary_key=True, autoincrement=False
    )
    person_number: Mapped[int] = mapped_column(
        BigId, ForeignKey("directory_people.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seen_by: Mapped[int]


class DirectoryShown(Base):
    """All that somebody shows to one class of readers: the ids of the values in `DirectoryFacet`, with spaces between.
    Many people's are read as one text, and their values counted from it."""

    __tablename__ = "directory_shown"
    __table_args__ = {"sqlite_with_rowid": False}

    person_number: Mapped[int] = mapped_column(
        BigId, ForeignKey("directory_people.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seen_by: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value_ids: Mapped[str]


class DirectoryHeld(Base):
    """Somebody has an affiliation of that kind there from a day to a day, by the word of the institution, whatever he
    shows of it: audiences are counted by it, and nothing is listed. Each affiliation has a row for each `place`: its
    unit, programme, cohort, and what `sheets.py` writes for its year and for wherever it is. A city or a skill that he
    shows to the whole organisation has such a row too, of no kind. `publics`: those of his standing."""

    __tablename__ = "directory_held"
    __table_args__ = (
        # All that is asked, so that many people are counted from the index alone.
        Index("ix_directory_held_place", "place", "kind", "starts_on", "ends_on", "person_number", "publics"),
        {"sqlite_with_rowid": False},
    )

    person_number: Mapped[int] = mapped_column(
        BigId, ForeignKey("directory_people.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[UUID]
    kind: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    publics: Mapped[int]


class DirectoryEntry(Base):
    """An entry of somebody in the search table, and who sees all that it says: among many, entries are told apart by
    numbers, and their texts left alone."""

    __tablename__ = "directory_entries"
    __table_args__ = (Index("ix_directory_entries_person_number", "person_number", "seen_by", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_number: Mapped[int] = mapped_column(BigId, ForeignKey("directory_people.number", ondelete="CASCADE"))
    seen_by: Mapped[int]


class DirectoryCount(Base):
    """How many people of this standing have a value and show it so: kept with each change of `DirectoryFacet`."""

    __tablename__ = "directory_counts"
    __table_args__ = {"sqlite_with_rowid": False}

    value_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("directory_values.id"), primary_key=True, autoincrement=False
    )
    standing: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_by: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]
