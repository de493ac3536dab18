"""Copies of their data that members asked for."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

State = Literal["preparing", "ready", "failed"]

PREPARED_WITHIN = timedelta(hours=24)
"""What is not ready by then never will be: the job was tried many times and given up."""


class Export(Base):
    """One copy: asked for, made by a job, waiting to be fetched, forgotten."""

    __tablename__ = "exports"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    language: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))

    @property
    def state(self) -> State:
        if self.file_id is not None:
            return "ready"
        return "preparing" if clock.now() - self.asked_at < PREPARED_WITHIN else "failed"
