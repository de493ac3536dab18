"""The devices that are pushed to."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

Shows = Literal["nothing", "everything"]
"""What a push says: that there is something new, or also who and what."""


class PushDevice(Base):
    """Where one session of a member is pushed to. `endpoint`: its push service's address for it; `key` and `secret`:
    what is encrypted for it alone. `pushed`: up to which number of what he is told it was pushed to, or need not be;
    `shown`: up to which one of his devices showed him; `shown_at`: when one last did."""

    __tablename__ = "push_devices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), unique=True)
    endpoint: Mapped[str]
    endpoint_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(65))
    secret: Mapped[bytes] = mapped_column(LargeBinary(16))
    shows: Mapped[str]
    pushed: Mapped[int] = mapped_column(default=0)
    shown: Mapped[int] = mapped_column(default=0)
    shown_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    pushed_at: Mapped[datetime | None]
