"""What a client gets for a code or a refresh token (RFC 6749 sections 4.1.3 and 6, RFC 9700, RFC 7009).

A grant that is refused gives None and not an exception: what a replay revokes must be committed.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import scopes
from parvis.accounts.devices import place_of
from parvis.accounts.events import SessionOpened
from parvis.accounts.models import AuthorizationCode, Member, RefreshToken, Session
from parvis.accounts.refresh import RefreshTokens
from parvis.accounts.service import notices, sessions
from parvis.accounts.service.sessions import LONGEST_USER_AGENT, Device
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record
from parvis.kernel.secrets import hash_token

from .clients import Client

SESSION_HOLDS = timedelta(days=180)
"""After this long the member signs in again, however often the client came."""
REFRESH_HOLDS = timedelta(days=30)
"""A client that has not come for this long signs in again."""
VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class ScopeExceeded(Exception):
    """A client asks for more than its member gave."""


@dataclass(frozen=True)
class Grant:
    """What the client may have: access to this session with these scopes, and what to come back with."""

    session: Session
    scopes: list[str]
    refresh_token: str


@dataclass(frozen=True)
class CodeExchange:
    """What a client brings for a code."""

    client: Client
    code: str
    redirect_uri: str
    verifier: str


async def exchange_code(
    session: AsyncSession, brought: CodeExchange, device: Device, refresh_tokens: RefreshTokens
) -> Grant | None:
    """Opens a mobile session for a code, once; None when it gives nothing. A code used again ends what it gave."""
    query = select(AuthorizationCode).where(AuthorizationCode.code_hash == hash_token(brought.code))
    code = (await session.execute(query.with_for_update())).scalar_one_or_none()
    if code is None:
        return None
    if code.used_at is not None:
        if code.session_id is not None:
            await _end(session, code.member_id, code.session_id)
        return None
    consent = await session.get_one(Session, code.consented_in)
    if not _fits(code, brought) or not await _stands(session, consent):
        return None
    opened = Session(
        member_id=code.member_id,
        kind="mobile",
        client_id=code.client_id,
        scopes=code.scopes,
        methods=consent.methods,
        proved_at=consent.proved_at,
        user_agent=device.user_agent[:LONGEST_USER_AGENT],
        network=device.network,
        expires_at=clock.now() + SESSION_HOLDS,
    )
    session.add(opened)
    await session.flush()
    code.used_at, code.session_id = clock.now(), opened.id
    refresh_token = refresh_tokens.write(opened.id)
    session.add(
        RefreshToken(session_id=opened.id, token_hash=hash_token(refresh_token), expires_at=clock.now() + REFRESH_HOLDS)
    )
    record(session, SessionOpened(member_id=code.member_id, session_id=opened.id), actor_id=code.member_id)
    place = place_of(device.user_agent, device.network)
    await notices.tell(session, code.member_id, "mobile_connected", {"where": place})
    return Grant(opened, opened.scopes, refresh_token)


async def refresh(
    session: AsyncSession,
    client: Client,
    session_id: UUID,
    token: str,
    narrowed: list[str] | None,
    refresh_tokens: RefreshTokens,
) -> Grant | None:
    """Trades a refresh token of ours for the next; None when it gives nothing. One used before ends the session.

    `narrowed`: fewer scopes, for this access token alone. Raises `ScopeExceeded` when they are not fewer.
    """
    query = select(RefreshToken).where(RefreshToken.session_id == session_id).with_for_update()
    current = (await session.execute(query)).scalar_one_or_none()
    family = await session.get(Session, session_id)
    if current is None or family is None or family.client_id != client.id or not await _stands(session, family):
        return None
    if not hmac.compare_digest(current.token_hash, hash_token(token)):
        await _end(session, family.member_id, family.id)
        audit(session, family.member_id, "session.reuse_stopped", "session", family.id)
        await notices.tell(session, family.member_id, "mobile_reuse_stopped")
        return None
    if current.expires_at <= clock.now():
        return None
    if narrowed is not None and not set(narrowed) <= set(family.scopes):
        raise ScopeExceeded
    following, now = refresh_tokens.write(family.id), clock.now()
    current.token_hash, current.rotated_at, current.expires_at = hash_token(following), now, now + REFRESH_HOLDS
    family.seen_at = now
    return Grant(family, family.scopes if narrowed is None else scopes.in_order(narrowed), following)


async def revoke(session: AsyncSession, client: Client, session_id: UUID) -> None:
    """Ends the mobile session that one of its tokens names, if it is this client's and open (RFC 7009 section 2.1)."""
    family = await session.get(Session, session_id)
    if family is not None and family.client_id == client.id:
        await _end(session, family.member_id, family.id)


def _fits(code: AuthorizationCode, brought: CodeExchange) -> bool:
    challenge = urlsafe_b64encode(sha256(brought.verifier.encode()).digest()).decode().rstrip("=")
    return (
        code.expires_at > clock.now()
        and code.client_id == brought.client.id
        and code.redirect_uri == brought.redirect_uri
        and VERIFIER.fullmatch(brought.verifier) is not None
        and hmac.compare_digest(code.challenge, challenge)
    )


async def _stands(session: AsyncSession, one: Session) -> bool:
    member = await session.get(Member, one.member_id)
    return one.revoked_at is None and one.expires_at > clock.now() and member is not None and member.is_active


async def _end(session: AsyncSession, member_id: UUID, session_id: UUID) -> None:
    try:
        await sessions.revoke(session, member_id, session_id)
    except NotFound:
        return  # It has ended already.
