"""Step-up: proving again, in an open session, who is there. For ten minutes that allows what changes who can get in.

With a second factor on, what a stolen mailbox or an overheard password gives is not enough: only a passkey or a code.
Where roles need one, who has a passkey has it on.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import PROOF_HOLDS, Actor
from parvis.accounts.models import Address, Member, Password
from parvis.accounts.passwords import Passwords
from parvis.accounts.queries.credentials import Credentials, credentials
from parvis.accounts.queries.identities import identifying
from parvis.accounts.schemas.passkeys import AuthenticationCredential, RequestOptions
from parvis.accounts.schemas.proof import ProofKind
from parvis.accounts.webauthn import RelyingParty
from parvis.kernel.db import Database, Write
from parvis.kernel.errors import Conflict, FieldError, Forbidden, Invalid, Text

from . import notices, passkeys, tickets, totp
from .sessions import prove

PURPOSE = "prove"
MINUTES = int(tickets.LIFETIME.total_seconds()) // 60

WRONG_PASSWORD: Text = {"fr": "Ce n’est pas votre mot de passe.", "en": "This is not your password."}


class ProofNotOffered(Conflict):
    code = "proof_not_offered"
    title = {
        "fr": "Ce moyen ne suffit pas pour votre compte.",
        "en": "This is not enough for your account.",
    }


class SomebodyElse(Forbidden):
    """In a session of one member, the university named another."""

    code = "somebody_else"
    title = {
        "fr": "Cette identité universitaire n’est pas celle de votre compte.",
        "en": "This university identity is not the one of your account.",
    }


class WrongPassword(Invalid):
    code = "wrong_password"

    def __init__(self) -> None:
        super().__init__(fields=[FieldError("password", "wrong_password", WRONG_PASSWORD)])


def kinds_for(actor: Actor, held: Credentials, *, by_university: bool) -> list[ProofKind]:
    """How this member can prove himself, the strongest first; `by_university`: where there is such a sign-in."""
    kinds: list[ProofKind] = ["passkey"] if held.passkeys else []
    if held.totp_confirmed_at is not None:
        return [*kinds, "totp"]
    if kinds and actor.withheld:
        return kinds
    kinds += ["password"] if held.password_changed_at is not None else []
    kinds += ["email_code"] if held.addresses else []
    kinds += ["university"] if held.identifier is not None and by_university else []
    return kinds


def proved_until(actor: Actor) -> datetime | None:
    return actor.proved_at + PROOF_HOLDS if actor.proved_at and actor.has_recent_proof() else None


async def passkey_options(session: AsyncSession, actor: Actor, party: RelyingParty) -> RequestOptions:
    """What to ask an authenticator for, in this session. Raises `ProofNotOffered` without a passkey."""
    await require_offered(session, actor, "passkey")
    mark = passkeys.session_mark(actor)
    return await passkeys.request_options(session, party, browser=mark, member_id=actor.member_id)


async def send_code(session: AsyncSession, actor: Actor) -> str:
    """Sends a code to the main address, to be typed in this session; gives that address. Raises `ProofNotOffered`."""
    await require_offered(session, actor, "email_code")
    reached = select(Address.email).where(Address.member_id == actor.member_id, identifying())
    email = (await session.scalars(reached.order_by(Address.is_primary.desc(), Address.id).limit(1))).one()
    token = await tickets.issue(session, PURPOSE, member_id=actor.member_id, browser=passkeys.session_mark(actor))
    code = await tickets.turn_into_code(session, await tickets.peek(session, PURPOSE, token))
    member = await session.get_one(Member, actor.member_id)
    data: dict[str, str | int] = {"link": notices.SECURITY_PAGE, "code": code, "minutes": MINUTES}
    await notices.send(session, member, "proof_code", email, data)
    return email


async def by_email_code(write: Write, actor: Actor, code: str) -> datetime:
    """Raises `ProofNotOffered`, `WrongCode`, and `Gone` when no code was asked for or after five tries."""
    waiting = await write(tickets.attempt_code, PURPOSE, passkeys.session_mark(actor))

    async def spend(session: AsyncSession) -> datetime:
        await require_offered(session, actor, "email_code")
        if await tickets.spend_code(session, waiting, code) is None:
            raise totp.WrongCode
        return await _until(session, actor, ["email"])

    return await write(spend)


async def by_totp(session: AsyncSession, actor: Actor, vault: totp.TotpVault, code: str) -> datetime:
    """Raises `WrongCode`. Callers limit how often it may be tried."""
    await totp.check(session, vault, actor.member_id, code)
    return await _until(session, actor, ["otp"])


async def by_password(database: Database, passwords: Passwords, actor: Actor, password: str) -> datetime:
    """Raises `ProofNotOffered`, `WrongPassword`, and `Unavailable` when too many wait to be hashed."""
    async with database.reading() as session:
        kept = await _password_of(session, actor)
    if not await passwords.verify(password, kept):
        raise WrongPassword
    return await database.write(_until, actor, ["pwd"])


async def by_passkey(
    write: Write, actor: Actor, party: RelyingParty, credential: AuthenticationCredential, where: str
) -> datetime:
    """Raises `Gone`, `PasskeyUnknown`, `PasskeyRefused`."""
    used = await passkeys.use(
        write, party, credential, browser=passkeys.session_mark(actor), where=where, member_id=actor.member_id
    )
    return await write(_until, actor, used.methods)


async def by_university(session: AsyncSession, actor: Actor, identifier: str) -> datetime:
    """Whom the university has just named is there. Raises `ProofNotOffered`, `SomebodyElse`."""
    await require_offered(session, actor, "university")
    if (await session.get_one(Member, actor.member_id)).identifier != identifier:
        raise SomebodyElse
    return await _until(session, actor, ["oidc"])


async def _password_of(session: AsyncSession, actor: Actor) -> str | None:
    await require_offered(session, actor, "password")
    return await session.scalar(select(Password.hash).where(Password.member_id == actor.member_id))


async def require_offered(session: AsyncSession, actor: Actor, kind: ProofKind) -> None:
    held = await credentials(session, actor.member_id)
    if kind not in kinds_for(actor, held, by_university=kind == "university"):
        raise ProofNotOffered


async def _until(session: AsyncSession, actor: Actor, methods: list[str]) -> datetime:
    return await prove(session, actor, methods) + PROOF_HOLDS
