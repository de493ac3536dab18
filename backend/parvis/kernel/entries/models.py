"""What is kept of things that can be found. Rows that many are read of are narrow; texts are beside them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel.db import Base
from parvis.kernel.db.base import BigId


class Entry(Base):
    """Something that can be found. `part`: which part of the subject, which class of readers it is for, or what kind
    of its kind the subject is; `place_id`: the one place that the subject stands in (none: it stands in several, or
    nowhere); `at`: when it was said or last changed. Ids grow in the order in which things were first put."""

    __tablename__ = "entries"
    __table_args__ = (
        Index("uq_entries_kind_subject_id_part", "kind", "subject_id", "part", unique=True),
        Index("ix_entries_place_id", "place_id"),
        Index("ix_entries_author_id", "author_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    part: Mapped[str]
    place_id: Mapped[UUID | None]
    author_id: Mapped[UUID | None]
    at: Mapped[datetime | None]


class EntryText(Base):
    """What an entry says. `words`: those of title and body, folded, in order, with `|` between: where phrases are."""

    __tablename__ = "entry_texts"

    entry_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    title: Mapped[str]
    body: Mapped[str]
    language: Mapped[str]
    words: Mapped[str]


class EntryName(Base):
    """A word, folded, of the title of an entry: what is suggested while somebody types."""

    __tablename__ = "entry_names"
    __table_args__ = (Index("ix_entry_names_entry_id", "entry_id"), {"sqlite_with_rowid": False})

    kind: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class NameGram(Base):
    """Three letters of a word that is in some name: by them a word is found that was mistyped."""

    __tablename__ = "name_grams"
    __table_args__ = (Index("ix_name_grams_word", "word"), {"sqlite_with_rowid": False})

    gram: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
