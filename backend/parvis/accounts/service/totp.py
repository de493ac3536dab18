"""The second factor: time-based one-time passwords (RFC 6238), and recovery codes for who lost the device.

A code is six digits of a 30 second step, of the present step or one beside it (section 5.2), each step accepted once.
"""

import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass
from uuid import UUID

import pyotp
import segno
from sqlalchemy import delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import Update

from parvis.accounts.actor import Actor
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Address, RecoveryCode, Totp
from parvis.accounts.queries.organisation import organisation
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Conflict, FieldError, Invalid, NotFound, Text
from parvis.kernel.events import record
from parvis.kernel.secrets import Vault, hash_token

from . import notices, sessions
from .members import locked_member

STEP_SECONDS = 30
RECOVERY_CODES = 10
RECOVERY_BYTES = 10
"""80 bits: 16 characters of base 32, written in groups of four."""

WRONG_CODE: Text = {"fr": "Ce code n’est pas le bon, ou il a déjà servi.", "en": "This code is wrong or was used."}


class WrongCode(Invalid):
    """Not a code of this member, not of now, or used before."""

    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__(fields=[FieldError("code", "wrong_code", WRONG_CODE)])


class TotpAlreadyOn(Conflict):
    code = "totp_already_on"
    title = {"fr": "Les codes à usage unique sont déjà activés.", "en": "One-time codes are already turned on."}


class TotpVault(Vault):
    """Seals the secrets, each to its member."""

    def __init__(self, root: bytes) -> None:
        super().__init__(root, "totp")


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator application needs: the secret in base 32, the same as an `otpauth:` address, and that
    address as a QR code (SVG)."""

    secret: str
    uri: str
    qr_svg: str


async def is_on(session: AsyncSession, member_id: UUID) -> bool:
    """Whether a member has confirmed a second factor."""
    confirmed = select(Totp.member_id).where(Totp.member_id == member_id, Totp.confirmed_at.is_not(None))
    return await session.scalar(confirmed) is not None


async def check(session: AsyncSession, vault: TotpVault, member_id: UUID, code: str) -> None:
    """Accepts a one-time or recovery code, once. Raises `WrongCode`. Callers limit how often it may be tried."""
    totp = await session.get(Totp, member_id, populate_existing=True)
    if totp is None or totp.confirmed_at is None:
        raise WrongCode
    typed = _squeezed(code)
    if typed.isdecimal() and len(typed) == 6:
        await _spend_step(session, vault, totp, typed)
    else:
        await _spend_recovery_code(session, member_id, typed)


async def enrol(session: AsyncSession, actor: Actor, vault: TotpVault) -> Enrolment:
    """Prepares a new secret, which counts once `confirm`ed; one prepared before is forgotten.

    Raises `TotpAlreadyOn`.
    """
    await locked_member(session, actor.member_id)
    if await is_on(session, actor.member_id):
        raise TotpAlreadyOn
    secret = pyotp.random_base32(32)
    sealed = vault.encrypt(secret.encode(), actor.member_id.bytes)
    await session.merge(Totp(member_id=actor.member_id, sealed_secret=sealed, confirmed_at=None, last_step=0))
    label = await _primary_email(session, actor.member_id) or actor.name
    uri = pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=(await organisation(session)).name)
    return Enrolment(secret, uri, segno.make(uri, error="m").svg_inline(scale=4, border=4, light="white"))


async def confirm(session: AsyncSession, actor: Actor, vault: TotpVault, code: str, where: str) -> list[str]:
    """Turns the second factor on by a first code, and gives the recovery codes, this once. The session is one of two
    factors from then on.

    Raises `NotFound` when none was prepared, `TotpAlreadyOn`, `WrongCode`.
    """
    totp = await session.get(Totp, actor.member_id, with_for_update=True)
    if totp is None:
        raise NotFound
    if totp.confirmed_at is not None:
        raise TotpAlreadyOn
    await _spend_step(session, vault, totp, _squeezed(code))
    totp.confirmed_at = clock.now()
    await sessions.prove(session, actor, ["otp"])
    await _changed(session, actor, "totp_turned_on", where)
    return await _new_recovery_codes(session, actor.member_id)


async def turn_off(session: AsyncSession, actor: Actor, where: str) -> None:
    """Forgets the second factor and its recovery codes. Raises `NotFound` when there is none."""
    totp = await session.get(Totp, actor.member_id)
    if totp is None:
        raise NotFound
    was_on = totp.confirmed_at is not None
    await session.delete(totp)
    await session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == actor.member_id))
    if was_on:
        await _changed(session, actor, "totp_turned_off", where)


async def renew_recovery_codes(session: AsyncSession, actor: Actor, where: str) -> list[str]:
    """New recovery codes, shown this once; those before stop working. Raises `NotFound` without second factor."""
    if not await is_on(session, actor.member_id):
        raise NotFound
    await _changed(session, actor, "recovery_codes_made", where)
    return await _new_recovery_codes(session, actor.member_id)


async def _spend_step(session: AsyncSession, vault: TotpVault, totp: Totp, code: str) -> None:
    secret = vault.decrypt(totp.sealed_secret, totp.member_id.bytes).decode()
    step = _step_of(secret, code)
    if step is None:
        raise WrongCode
    spend = update(Totp).where(Totp.member_id == totp.member_id, Totp.last_step < step).values(last_step=step)
    if not await _changes_a_row(session, spend):
        raise WrongCode


def _step_of(secret: str, code: str) -> int | None:
    """Which of the three steps around now this code is of. All are compared, so that time tells nothing."""
    now = int(clock.now().timestamp()) // STEP_SECONDS
    generate = pyotp.TOTP(secret).generate_otp
    matches = [step for step in (now + 1, now, now - 1) if hmac.compare_digest(generate(step).encode(), code.encode())]
    return matches[-1] if matches else None


async def _spend_recovery_code(session: AsyncSession, member_id: UUID, code: str) -> None:
    unused = (RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    spend = update(RecoveryCode).where(*unused, RecoveryCode.code_hash == hash_token(code.lower()))
    if not await _changes_a_row(session, spend.values(used_at=clock.now())):
        raise WrongCode
    audit(session, member_id, "recovery_code.used", "member", member_id)
    await notices.tell(session, member_id, "recovery_code_used")


async def _changes_a_row(session: AsyncSession, statement: Update) -> bool:
    result = await session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


async def _new_recovery_codes(session: AsyncSession, member_id: UUID) -> list[str]:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member_id))
    codes = [b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower() for _ in range(RECOVERY_CODES)]
    session.add_all([RecoveryCode(member_id=member_id, code_hash=hash_token(code)) for code in codes])
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


async def _changed(session: AsyncSession, actor: Actor, what: notices.Notice, where: str) -> None:
    record(session, CredentialsChanged(member_id=actor.member_id), actor_id=actor.id)
    audit(session, actor.id, what.replace("_", ".", 1), "member", actor.member_id)
    await notices.tell(session, actor.member_id, what, {"where": where})


async def _primary_email(session: AsyncSession, member_id: UUID) -> str | None:
    return await session.scalar(select(Address.email).where(Address.member_id == member_id, Address.is_primary))


def _squeezed(code: str) -> str:
    return "".join(code.split()).replace("-", "")
