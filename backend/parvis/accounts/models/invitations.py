"""Invitations into the organisation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id


class Invitation(Base):
    """A link that lets people in: for one address (then sent by mail), or for whoever holds it, a number of times."""

    __tablename__ = "invitations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    email: Mapped[str | None]
    affiliation: Mapped[str | None]
    """None: whoever comes is a guest."""
    place: Mapped[str] = mapped_column(default="")
    """Where a guest is invited, in words."""
    note: Mapped[str] = mapped_column(default="")
    max_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
