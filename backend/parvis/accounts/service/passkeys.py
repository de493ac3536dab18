"""Passkeys: adding, naming, removing and using them.

A challenge is spent by its own unit of work, before the answer is judged: a refused answer cannot be tried again.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import webauthn
from parvis.accounts.actor import Actor
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Address, Passkey, Ticket
from parvis.accounts.queries.credentials import MOST_PASSKEYS, credentials, passkey_of, passkeys_of
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.schemas.passkeys import (
    AuthenticationCredential,
    CreationOptions,
    PasskeyDraft,
    RequestOptions,
)
from parvis.accounts.webauthn import PasskeyRefused, RelyingParty
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Write
from parvis.kernel.errors import Conflict, Gone
from parvis.kernel.events import record
from parvis.kernel.secrets import hash_token

from . import notices, sessions, sign_in_log, tickets
from .members import locked_member
from .sessions import Device
from .sign_in import Outcome, enter

PURPOSE = "passkey"


class PasskeyKnown(Conflict):
    code = "passkey_known"
    title = {"fr": "Cette clé d’accès est déjà enregistrée.", "en": "This passkey is already registered."}


class TooManyPasskeys(Conflict):
    code = "too_many_passkeys"
    title = {
        "fr": f"Vous avez déjà {MOST_PASSKEYS} clés d’accès. Supprimez-en une d’abord.",
        "en": f"You already have {MOST_PASSKEYS} passkeys. Remove one first.",
    }


class PasskeyUnknown(PasskeyRefused):
    """No such key here: browsers can be told to forget it (section 5.1.10.1)."""

    code = "passkey_unknown"
    title = {"fr": "Cette clé d’accès n’est pas connue ici.", "en": "This passkey is not known here."}


class LastCredential(Conflict):
    code = "last_credential"
    title = {
        "fr": "C’est votre dernier moyen d’entrer : ajoutez-en un autre d’abord.",
        "en": "This is your last way in: add another first.",
    }


@dataclass(frozen=True, slots=True)
class KeyUsed:
    """Whose key was used, and what it proved (RFC 8176 `amr`). `two_factors`: it also knew its user."""

    member_id: UUID
    methods: list[str]
    two_factors: bool


def session_mark(actor: Actor) -> bytes:
    """Ties a ticket to the session that asked for it, as the mark of a browser does to a browser."""
    assert actor.session_id is not None  # `InPerson` sees to it.
    return hash_token(f"session {actor.session_id}")


async def creation_options(session: AsyncSession, actor: Actor, party: RelyingParty) -> CreationOptions:
    """What to ask an authenticator to make. Raises `TooManyPasskeys`."""
    known = await passkeys_of(session, actor.member_id)
    if len(known) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    account = select(Address.email).where(Address.member_id == actor.member_id, Address.is_primary)
    options = webauthn.creation_options(
        party,
        organisation=(await organisation(session)).name,
        member_id=actor.member_id,
        account=await session.scalar(account) or actor.name,
        name=actor.name,
        known=known,
        challenge=await tickets.issue(session, PURPOSE, member_id=actor.member_id, browser=session_mark(actor)),
    )
    return CreationOptions.model_validate(options)


async def request_options(
    session: AsyncSession, party: RelyingParty, *, browser: bytes, member_id: UUID | None = None
) -> RequestOptions:
    """What to ask an authenticator for: one of this member's keys, or whichever of ours it holds."""
    options = webauthn.request_options(
        party,
        allowed=await passkeys_of(session, member_id) if member_id else [],
        challenge=await tickets.issue(session, PURPOSE, member_id=member_id, browser=browser),
    )
    return RequestOptions.model_validate(options)


async def add(
    write: Write, actor: Actor, party: RelyingParty, draft: PasskeyDraft, name: str, where: str
) -> tuple[Passkey, bool]:
    """Registers the key; gives it, and whether it could be removed. The session counts as proved by it.

    Raises `PasskeyRefused`, `Gone`, `PasskeyKnown`, `TooManyPasskeys`.
    """
    credential = draft.credential.model_dump(by_alias=True)
    challenge = webauthn.challenge_in(credential)
    await write(_spend, challenge, session_mark(actor), actor.member_id)
    key = webauthn.read_registration(party, credential, challenge)
    return await write(_add, actor, key, draft.name or name, where)


async def rename(session: AsyncSession, actor: Actor, passkey_id: UUID, name: str) -> tuple[Passkey, bool]:
    """Gives it back, and whether it could be removed. Raises `NotFound`."""
    passkey = await passkey_of(session, actor.member_id, passkey_id)
    passkey.name = name
    record(session, CredentialsChanged(member_id=actor.member_id), actor_id=actor.id)
    return passkey, (await credentials(session, actor.member_id)).can_lose_passkey


async def remove(session: AsyncSession, actor: Actor, passkey_id: UUID, where: str) -> None:
    """Raises `NotFound`, `LastCredential`."""
    await locked_member(session, actor.member_id)
    passkey = await passkey_of(session, actor.member_id, passkey_id)
    if not (await credentials(session, actor.member_id)).can_lose_passkey:
        raise LastCredential
    await session.delete(passkey)
    await _changed(session, actor.member_id, "passkey_removed", passkey, where)


async def sign_in(
    write: Write,
    party: RelyingParty,
    credential: AuthenticationCredential,
    *,
    browser: bytes | None,
    where: str,
    device: Device,
) -> Outcome:
    """Raises `Gone` for a challenge that this browser was not given, or that was used; `PasskeyUnknown`,
    `PasskeyRefused`, `AccountClosed`."""
    if browser is None:
        raise Gone
    with sign_in_log.refusals("passkey", device.network):
        used = await use(write, party, credential, browser=browser, where=where)
    return await write(enter, used.member_id, used.methods, device, strong=used.two_factors)


async def use(
    write: Write,
    party: RelyingParty,
    credential: AuthenticationCredential,
    *,
    browser: bytes,
    where: str,
    member_id: UUID | None = None,
) -> KeyUsed:
    """What a key proves of whoever holds it, or of this very member.

    Raises `Gone` for a challenge that was not given to this browser, or was used; `PasskeyUnknown`, `PasskeyRefused`.
    """
    answer = credential.model_dump(by_alias=True, exclude_none=True)
    challenge = webauthn.challenge_in(answer)
    await write(_spend, challenge, browser, member_id)
    used = await write(_use, party, credential, challenge, member_id, where)
    if used is None:
        raise PasskeyRefused
    return used


async def _spend(session: AsyncSession, challenge: str, browser: bytes, member_id: UUID | None) -> Ticket:
    ticket = await tickets.spend(session, PURPOSE, challenge)
    if ticket.browser_hash != browser or ticket.member_id != member_id:
        raise Gone
    return ticket


async def _add(
    session: AsyncSession, actor: Actor, key: webauthn.NewKey, name: str, where: str
) -> tuple[Passkey, bool]:
    await locked_member(session, actor.member_id)
    if len(await passkeys_of(session, actor.member_id)) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    passkey = Passkey(
        member_id=actor.member_id,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        transports=key.transports,
        backed_up=key.backed_up,
        name=name,
    )
    try:
        async with session.begin_nested():
            session.add(passkey)
            await session.flush()
    except IntegrityError:
        raise PasskeyKnown from None
    await sessions.prove(session, actor, _proved_by(key))
    await _changed(session, actor.member_id, "passkey_added", passkey, where)
    return passkey, (await credentials(session, actor.member_id)).can_lose_passkey


async def _use(
    session: AsyncSession,
    party: RelyingParty,
    credential: AuthenticationCredential,
    challenge: str,
    member_id: UUID | None,
    where: str,
) -> KeyUsed | None:
    """None for a key that was copied: saying so to its member is kept, though the sign-in is not."""
    answer = credential.model_dump(by_alias=True, exclude_none=True)
    passkey = await _named_by(session, credential)
    if passkey is None or member_id not in {None, passkey.member_id}:
        raise PasskeyUnknown
    handle = credential.response.user_handle
    if handle != webauthn.user_handle(passkey.member_id) and (handle is not None or member_id is None):
        raise PasskeyRefused
    assertion = webauthn.read_assertion(party, answer, challenge, passkey)
    if webauthn.is_copy(passkey.sign_count, assertion.sign_count):
        await _warn_of_copy(session, passkey, where)
        return None
    passkey.sign_count, passkey.backed_up = assertion.sign_count, assertion.backed_up
    passkey.last_used_at = clock.now()
    return KeyUsed(passkey.member_id, _proved_by(assertion), assertion.user_verified)


def _proved_by(key: webauthn.NewKey | webauthn.Assertion) -> list[str]:
    """In the words of RFC 8176."""
    return ["swk" if key.backed_up else "hwk", *(["mfa"] if key.user_verified else [])]


async def _named_by(session: AsyncSession, credential: AuthenticationCredential) -> Passkey | None:
    """Held until the commit, so that of two answers at once the second sees the count of the first."""
    named = select(Passkey).where(Passkey.credential_id == webauthn.credential_id(credential.id)).with_for_update()
    return (await session.execute(named.execution_options(populate_existing=True))).scalar_one_or_none()


async def _warn_of_copy(session: AsyncSession, passkey: Passkey, where: str) -> None:
    audit(session, passkey.member_id, "passkey.copied", "passkey", passkey.id)
    await notices.tell(session, passkey.member_id, "passkey_copied", {"name": passkey.name, "where": where})


async def _changed(
    session: AsyncSession, member_id: UUID, notice: notices.Notice, passkey: Passkey, where: str
) -> None:
    record(session, CredentialsChanged(member_id=member_id), actor_id=member_id)
    audit(session, member_id, notice.replace("_", "."), "passkey", passkey.id)
    await notices.tell(session, member_id, notice, {"name": passkey.name, "where": where})
