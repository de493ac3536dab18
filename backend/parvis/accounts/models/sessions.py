"""Where a member is signed in, and what acts in a member's name."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from parvis.kernel import clock
from parvis.kernel.db import Base
from parvis.kernel.ids import new_id


class Session(Base):
    """One sign-in: a browser's (by cookie) or a mobile client's (by refresh tokens, the session being their family)."""

    __tablename__ = "sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    """`browser` or `mobile`."""
    token_hash: Mapped[bytes | None] = mapped_column(unique=True)
    """SHA-256 of the cookie's value; none for a mobile client."""
    client_id: Mapped[str | None]
    scopes: Mapped[list[str]] = mapped_column(default=list)
    methods: Mapped[list[str]]
    """How it was proved (RFC 8176 `amr`): `pwd`, `hwk`, `otp`, `email`…"""
    proved_at: Mapped[datetime]
    """When a credential was last proved, for acts that need a recent proof."""
    user_agent: Mapped[str]
    network: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RefreshToken(Base):
    """The refresh token that a mobile session may use next (RFC 9700 section 4.14.2).

    One row a session: tokens are recognised as ours by their seal (`accounts/refresh.py`), so that one which is ours
    and not this one was used before, and revokes the session.
    """

    __tablename__ = "refresh_tokens"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True)
    token_hash: Mapped[bytes]
    rotated_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]


class AuthorizationCode(Base):
    """An OAuth 2 authorization code waiting for its client, with its PKCE challenge (RFC 7636)."""

    __tablename__ = "authorization_codes"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    consented_in: Mapped[UUID] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    """The browser's session; the code falls with it."""
    client_id: Mapped[str]
    redirect_uri: Mapped[str]
    challenge: Mapped[str]
    scopes: Mapped[list[str]]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id", ondelete="SET NULL"))
    """The mobile session it gave."""


class AccessToken(Base):
    """A personal access token (`parvis_pat_…`), for scripts."""

    __tablename__ = "access_tokens"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
