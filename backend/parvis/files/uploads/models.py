"""Uploads under way, and the parts that came of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

UNFINISHED = text("finished_at IS NULL")


class Upload(Base):
    """A file that is being sent. Until it ends or expires, its whole size is taken from its account's room."""

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_reserved", "account_id", postgresql_where=UNFINISHED, sqlite_where=UNFINISHED),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID]
    """For whom it counts."""
    destination: Mapped[str | None]
    """Where it is meant to go, as it was said: `folder:…`."""
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    offset: Mapped[int] = mapped_column(BigInteger, default=0)
    """How many bytes are safe."""
    turn: Mapped[UUID | None]
    """Which request writes now: the last that began. Others may say nothing any more."""
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]

    @property
    def folder(self) -> str:
        """Of what its parts are, in the store."""
        return self.id.hex

    @property
    def is_whole(self) -> bool:
        return self.offset == self.size


class UploadPart(Base):
    """Bytes of an upload from an offset on, and where the store has them."""

    __tablename__ = "upload_parts"

    upload_id: Mapped[UUID] = mapped_column(ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True)
    start: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    size: Mapped[int] = mapped_column(BigInteger)
    key: Mapped[str]
