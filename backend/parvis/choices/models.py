"""Kinds of what is told, ways of telling it, and what each member chose of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel.db import Base

Kind = Literal[
    "named",
    "answered",
    "followed",
    "messages",
    "communities",
    "events",
    "announcements",
    "documents",
    "contacts",
    "mentoring",
    "moderation",
]
"""As people tell them apart: who names or calls one; who answers one; what is said in one's communities; messages to
oneself; one's way into communities, and that of others; what becomes of events; what the organisation announces;
folders, pages and tasks; who wants to be in contact; who asks to be accompanied; what is reported and decided."""
Channel = Literal["here", "mail", "push"]
Rhythm = Literal["at_once", "daily", "weekly", "never"]
"""Of mail; elsewhere it is at once or never."""
KINDS: tuple[Kind, ...] = get_args(Kind)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
DIGESTS: frozenset[Rhythm] = frozenset({"daily", "weekly"})

DEFAULTS: Mapping[Kind, Mapping[Channel, Rhythm]] = {
    "named": {"here": "at_once", "mail": "at_once", "push": "at_once"},
    "answered": {"here": "at_once", "mail": "daily", "push": "at_once"},
    "followed": {"mail": "weekly"},
    "messages": {"mail": "daily", "push": "at_once"},
    "communities": {"here": "at_once", "mail": "at_once", "push": "never"},
    "events": {"here": "at_once", "mail": "at_once", "push": "at_once"},
    "announcements": {"here": "at_once", "mail": "at_once", "push": "at_once"},
    "documents": {"here": "at_once", "mail": "weekly", "push": "never"},
    "contacts": {"here": "at_once", "mail": "at_once", "push": "never"},
    "mentoring": {"here": "at_once", "mail": "at_once", "push": "at_once"},
    "moderation": {"here": "at_once", "mail": "daily", "push": "never"},
}
"""For who chose nothing: at once what waits for him, together once a day what can wait, once a week what goes on
without him. A way that a kind is not told by is absent: what is said in communities stands on their walls, and messages
have a number of their own."""


class Choice(Base):
    """How often a member is told of one kind by one way, where he said so."""

    __tablename__ = "told_choices"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)
    rhythm: Mapped[str]


class Pause(Base):
    """Until then a member gets neither mails nor push notifications, but for what always comes."""

    __tablename__ = "told_pauses"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    until: Mapped[datetime]
