"""Addresses by which members answer, and what came by them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

HOLDS = text("revoked_at IS NULL")


class ReplyAddress(Base):
    """By which a member answers something that was said, by mail. `used_at`: when he last did."""

    __tablename__ = "reply_addresses"
    __table_args__ = (
        Index(
            "uq_reply_addresses_member_id",
            *("member_id", "kind", "subject_id"),
            unique=True,
            sqlite_where=HOLDS,
            postgresql_where=HOLDS,
        ),
        Index("ix_reply_addresses_created_at", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class AddressBounce(Base):
    """Mails to an address came back, so many since `since`; `status`: why the last did (RFC 3463), `last_report`: which
    it was. `paused_at`: since when nothing more goes there."""

    __tablename__ = "address_bounces"

    address_id: Mapped[UUID] = mapped_column(ForeignKey("addresses.id", ondelete="CASCADE"), primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
    last_at: Mapped[datetime]
    status: Mapped[str]
    last_report: Mapped[bytes] = mapped_column(LargeBinary(32))
    paused_at: Mapped[datetime | None]


class ReceivedMail(Base):
    """A mail that was taken in by an address: it is once, however often it is delivered."""

    __tablename__ = "received_mails"
    __table_args__ = (Index("ix_received_mails_at", "at"),)

    address_id: Mapped[UUID] = mapped_column(ForeignKey("reply_addresses.id", ondelete="CASCADE"), primary_key=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class HeldReply(Base):
    """An answer that nobody vouched for: it waits for its author to say that it is his. `said_at`: he did; its words
    are then where it was said."""

    __tablename__ = "held_replies"
    __table_args__ = (
        Index("ix_held_replies_address_id", "address_id"),
        Index("ix_held_replies_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    address_id: Mapped[UUID] = mapped_column(ForeignKey("reply_addresses.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    said_at: Mapped[datetime | None]
