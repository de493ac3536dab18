"""What members looked for, each for himself."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

Kind = Literal["person", "community", "post", "event", "comment", "message", "document", "page"]
"""What can be found."""


class RecentSearch(Base):
    """A member looked for this. `key`: by which the same search is known again."""

    __tablename__ = "recent_searches"
    __table_args__ = (Index("uq_recent_searches_member_id_key", "member_id", "key", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    key: Mapped[str]
    q: Mapped[str]
    kinds: Mapped[list[str]]
    place_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)
