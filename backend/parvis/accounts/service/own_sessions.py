"""A member ends sessions of his own, from afar."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.audit import audit

from . import sessions


async def end(session: AsyncSession, actor: Actor, session_id: UUID) -> None:
    """Raises `NotFound` when it is not one of the member's, or has ended."""
    await sessions.revoke(session, actor.member_id, session_id)
    audit(session, actor.id, "session.revoked", "session", session_id)


async def end_others(session: AsyncSession, actor: Actor) -> None:
    """Ends every session but the one that asks."""
    ended = await sessions.revoke_others(session, actor.member_id, actor.session_id)
    if ended:
        audit(session, actor.id, "session.others_revoked", "member", actor.member_id, {"count": ended})
