"""Devices over HTTP."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from parvis.accounts.actor import Actor
from parvis.accounts.devices import browser_of, system_of
from parvis.accounts.models import Session
from parvis.kernel.schemas import In, Instant, Out

from .encryption import SECRET_BYTES, decoded, is_point
from .models import PushDevice, Shows

SAYS = "`nothing`: a push says that there is something new; `everything`: also who and what."
BASE64URL = r"^[A-Za-z0-9_-]+=*$"


def _point(written: str) -> str:
    if not is_point(_raw(written)):
        raise PydanticCustomError("key", "not an uncompressed point of the curve P-256")
    return written


def _secret(written: str) -> str:
    if len(_raw(written)) != SECRET_BYTES:
        raise PydanticCustomError("secret", "not 16 bytes")
    return written


def _raw(written: str) -> bytes:
    try:
        return decoded(written)
    except ValueError:
        return b""


class DeviceDraft(In):
    """A subscription as the Push API of browsers gives it, or a mobile client's distributor of Web Push."""

    endpoint: str = Field(max_length=1000, pattern=r"^https?://[!-~]+$", description="Where it is pushed to.")
    p256dh: Annotated[str, Field(max_length=100, pattern=BASE64URL), AfterValidator(_point)] = Field(
        description="The device’s public key (RFC 8291), in base64url."
    )
    auth: Annotated[str, Field(max_length=30, pattern=BASE64URL), AfterValidator(_secret)] = Field(
        description="What it shares with whoever sends to it (RFC 8291), in base64url."
    )
    shows: Shows = Field("nothing", description=SAYS)


class DeviceOut(Out):
    """A device that you are pushed to."""

    id: UUID
    session_id: UUID = Field(description="It is pushed to until this session ends.")
    kind: Literal["browser", "mobile"]
    browser: str | None
    system: str | None
    shows: Shows = Field(description=SAYS)
    is_current: bool = Field(description="It is the one that asks.")
    created_at: Instant
    pushed_at: Instant | None = Field(description="When its push service last took something for it.")
    abilities: list[Literal["remove"]]

    @classmethod
    def of(cls, device: PushDevice, session: Session, actor: Actor) -> Self:
        return cls(
            id=device.id,
            session_id=session.id,
            kind=session.kind,
            browser=browser_of(session.user_agent),
            system=system_of(session.user_agent),
            shows=device.shows,
            is_current=session.id == actor.session_id,
            created_at=device.created_at,
            pushed_at=device.pushed_at,
            abilities=["remove"] if actor.may_use("notifications:write") else [],
        )


class PushKeyOut(Out):
    """By which push services know this server (RFC 8292)."""

    public_key: str = Field(description="An uncompressed point of P-256 in base64url: the `applicationServerKey`.")


class ShownDraft(In):
    """What a device of yours shows you now."""

    up_to: int = Field(ge=0, le=2**31 - 1, description="The `position` of the last thing that you were told and see.")
