"""Files that people uploaded, and blobs that are to be deleted."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id
from parvis.kernel.storage import blob_key

Scan = Literal["clean", "infected", "unscannable"]
"""`unscannable`: larger than the scanner takes."""
UNCLAIMED = text("claimed_kind IS NULL")


class File(Base):
    """One upload. Several may have the same bytes, and then share a blob; each counts in full."""

    __tablename__ = "files"
    __table_args__ = (
        Index("ix_files_unclaimed", "created_at", postgresql_where=UNCLAIMED, sqlite_where=UNCLAIMED),
        Index("ix_files_claimed_kind_claimed_id", "claimed_kind", "claimed_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    """Who uploaded it. None: the organisation, or somebody who left."""
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    """For whom it counts: a member, a community; `places.IN_A_PLACE`: for whoever has what it stands in. None: the
    organisation's own."""
    name: Mapped[str]
    media_type: Mapped[str]
    """Read from its bytes."""
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    claimed_kind: Mapped[str | None]
    """What uses it, such as `organisation_logo`; unclaimed files expire."""
    claimed_id: Mapped[UUID | None]
    scan: Mapped[Scan | None] = mapped_column(String)
    """What the scanner says of it; None: nothing yet, or there is none."""
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def blob_key(self) -> str:
        return blob_key(self.sha256)


class KeptElsewhere(Base):
    """Bytes that count with a place though no file holds them: what a page says, say, whose `id` it has."""

    __tablename__ = "kept_elsewhere"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)


class Picture(Base):
    """A picture made anew of an upload, whose `id` it keeps: two files, in which nothing is left of the upload."""

    __tablename__ = "pictures"
    __table_args__ = (Index("ix_pictures_large_id", "large_id"), Index("ix_pictures_small_id", "small_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    large_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    small_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"))
    width: Mapped[int]
    """Pixels of the large one; the small one has the same shape."""
    height: Mapped[int]


class LinkCard(Base):
    """What a page says of itself, once for all that leads to it. No `title`: nothing, or it was not reached."""

    __tablename__ = "link_cards"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    url: Mapped[str]
    url_hash: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    site: Mapped[str] = mapped_column(default="")
    image_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"), index=True)
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    fetched_at: Mapped[datetime] = mapped_column(default=clock.now)


class DoomedBlob(Base):
    """A blob that no file has, to be deleted after a while. Whoever uploads the same bytes saves it, until it is being
    deleted."""

    __tablename__ = "doomed_blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    doomed_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    is_being_deleted: Mapped[bool] = mapped_column(default=False)
