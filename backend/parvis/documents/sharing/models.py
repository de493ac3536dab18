"""Links that share."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id


class ShareLink(Base):
    """To one document, or to a folder with what is in it. `uses`: how often it was opened; `max_uses`: how often it may
    be at most. `password_hash`: of the password that it asks for, if any."""

    __tablename__ = "share_links"
    __table_args__ = (
        CheckConstraint("(folder_id IS NULL) <> (document_id IS NULL)", name="one_thing"),
        Index("ix_share_links_folder_id", "folder_id", "id"),
        Index("ix_share_links_document_id", "document_id", "id"),
        Index("ix_share_links_created_by", "created_by", "expires_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    folder_id: Mapped[UUID | None] = mapped_column(ForeignKey("folders.id", ondelete="CASCADE"))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    password_hash: Mapped[str | None]
    allows_download: Mapped[bool] = mapped_column(default=False)
    max_uses: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
