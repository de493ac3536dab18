"""The mail tray of the demonstration: mails that are kept to be opened instead of being sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel.db import Base


class TrayMail(Base):
    """A mail that would have been sent. Filled in the demonstration alone."""

    __tablename__ = "mail_tray"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(index=True)
