"""Conversations, who takes part in them and how far he has read, and what was said."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id

ConversationKind = Literal["direct", "group", "channel"]
ChannelAccess = Literal["community", "invited"]
"""Whether all of its community are in a channel, or those of it who were put in."""
History = Literal["all", "since_joined"]
"""What who comes later reads of what was said before."""
MessageKind = Literal["said", "created", "added", "removed", "left", "named", "archived", "reopened"]
"""Said by somebody, or a line about what became of the conversation."""
Level = Literal["all", "mentions", "nothing"]
"""Of what one wants to be told."""
IS_IN_FLOW, IS_REPLY = text("root_id IS NULL"), text("root_id IS NOT NULL")


class Conversation(Base):
    """A place to talk. `circle_id`: of the community that a channel belongs to, in which one must be to be in it;
    `direct_key`: the two who talk, in order. `last_number` counts what was said in its main flow, `last_sequence`
    replies too; `last_at`: when something was last said in its flow. `has_newcomers`: somebody in it does not read it
    from the beginning. `people`: of a group or a channel by invitation; kept with each change."""

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("kind IN ('channel', 'direct', 'group')", name="kind"),
        CheckConstraint("history IN ('all', 'since_joined')", name="history"),
        Index("ix_conversations_community_id", "community_id", "id"),
        Index("ix_conversations_circle_id", "circle_id"),
        Index("ix_conversations_created_by", "created_by"),
        Index("ix_conversations_picture_id", "picture_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    circle_id: Mapped[UUID | None] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"))
    community_id: Mapped[UUID | None] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    access: Mapped[str] = mapped_column(default="invited")
    name: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("files.id", ondelete="SET NULL"))
    history: Mapped[str] = mapped_column(default="all")
    has_newcomers: Mapped[bool] = mapped_column(default=False)
    people: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    last_sequence: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=clock.now)
    direct_key: Mapped[str | None] = mapped_column(unique=True)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ConversationPlace(Base):
    """What a conversation is to one member; made when first needed. `since`: he is in it, where one is put in; `runs`:
    he decides there. `from_number` and `from_sequence`: the first that he may read, `from_xid` and `from_id` the same
    in the log. `read_number`: up to which he has read, said when `read_at_number` was the last. `hidden_number`: he put
    it away when that was the last; `left_at`: he left a channel that is open to him. `draft`: what he has not sent."""

    __tablename__ = "conversation_places"
    __table_args__ = (Index("ix_conversation_places_member_id", "member_id", "conversation_id"),)

    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime | None]
    runs: Mapped[bool] = mapped_column(default=False)
    from_number: Mapped[int] = mapped_column(default=1)
    from_sequence: Mapped[int] = mapped_column(default=1)
    from_xid: Mapped[int] = mapped_column(BigInteger, default=0)
    from_id: Mapped[int] = mapped_column(BigInteger, default=0)
    read_number: Mapped[int] = mapped_column(default=0)
    read_at_number: Mapped[int] = mapped_column(default=0)
    level: Mapped[str | None]
    muted_until: Mapped[datetime | None]
    hidden_number: Mapped[int | None]
    left_at: Mapped[datetime | None]
    draft: Mapped[str] = mapped_column(default="")
    draft_root_id: Mapped[UUID | None]
    """In reply to which message, which may be gone: no foreign key."""


class Message(Base):
    """Something said. `root_id`: the message to whose thread it belongs. `number`: in the main flow, or in the thread;
    `sequence`: in the conversation, replies among the rest. `client_id` and `fingerprint`: by which a message that is
    sent again is known. `text`: Markdown; empty once it is deleted. `attached`: how many files it shows; `links`: how
    many cards of pages, null once its author took them off; `document_ids`: of documents that it refers to;
    `forwarded`: from whom and where. `reactions`, `replies`, `repliers` (the last three) and `last_reply_at` are kept
    with each change. `hidden_at`: moderators hid it from all but its author."""

    __tablename__ = "messages"
    __table_args__ = (
        Index(
            "uq_messages_conversation_id_number",
            *("conversation_id", "number"),
            unique=True,
            sqlite_where=IS_IN_FLOW,
            postgresql_where=IS_IN_FLOW,
        ),
        Index(
            "uq_messages_root_id_number",
            *("root_id", "number"),
            unique=True,
            sqlite_where=IS_REPLY,
            postgresql_where=IS_REPLY,
        ),
        Index(
            "uq_messages_author_id_client_id",
            *("author_id", "client_id"),
            unique=True,
            sqlite_where=text("client_id IS NOT NULL"),
            postgresql_where=text("client_id IS NOT NULL"),
        ),
        Index("ix_messages_author_id", "author_id", "conversation_id", "number"),
        Index(
            "ix_messages_created_at",
            *("conversation_id", "created_at", "number"),
            sqlite_where=IS_IN_FLOW,
            postgresql_where=IS_IN_FLOW,
        ),
        Index(
            "ix_messages_pinned_at",
            *("conversation_id", "pinned_at", "id"),
            sqlite_where=text("pinned_at IS NOT NULL"),
            postgresql_where=text("pinned_at IS NOT NULL"),
        ),
        Index(
            "ix_messages_quote_id",
            "quote_id",
            sqlite_where=text("quote_id IS NOT NULL"),
            postgresql_where=text("quote_id IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    root_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    number: Mapped[int]
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(default="said")
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    client_id: Mapped[UUID | None]
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    text: Mapped[str] = mapped_column(default="")
    quote_id: Mapped[UUID | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    forwarded: Mapped[dict[str, Any] | None]
    attached: Mapped[int] = mapped_column(default=0)
    links: Mapped[int | None] = mapped_column(default=0)
    document_ids: Mapped[list[str] | None]
    reactions: Mapped[dict[str, Any]] = mapped_column(default=dict)
    replies: Mapped[int] = mapped_column(default=0)
    repliers: Mapped[list[str] | None]
    last_reply_at: Mapped[datetime | None]
    pinned_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class MessageRevision(Base):
    """What a message said until it was edited at `until`."""

    __tablename__ = "message_revisions"

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    until: Mapped[datetime] = mapped_column(default=clock.now)


class MessageReaction(Base):
    """A member's reaction to a message. One of each kind."""

    __tablename__ = "message_reactions"
    __table_args__ = (Index("ix_message_reactions_member_id", "member_id", "message_id"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class MessageMention(Base):
    """A message names a member who may read it. `number`, `root_id`: the message's."""

    __tablename__ = "message_mentions"
    __table_args__ = (Index("ix_message_mentions_member_id", "member_id", "conversation_id", "number"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    root_id: Mapped[UUID | None]
    number: Mapped[int]


class MessageSubject(Base):
    """Whom a line is about: who was put in or taken out."""

    __tablename__ = "message_subjects"
    __table_args__ = (Index("ix_message_subjects_member_id", "member_id"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)


class MessageThreadPlace(Base):
    """How far a member has read the thread of a message, and whether he wants to be told of it. If he did not say, he
    is when it is below his message, or he answered in it."""

    __tablename__ = "message_thread_places"
    __table_args__ = (Index("ix_message_thread_places_member_id", "member_id"),)

    root_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    read_number: Mapped[int] = mapped_column(default=0)
    follows: Mapped[bool | None]


class MessageAttachment(Base):
    """A picture or a file that a message shows. `file_id`: the file, or the picture's large one. `alt`: what a picture
    shows, for who does not see it; empty where it only decorates."""

    __tablename__ = "message_attachments"
    __table_args__ = (
        Index("ix_message_attachments_message_id", "message_id", "position"),
        Index("ix_message_attachments_picture_id", "picture_id"),
    )

    file_id: Mapped[UUID] = mapped_column(ForeignKey("files.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("pictures.id", ondelete="CASCADE"))
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(default="")


class MessageLink(Base):
    """A message shows this card."""

    __tablename__ = "message_links"
    __table_args__ = (Index("ix_message_links_card_id", "card_id"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    card_id: Mapped[UUID] = mapped_column(ForeignKey("link_cards.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int]


class ChatPreferences(Base):
    """How a member talks. `shows_reading`: others see how far he has read, and he sees it of them. `quiet_from` and
    `quiet_until`: minutes of his day between which he is told of nothing."""

    __tablename__ = "chat_preferences"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    shows_reading: Mapped[bool] = mapped_column(default=True)
    enter_sends: Mapped[bool] = mapped_column(default=True)
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    time_zone: Mapped[str] = mapped_column(default="Europe/Paris")
