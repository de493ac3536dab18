"""What a member is told, what happened that he is told of, and how far he has read."""

from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

NotificationKind = Literal[
    "post",
    "community",
    "requests",
    "cases",
    "organisation_cases",
    "decisions",
    "contacts",
    "mentoring",
    "conversation",
    "folder",
    "page",
]
"""Of what it is: a post and its discussions; of a community its door to the member, those who wait at it, what is
reported there, or what its moderators decided that concerns him; who wants to know him, or to be accompanied, and who
agreed; what is said to him in a conversation; what is added in a folder that he follows; what is said of a page, and
what it says of him."""
Reason = Literal[
    "announcement",
    "not_read",
    "cancelled",
    "moved",
    "seat",
    "reminder",
    "mention",
    "call",
    "accepted",
    "reply",
    "comment",
    "answered",
    "request",
    "invitation",
    "let_in",
    "reported",
    "decided",
    "examined",
    "mentoring_asked",
    "mentoring_accepted",
    "mentoring_declined",
    "contact_asked",
    "contact_accepted",
    "document_added",
    "version_added",
    "page_named",
    "task_given",
    "task_due",
]
Level = Literal["all", "mine", "nothing"]
"""Of what a member is told in a community: of all that is said, of what concerns him, of nothing."""
REASONS: tuple[Reason, ...] = get_args(Reason)
"""From what is said first of a notification to what is said last."""
OF_POST: frozenset[Reason] = frozenset({"cancelled", "moved", "seat", "reminder", "not_read"})
"""What happens to an event, or is about to; that an announcement was not read: nothing that somebody said."""
OF_FOLDER: frozenset[Reason] = frozenset({"document_added", "version_added"})
OF_PAGE: frozenset[Reason] = frozenset({"page_named", "task_given", "task_due"})
"""What a page itself says of somebody: nothing that was said of it."""
UNREAD = text("last > read")


class Inbox(Base):
    """How far a member was told, and has read. All that he is told is numbered for him, from 1 on. `last`: the last of
    these numbers; `all_read`: up to there he has read everything."""

    __tablename__ = "inboxes"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)
    all_read: Mapped[int] = mapped_column(default=0)


class Notification(Base):
    """What a member is told of one subject. `last`: the number of the last of its acts; `read`: up to which number he
    has read this one. `at`: of the last act."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index("uq_notifications_about", "member_id", "kind", "about_id", unique=True),
        Index("ix_notifications_last", "member_id", "last", "id"),
        Index("ix_notifications_unread", "member_id", "last", postgresql_where=UNREAD, sqlite_where=UNREAD),
        Index("ix_notifications_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    kind: Mapped[str]
    about_id: Mapped[UUID]
    last: Mapped[int]
    read: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Act(Base):
    """What somebody did that a member is told of. `said_id`: the comment, message or post that it is about, if any;
    of what happens to an event, that turn of it, by which it is told once. `here`: the member wanted it among his
    notifications; `mailed_at`: when he was mailed it."""

    __tablename__ = "notification_acts"
    __table_args__ = (
        Index("ix_notification_acts_notification_id", "notification_id", "number"),
        Index("ix_notification_acts_actor_id", "actor_id"),
        Index("ix_notification_acts_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    notification_id: Mapped[UUID] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    number: Mapped[int]
    reason: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    said_id: Mapped[UUID | None]
    here: Mapped[bool] = mapped_column(default=True)
    mailed_at: Mapped[datetime | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)


class DueMail(Base):
    """A member is mailed then what he wants to be told of at once, and has not read by then."""

    __tablename__ = "due_mails"
    __table_args__ = (Index("ix_due_mails_due_at", "due_at"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    due_at: Mapped[datetime]


class MailMark(Base):
    """Up to when a member was mailed what nobody writes a row of: what is said in his communities, and to him."""

    __tablename__ = "mail_marks"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    followed_until: Mapped[datetime | None]
    messages_until: Mapped[datetime | None]


class CommunityLevel(Base):
    """Of what a member is told in a community, where that is not all."""

    __tablename__ = "community_levels"
    __table_args__ = (Index("ix_community_levels_community_id", "community_id", "member_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    level: Mapped[str]
