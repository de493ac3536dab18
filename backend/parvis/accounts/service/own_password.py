"""A member's own password: setting, changing and removing it. Either ends every other session."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Password
from parvis.accounts.passwords import Passwords, accepted
from parvis.accounts.queries.credentials import credentials
from parvis.accounts.queries.identities import known_of
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.db import Database
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record

from . import notices, sessions, tickets
from .members import locked_member
from .passkeys import LastCredential
from .reset import VOIDED


async def change(database: Database, passwords: Passwords, actor: Actor, password: str, where: str) -> None:
    """Raises `Invalid` on `password`, and `Unavailable` when too many wait to be hashed."""
    async with database.reading() as session:
        known = await known_of(session, actor.member_id)
    kept = await passwords.hash(accepted(password, known))
    await database.write(_keep, actor, kept, where)


async def remove(session: AsyncSession, actor: Actor, where: str) -> None:
    """Raises `NotFound` without one, `LastCredential`."""
    await locked_member(session, actor.member_id)
    password = await session.get(Password, actor.member_id)
    if password is None:
        raise NotFound
    if not (await credentials(session, actor.member_id)).can_lose_password:
        raise LastCredential
    await session.delete(password)
    await _changed(session, actor, "password_removed", where)


async def _keep(session: AsyncSession, actor: Actor, kept: str, where: str) -> None:
    await locked_member(session, actor.member_id)
    password = await session.get(Password, actor.member_id)
    if password is None:
        session.add(Password(member_id=actor.member_id, hash=kept))
    else:
        password.hash, password.changed_at = kept, clock.now()
    await _changed(session, actor, "password_set" if password is None else "password_changed", where)


async def _changed(session: AsyncSession, actor: Actor, notice: notices.Notice, where: str) -> None:
    await sessions.revoke_others(session, actor.member_id, actor.session_id)
    await tickets.cancel(session, actor.member_id, VOIDED)
    record(session, CredentialsChanged(member_id=actor.member_id), actor_id=actor.id)
    audit(session, actor.id, notice.replace("_", "."), "member", actor.member_id)
    await notices.tell(session, actor.member_id, notice, {"where": where})
