"""Imports, the lines that they staged, what they found, and what the institution last said of each person."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

State = Literal["reading", "ready", "applying", "done", "failed", "cancelled"]
Phase = Literal["reading", "comparing", "places", "people", "closing"]
FindingKind = Literal["created", "changed", "closed", "refused", "pair"]
Source = Literal["people", "units"]
"""Which of the two files a line stands in."""

FILE_KIND = "people_import"
"""What claims the files of an import."""


class Import(Base):
    """One file on its way in. While it is under way no other may begin."""

    __tablename__ = "imports"
    __table_args__ = (
        Index("ix_imports_created_at_id", "created_at", "id"),
        Index(
            "uq_imports_is_under_way",
            "is_under_way",
            unique=True,
            postgresql_where=text("is_under_way"),
            sqlite_where=text("is_under_way"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    is_under_way: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(default="reading")
    file_name: Mapped[str]
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))
    units_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))
    complete: Mapped[bool]
    """Whether who is not in the file is no longer what the institution said."""
    kinds: Mapped[list[str]]
    """The affiliations that a complete file speaks of."""
    most_closed_percent: Mapped[int]
    send_activations: Mapped[bool] = mapped_column(default=False)
    columns: Mapped[list[str]] = mapped_column(default=list)
    """The fields that the header gives."""
    phase: Mapped[str] = mapped_column(default="reading")
    progress: Mapped[int] = mapped_column(BigInteger, default=0)
    total: Mapped[int] = mapped_column(BigInteger, default=0)
    cursor: Mapped[str | None]
    """Up to where the phase has come: an interrupted run goes on from there."""
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was found."""
    applied: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was done."""
    failure: Mapped[str | None]
    today: Mapped[date]
    """The day on which it compares and closes, though it be resumed after midnight."""
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    """None: the command line."""
    applied_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    is_administrators: Mapped[bool] = mapped_column(default=False)
    """Whether it may touch administrators' own records."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    beaten_at: Mapped[datetime] = mapped_column(default=clock.now)
    """When it last moved."""
    ended_at: Mapped[datetime | None]


class ImportedLine(Base):
    """One line of the people's file, as it was understood; of a refused one the identifier alone."""

    __tablename__ = "import_lines"
    __table_args__ = (
        Index("ix_import_lines_import_id_identifier", "import_id", "identifier", "line"),
        Index("ix_import_lines_import_id_email", "import_id", "email"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    is_refused: Mapped[bool]
    identifier: Mapped[str]
    name: Mapped[str | None]
    email: Mapped[str | None]
    personal_email: Mapped[str | None]
    language: Mapped[str | None]
    kind: Mapped[str | None]
    unit: Mapped[str | None]
    programme: Mapped[str | None]
    cohort: Mapped[int | None]
    title: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class ImportedPlace(Base):
    """One line of the units' file."""

    __tablename__ = "import_places"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    """A kind of unit, or `programme`."""
    parent: Mapped[str | None]


class ImportFinding(Base):
    """What applying would do to one person, or why a line is refused, or two who may be one."""

    __tablename__ = "import_findings"
    __table_args__ = (Index("ix_import_findings_import_id_kind", "import_id", "kind", "line", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    kind: Mapped[str]
    source: Mapped[str] = mapped_column(default="people")
    line: Mapped[int]
    """0 for who stands on no line: somebody absent from a complete file."""
    code: Mapped[str]
    field: Mapped[str | None]
    """The column at fault."""
    identifier: Mapped[str | None]
    name: Mapped[str | None]
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class InstitutionRecord(Base):
    """What the institution last said of a member. A change is what it says anew: what he chose himself stays."""

    __tablename__ = "institution_records"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None]
    personal_email: Mapped[str | None]
