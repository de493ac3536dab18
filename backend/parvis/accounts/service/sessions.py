"""Where a member is signed in: opening a session, and ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Update, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KEPT_IDLE, Actor
from parvis.accounts.events import SessionOpened, SessionProved, SessionRevoked
from parvis.accounts.models import Member, Session
from parvis.kernel import clock
from parvis.kernel.errors import NotFound, Text, Unauthenticated, require
from parvis.kernel.events import record
from parvis.kernel.secrets import hash_token, new_token

from . import sign_in_log

LONGEST_USER_AGENT = 300
TOKEN_CANNOT: Text = {"fr": "Un jeton n’est dans aucune session.", "en": "A token is in no session."}


@dataclass(frozen=True, slots=True)
class Device:
    """What a request tells of the browser it comes from. `cookie` is the session cookie it brought, if any."""

    user_agent: str
    network: str
    cookie: str | None = None


async def open_session(
    session: AsyncSession, member: Member, *, methods: Sequence[str], device: Device
) -> tuple[Session, str]:
    """Opens a browser's session, and gives the value of its cookie, this once.

    Whatever session the browser was in ends: its cookie is replaced, never kept (OWASP session fixation).
    """
    if device.cookie:
        await _revoke(session, _open_sessions().where(Session.token_hash == hash_token(device.cookie)))
    value, now = new_token(), clock.now()
    opened = Session(
        member_id=member.id,
        kind="browser",
        token_hash=hash_token(value),
        methods=list(methods),
        proved_at=now,
        user_agent=device.user_agent[:LONGEST_USER_AGENT],
        network=device.network,
        expires_at=now + KEPT_IDLE,
    )
    session.add(opened)
    await session.flush()
    sign_in_log.let_in(session, member.id, opened.id, methods, device.network)
    record(session, SessionOpened(member_id=member.id, session_id=opened.id), actor_id=member.id)
    return opened, value


async def prove(session: AsyncSession, actor: Actor, methods: Sequence[str]) -> datetime:
    """Marks the session that the actor is in as proved by these too, now; gives that instant.

    Raises `Unauthenticated` when it has ended meanwhile.
    """
    mine = select(Session).where(Session.id == actor.session_id, Session.revoked_at.is_(None)).with_for_update()
    proved = (await session.execute(mine)).scalar_one_or_none()
    if proved is None:
        raise Unauthenticated
    proved.proved_at = clock.now()
    proved.methods = list(dict.fromkeys([*proved.methods, *methods]))
    record(session, SessionProved(member_id=actor.member_id, session_id=proved.id), actor_id=actor.id)
    return proved.proved_at


async def sign_out(session: AsyncSession, actor: Actor) -> None:
    """Ends the session that the actor is in. Raises `Forbidden` for a personal access token, which is in none."""
    require(actor.session_id is not None, TOKEN_CANNOT)
    await _revoke(session, _open_sessions().where(Session.id == actor.session_id))


async def revoke(session: AsyncSession, member_id: UUID, session_id: UUID) -> None:
    """Ends one session of this member, of a browser or a mobile client. Raises `NotFound`."""
    mine = _open_sessions().where(Session.id == session_id, Session.member_id == member_id)
    if not await _revoke(session, mine):
        raise NotFound


async def revoke_others(session: AsyncSession, member_id: UUID, except_id: UUID | None) -> int:
    """Ends every session of the member but that one, refresh tokens with them. Returns how many ended."""
    others = _open_sessions().where(Session.member_id == member_id)
    if except_id is not None:
        others = others.where(Session.id != except_id)
    return await _revoke(session, others)


def _open_sessions() -> Update:
    return update(Session).where(Session.revoked_at.is_(None)).values(revoked_at=clock.now())


async def _revoke(session: AsyncSession, ending: Update) -> int:
    ended = ending.returning(Session.id, Session.member_id).execution_options(synchronize_session=False)
    rows = (await session.execute(ended)).all()
    for session_id, member_id in rows:
        record(session, SessionRevoked(member_id=member_id, session_id=session_id), actor_id=member_id)
    return len(rows)
