"""Password, second factor and sessions of a member, over HTTP."""

from typing import Literal, Self
from uuid import UUID

from pydantic import Field

from parvis.accounts.actor import Actor
from parvis.accounts.devices import browser_of, system_of
from parvis.accounts.models import Session
from parvis.kernel.schemas import In, Instant, Out

from .fields import GivenPassword


class PasswordDraft(In):
    password: GivenPassword


class TotpEnrolmentOut(Out):
    """What an authenticator application needs; shown once, and off until a code confirms it."""

    secret: str = Field(description="In base 32, to be typed where a picture cannot be taken.")
    uri: str = Field(description="The same as an `otpauth:` address.")
    qr_svg: str = Field(description="That address as a QR code: one `<svg>` element.")


class TotpCode(In):
    code: str = Field(min_length=6, max_length=16, description="Six digits, spaces allowed.")


class RecoveryCodesOut(Out):
    """Each replaces a one-time code, once. They are shown this once."""

    recovery_codes: list[str]

    @classmethod
    def of(cls, codes: list[str]) -> Self:
        return cls(recovery_codes=codes)


class OwnSessionOut(Out):
    """Where you are signed in."""

    id: UUID
    kind: Literal["browser", "mobile"]
    client_id: str | None = Field(description="The application, for a mobile session.")
    browser: str | None
    system: str | None
    network: str = Field(description="Where it was opened from: an IPv4 address, or the /64 of an IPv6 one.")
    methods: list[str] = Field(description="How it was proved (RFC 8176).")
    created_at: Instant
    seen_at: Instant = Field(description="To about five minutes.")
    is_current: bool
    abilities: list[Literal["revoke"]]

    @classmethod
    def of(cls, session: Session, actor: Actor) -> Self:
        return cls(
            id=session.id,
            kind=session.kind,
            client_id=session.client_id,
            browser=browser_of(session.user_agent),
            system=system_of(session.user_agent),
            network=session.network,
            methods=session.methods,
            created_at=session.created_at,
            seen_at=session.seen_at,
            is_current=session.id == actor.session_id,
            abilities=["revoke"] if actor.session_id is not None and actor.may_use("account:write") else [],
        )
