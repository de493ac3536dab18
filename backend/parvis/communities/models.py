"""Communities, and those who stand at their door."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.db.base import Json
from parvis.kernel.ids import new_id

Access = Literal["open", "on_request", "secret"]
By = Literal["members", "moderators"]
"""Who may do something: all members, or moderators and owners alone."""


class Community(Base):
    """A place. `summary`: one line under its name; `description` and `charter`: Markdown. `posting`, `commenting` and
    `uploading`: see `By`. `active_at`: when something was last said there."""

    __tablename__ = "communities"
    __table_args__ = (
        Index("ix_communities_sort_name", "sort_name", "id"),
        Index("ix_communities_active_at", "active_at", "id"),
        Index("ix_communities_created_at", "created_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    circle_id: Mapped[UUID] = mapped_column(ForeignKey("circles.id"), unique=True)
    name: Mapped[str]
    sort_name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="fr")
    access: Mapped[str]
    charter: Mapped[str] = mapped_column(default="")
    charter_version: Mapped[int] = mapped_column(default=0)
    """0 while there is none; grows when it changes, and is then to be accepted again."""
    posting: Mapped[str] = mapped_column(default="members")
    commenting: Mapped[str] = mapped_column(default="members")
    uploading: Mapped[str] = mapped_column(default="members")
    pictures: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Files that stand for its paving: `cover`, `tile`."""
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    active_at: Mapped[datetime] = mapped_column(default=clock.now)
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class CommunityTag(Base):
    """A subject of a community. `tag`: the folded form that it is found by; `label`: as it was written."""

    __tablename__ = "community_tags"
    __table_args__ = (Index("ix_community_tags_tag", "tag", "community_id"),)

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]


class CharterAcceptance(Base):
    """A member accepted this version of a community's charter."""

    __tablename__ = "charter_acceptances"
    __table_args__ = (Index("ix_charter_acceptances_member_id", "member_id"),)

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)


class JoinRequest(Base):
    """Somebody asks to be let in. One that was declined stays, for who asked alone: he is not told, and waits."""

    __tablename__ = "join_requests"
    __table_args__ = (Index("ix_join_requests_member_id", "member_id"),)

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    message: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    declined_at: Mapped[datetime | None]


class CommunityInvitation(Base):
    """A member is invited, by somebody who may. To whom it is made the community is visible, whatever its access.
    `until`: when a guest's stay is to end; `by_address`: who invited knew an address alone, and is not told whose."""

    __tablename__ = "community_invitations"
    __table_args__ = (Index("ix_community_invitations_member_id", "member_id", "community_id"),)

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    message: Mapped[str] = mapped_column(default="")
    until: Mapped[datetime | None]
    by_address: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class GuestInvitation(Base):
    """Somebody is invited by an address from outside, until he comes. He has either an account, and an invitation of
    `CommunityInvitation`, or one of the door's (`invitation_id`)."""

    __tablename__ = "guest_invitations"
    __table_args__ = (
        Index("uq_guest_invitations_community_id_email", "community_id", "email", unique=True),
        Index("ix_guest_invitations_invitation_id", "invitation_id"),
        Index("ix_guest_invitations_member_id", "member_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    email: Mapped[str]
    until: Mapped[datetime]
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    member_id: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class CommunityLink(Base):
    """A link that lets in whoever of the organisation holds it, a number of times, for a time."""

    __tablename__ = "community_links"
    __table_args__ = (Index("ix_community_links_community_id", "community_id", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    max_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class CommunityBan(Base):
    """Somebody is kept out: to him the community is not there. `reason`: what he was told."""

    __tablename__ = "community_bans"
    __table_args__ = (Index("ix_community_bans_member_id", "member_id", "community_id"),)

    community_id: Mapped[UUID] = mapped_column(ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str] = mapped_column(default="")
    banned_by: Mapped[UUID | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
