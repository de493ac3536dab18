"""Coming in: what has been proved, what is still to be proved, and the session at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member, Ticket
from parvis.accounts.queries.identities import holder_by
from parvis.kernel.errors import Forbidden, Gone, invalid

from . import sessions, sign_in_log, tickets, totp
from .sessions import Device

LINK = "sign_in"
SECOND_FACTOR = "second_factor"
LEAVING = "leaving"
NEXT_STEP_LIFETIME = timedelta(minutes=10)


class AccountClosed(Forbidden):
    """Told only to who has just proved to be its member."""

    code = "account_closed"
    title = {
        "fr": "Ce compte est fermé. Adressez-vous à votre établissement.",
        "en": "This account is closed. Please contact your institution.",
    }


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The end: a session, and the value of its cookie."""

    session_id: UUID
    cookie: str


@dataclass(frozen=True, slots=True)
class SecondFactorNeeded:
    ticket: str


@dataclass(frozen=True, slots=True)
class OtherBrowser:
    """A link opened elsewhere than where it was asked for: this code is to be typed there."""

    code: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """Proved, but the member asked to be erased: with this ticket he may take that back (`leaving.stay`)."""

    ticket: str
    leaves_at: datetime


Outcome = SignedIn | SecondFactorNeeded | OtherBrowser | Leaving


async def enter(
    session: AsyncSession, member_id: UUID, methods: Sequence[str], device: Device, *, strong: bool = False
) -> Outcome:
    """What follows when `methods` were proved (RFC 8176 `amr`): a session; or, unless they were `strong` enough to be
    two factors, a ticket for the second one, when the member has one; or the choice of who is leaving.

    Raises `AccountClosed`.
    """
    member = await session.get(Member, member_id)
    if member is None or not (member.is_active or member.is_leaving):
        raise AccountClosed
    if not strong and await totp.is_on(session, member_id):
        return SecondFactorNeeded(await _ticket(session, SECOND_FACTOR, member_id, methods))
    if member.leaves_at is not None:
        return Leaving(await _ticket(session, LEAVING, member_id, methods), member.leaves_at)
    opened, cookie = await sessions.open_session(session, member, methods=methods, device=device)
    return SignedIn(opened.id, cookie)


async def with_second_factor(
    session: AsyncSession, vault: totp.TotpVault, token: str, code: str, device: Device
) -> Outcome:
    """The second step; its try was counted before (`tickets.attempt`). Raises `Gone`, `WrongCode`, `AccountClosed`."""
    ticket = await tickets.spend(session, SECOND_FACTOR, token)
    assert ticket.member_id is not None
    with sign_in_log.refusals("otp", device.network, ticket.member_id):
        await totp.check(session, vault, ticket.member_id, code)
    return await enter(session, ticket.member_id, [*ticket.data["methods"], "otp", "mfa"], device, strong=True)


async def with_link(session: AsyncSession, token: str, browser: bytes | None, device: Device) -> Outcome:
    """Opens a session in the browser that asked for the link; gives a code to any other. Raises `Gone`."""
    ticket = await tickets.peek(session, LINK, token)
    if ticket.browser_hash != browser:
        return OtherBrowser(await tickets.turn_into_code(session, ticket))
    return await _by_mail(session, await tickets.spend(session, LINK, token), device)


async def with_code(session: AsyncSession, waiting: list[Ticket], code: str, device: Device) -> Outcome:
    """The code shown by another browser; its try was counted before (`tickets.attempt_code`).

    Raises `Gone`, and `Invalid` for a wrong code.
    """
    ticket = await tickets.spend_code(session, waiting, code)
    with sign_in_log.refusals("email", device.network):
        if ticket is None:
            raise invalid("code", "wrong_code", "Ce code n’est pas le bon.", "This code is wrong.")
    return await _by_mail(session, ticket, device)


async def _ticket(session: AsyncSession, purpose: str, member_id: UUID, methods: Sequence[str]) -> str:
    """For the step that follows, which knows by it who is there and how he proved it."""
    said = {"methods": list(methods)}
    return await tickets.issue(session, purpose, member_id=member_id, data=said, lifetime=NEXT_STEP_LIFETIME)


async def _by_mail(session: AsyncSession, ticket: Ticket, device: Device) -> Outcome:
    """The address may have stopped standing for its member since the mail left."""
    holder = await holder_by(session, ticket.address_id)
    if holder is None:
        raise Gone
    return await enter(session, holder[0].id, ["email"], device)
