"""Single-use secrets: sent by mail, or held between two steps of signing in.

Only hashes are kept. A ticket is spent by one conditional `UPDATE`, so that of many who come at once one gets in.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, Update, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Ticket
from parvis.kernel import clock
from parvis.kernel.db import Database, UtcDateTime
from parvis.kernel.errors import Gone
from parvis.kernel.ids import new_id
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.secrets import hash_token, new_token

LIFETIME = timedelta(minutes=15)
MAX_ATTEMPTS = 5
KEPT_EXPIRED = timedelta(days=1)
PURGE = "tickets.purge"
PURGED_AT_ONCE = 500

CODE_LETTERS = "BCDFGHJKMNPQRTVWXYZ2346789"
"""No vowel, so that no word appears, and nothing that reads like something else."""
CODE_LENGTH = 8


async def issue(
    session: AsyncSession,
    purpose: str,
    *,
    member_id: UUID | None = None,
    address_id: UUID | None = None,
    browser: bytes | None = None,
    data: Mapping[str, Any] | None = None,
    lifetime: timedelta = LIFETIME,
) -> str:
    """Makes a ticket and gives its secret, this once. `browser` is the hash of the cookie of the browser that asked."""
    token, now = new_token(), clock.now()
    made = {
        "id": new_id(),
        "purpose": purpose,
        "token_hash": hash_token(token),
        "member_id": member_id,
        "address_id": address_id,
        "browser_hash": browser,
        "attempts": 0,
        "data": dict(data or {}),
        "created_at": now,
        "expires_at": now + lifetime,
    }
    await session.execute(_ISSUE, [made])
    due = now.replace(minute=0, second=0, microsecond=0) + lifetime + KEPT_EXPIRED + timedelta(hours=1)
    await enqueue(session, PURGE, {}, run_at=due, unique=due.isoformat())
    return token


async def peek(session: AsyncSession, purpose: str, token: str) -> Ticket:
    """The ticket, left unspent. Raises `Gone` when it is unknown, spent or expired."""
    query = select(Ticket).where(*_open(purpose), Ticket.token_hash == hash_token(token))
    return _found((await session.execute(query)).scalar_one_or_none())


async def spend(session: AsyncSession, purpose: str, token: str) -> Ticket:
    """Spends the ticket. Raises `Gone` when it is unknown, spent or expired."""
    return await _take(session, _spending(purpose).where(Ticket.token_hash == hash_token(token)))


async def spend_for(session: AsyncSession, purpose: str, token: str) -> Mapping[str, Any]:
    """Spends the ticket, and gives what it was issued with. Raises `Gone` when it is unknown, spent or expired."""
    now = clock.now()
    asked = {"of": purpose, "hash": hash_token(token), "now": now}
    data = (await session.execute(_SPEND, asked)).scalar_one_or_none()
    if data is None:
        raise Gone
    return cast("Mapping[str, Any]", data)


async def attempt(session: AsyncSession, purpose: str, token: str) -> Ticket:
    """Counts a try at what the ticket asks for, to be committed before the try is judged.

    Raises `Gone` after five, or when the ticket is unknown, spent or expired.
    """
    return await _take(session, _trying(purpose).where(Ticket.token_hash == hash_token(token)))


async def turn_into_code(session: AsyncSession, ticket: Ticket) -> str:
    """Trades an unspent link for a short code, to be typed where it was asked for. Raises `Gone` when done before."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    await _take(
        session,
        update(Ticket)
        .where(*_open(ticket.purpose), Ticket.id == ticket.id, Ticket.code_hash.is_(None))
        .values(code_hash=_code_hash(ticket, code)),
    )
    return f"{code[:4]}-{code[4:]}"


async def attempt_code(session: AsyncSession, purpose: str, browser: bytes | None) -> list[Ticket]:
    """Counts a try at every code that this browser waits for, and gives their tickets.

    To be committed before the try is judged. Raises `Gone` when there is none, or after five tries.
    """
    if browser is None:
        raise Gone
    tried = _trying(purpose).where(Ticket.browser_hash == browser, Ticket.code_hash.is_not(None))
    tickets = list(await session.scalars(tried.returning(Ticket)))
    if not tickets:
        raise Gone
    return tickets


async def spend_code(session: AsyncSession, tickets: list[Ticket], code: str) -> Ticket | None:
    """Spends the one of these tickets that the code belongs to, if any. Raises `Gone` when somebody just did."""
    typed = "".join(letter for letter in code.upper() if letter in CODE_LETTERS)
    for ticket in tickets:
        if secrets.compare_digest(ticket.code_hash or b"", _code_hash(ticket, typed)):
            return await _take(session, _spending(ticket.purpose).where(Ticket.id == ticket.id))
    return None


async def cancel(session: AsyncSession, member_id: UUID, purposes: Collection[str]) -> None:
    """Voids the open tickets of a member for these purposes: what they were given out for has changed."""
    waiting = update(Ticket).where(
        Ticket.member_id == member_id, Ticket.purpose.in_(purposes), Ticket.used_at.is_(None)
    )
    await session.execute(waiting.values(used_at=clock.now()).execution_options(synchronize_session=False))


def purge_tickets(database: Database) -> Handler:
    """The handler of `tickets.purge`: forgets what expired more than a day ago."""

    async def purge(_job: LeasedJob) -> None:
        while await database.write(_purge) == PURGED_AT_ONCE:
            pass

    return purge


async def _purge(session: AsyncSession) -> int:
    expired = select(Ticket.id).where(Ticket.expires_at < clock.now() - KEPT_EXPIRED).limit(PURGED_AT_ONCE)
    found = list(await session.scalars(expired))
    await session.execute(delete(Ticket).where(Ticket.id.in_(found)))
    return len(found)


_tickets = cast(Table, Ticket.__table__)
_ISSUE = insert(_tickets)
_SPEND = (
    update(_tickets)
    .where(
        _tickets.c.token_hash == bindparam("hash"),
        _tickets.c.purpose == bindparam("of"),
        _tickets.c.used_at.is_(None),
        _tickets.c.expires_at > bindparam("now", type_=UtcDateTime),
    )
    .values(used_at=bindparam("now", type_=UtcDateTime))
    .returning(_tickets.c.data)
)


def _open(purpose: str) -> tuple[Any, ...]:
    return (Ticket.purpose == purpose, Ticket.used_at.is_(None), Ticket.expires_at > clock.now())


def _spending(purpose: str) -> Update:
    return update(Ticket).where(*_open(purpose)).values(used_at=clock.now())


def _trying(purpose: str) -> Update:
    return (
        update(Ticket)
        .where(*_open(purpose), Ticket.attempts < MAX_ATTEMPTS)
        .values(attempts=Ticket.attempts + 1)
        .execution_options(synchronize_session=False)
    )


async def _take(session: AsyncSession, change: Update) -> Ticket:
    changed = change.returning(Ticket).execution_options(synchronize_session=False, populate_existing=True)
    return _found((await session.execute(changed)).scalar_one_or_none())


def _found(ticket: Ticket | None) -> Ticket:
    if ticket is None:
        raise Gone
    return ticket


def _code_hash(ticket: Ticket, code: str) -> bytes:
    return sha256(ticket.id.bytes + code.encode()).digest()
