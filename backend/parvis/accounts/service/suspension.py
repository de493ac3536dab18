"""Keeping a member out for a time."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import MemberRestored, MemberSuspended
from parvis.accounts.queries.people import Person, person_of
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import require
from parvis.kernel.events import record

from . import sessions
from .managing import managed_member, refuse_last_administrator

NOT_YOURSELF = {"fr": "Vous ne pouvez pas vous suspendre.", "en": "You cannot suspend yourself."}


async def suspend(session: AsyncSession, actor: Actor, member_id: UUID) -> Person:
    """Ends every session at once. Who is suspended already stays so.

    Raises `Forbidden`, `NotFound` and `LastAdministrator`.
    """
    member = await managed_member(session, actor, member_id)
    require(member_id != actor.id, NOT_YOURSELF)
    if member.suspended_at is None:
        await refuse_last_administrator(session, member_id)
        member.suspended_at = clock.now()
        await sessions.revoke_others(session, member_id, except_id=None)
        record(session, MemberSuspended(member_id=member_id), actor_id=actor.id)
        audit(session, actor.id, "member.suspended", "member", member_id)
        await session.flush()
    return await person_of(session, member_id)


async def restore(session: AsyncSession, actor: Actor, member_id: UUID) -> Person:
    """Lets a suspended member sign in again. Raises `Forbidden` and `NotFound`."""
    member = await managed_member(session, actor, member_id)
    if member.suspended_at is not None:
        member.suspended_at = None
        record(session, MemberRestored(member_id=member_id), actor_id=actor.id)
        audit(session, actor.id, "member.restored", "member", member_id)
        await session.flush()
    return await person_of(session, member_id)
