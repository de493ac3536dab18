"""When this database was backed up, and of which backup it was made. Where a backup went, and whether it can be read
back, nothing here can know."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, String, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Base
from .ids import new_id


class Backup(Base):
    """A backup that was taken of this database, or from which it was made."""

    __tablename__ = "backups"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    act: Mapped[Literal["taken", "restored"]] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    as_of: Mapped[datetime]
    """The instant that it shows."""
    size: Mapped[int] = mapped_column(BigInteger)
    """Of its file, in bytes."""
    is_sealed: Mapped[bool]


async def note_backup(session: AsyncSession, as_of: datetime, size: int, *, is_sealed: bool) -> None:
    session.add(Backup(act="taken", as_of=as_of, size=size, is_sealed=is_sealed))


async def last_backups(session: AsyncSession) -> dict[str, Backup]:
    """The last of each act."""
    newest = select(Backup.act, func.max(Backup.at)).group_by(Backup.act)
    found = await session.scalars(select(Backup).where(tuple_(Backup.act, Backup.at).in_(newest)))
    return {backup.act: backup for backup in found}
