"""What members say of themselves and to whom, and whom they know."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.db.base import Json

Level = Literal["organisation", "publics", "communities", "contacts", "me"]
"""To whom a field is shown. Each level takes in those after it: what one's publics see, the people of one's communities
see too, and what those see, one's contacts."""
FieldName = Literal[
    "affiliations",
    "avatar",
    "pronouns",
    "headline",
    "biography",
    "path",
    "skills",
    "interests",
    "languages",
    "place",
    "links",
    "email",
    "mentoring",
]


class MemberInterest(Base):
    """One interest that a member has chosen, by its key in `catalogue.INTERESTS`."""

    __tablename__ = "member_interests"
    __table_args__ = (Index("ix_member_interests_interest", "interest", "member_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    interest: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class Profile(Base):
    """A member's profile as a whole: which version of it. Its fields are `ProfileField` rows."""

    __tablename__ = "profiles"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class ProfileField(Base):
    """One field that a member filled in, and to whom it is shown. Of `affiliations` and `interests`, kept elsewhere,
    it is the level alone, and so it is of a field that was emptied; without a row they are shown to the organisation.
    """

    __tablename__ = "profile_fields"

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str]
    value: Mapped[Any | None] = mapped_column(Json)


class Contact(Base):
    """Two members know each other, since both said so. Kept both ways, so that either finds the other by one key."""

    __tablename__ = "contacts"
    __table_args__ = (Index("ix_contacts_other_id", "other_id"),)

    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)


class ContactRequest(Base):
    """Somebody asks somebody to be in contact. Gone once it is accepted. One that was declined stays, for the asker
    alone, to whom it still waits: he is not told, and cannot ask again and again."""

    __tablename__ = "contact_requests"
    __table_args__ = (Index("ix_contact_requests_to_id", "to_id"), CheckConstraint("from_id <> to_id", name="two"))

    from_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    to_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    message: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    declined_at: Mapped[datetime | None]


class Block(Base):
    """Neither sees the other, anywhere."""

    __tablename__ = "blocks"
    __table_args__ = (
        Index("ix_blocks_blocked_id", "blocked_id"),
        CheckConstraint("blocker_id <> blocked_id", name="two"),
    )

    blocker_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    blocked_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)
