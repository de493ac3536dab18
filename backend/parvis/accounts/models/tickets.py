"""Single-use secrets sent by mail or held between two steps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id


class Ticket(Base):
    """A secret to be spent once, by a POST, before it expires. Only its hash is kept.

    `purpose`: `sign_in`, `second_factor`, `reset`, `register`, `activate`, `passkey`, `change_address`,
    `restore_address`… each service names its own. `browser_hash` ties it to the browser that asked; `code_hash` is the
    short code typed there instead.
    """

    __tablename__ = "tickets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purpose: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    address_id: Mapped[UUID | None] = mapped_column(ForeignKey("addresses.id", ondelete="CASCADE"))
    browser_hash: Mapped[bytes | None] = mapped_column(index=True)
    code_hash: Mapped[bytes | None]
    attempts: Mapped[int] = mapped_column(default=0)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
