"""Leaving for good: the account closes at once, and is erased after a time in which its member may come back."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.events import DeletionCancelled, DeletionRequested
from parvis.accounts.models import Address, Member
from parvis.accounts.names import sort_name
from parvis.accounts.queries.identities import identifying
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import invalid
from parvis.kernel.events import record
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language, write_date
from parvis.kernel.jobs import enqueue

from . import notices, sessions, sign_in, tickets
from .managing import refuse_last_administrator
from .members import locked_member
from .sessions import Device

GRACE = timedelta(days=14)
ERASE = "members.erase"
"""The job that erases a member, in `parvis/personal_data/`."""
SIGN_IN_PAGE = "/sign-in"


async def leave(session: AsyncSession, actor: Actor, confirmation: str) -> Member:
    """Closes the account, has it erased in fourteen days, and tells the member at every address.

    `confirmation` is the member's name, typed. Raises `Invalid` and `LastAdministrator`.
    """
    member = await locked_member(session, actor.member_id)
    if sort_name(confirmation) != sort_name(member.name):
        raise invalid("confirmation", "not_your_name", "Ce n’est pas votre nom.", "This is not your name.")
    await refuse_last_administrator(session, member.id)
    member.leaves_at = clock.now() + GRACE
    await sessions.revoke_others(session, member.id, except_id=None)
    record(session, DeletionRequested(member_id=member.id, leaves_at=member.leaves_at), actor_id=actor.id)
    audit(session, actor.id, "deletion.requested", "member", member.id)
    due = member.leaves_at
    await enqueue(session, ERASE, {"member_id": str(member.id)}, run_at=due, unique=f"{member.id} {due.isoformat()}")
    await _tell(session, member, due.date())
    await session.flush()
    return member


async def stay(session: AsyncSession, token: str, device: Device) -> sign_in.Outcome:
    """Opens the account again to who has just proved to be its member. Raises `Gone` and `AccountClosed`."""
    ticket = await tickets.spend(session, sign_in.LEAVING, token)
    assert ticket.member_id is not None
    member = await locked_member(session, ticket.member_id)
    if member.is_leaving:
        member.leaves_at = None
        record(session, DeletionCancelled(member_id=member.id), actor_id=member.id)
        audit(session, member.id, "deletion.cancelled", "member", member.id)
        await notices.tell(session, member.id, "deletion_cancelled")
        await session.flush()
    return await sign_in.enter(session, member.id, ticket.data["methods"], device, strong=True)


async def is_due(session: AsyncSession, member_id: UUID) -> bool:
    """Whether the time has come, and nothing was taken back."""
    due = select(Member.id).where(Member.id == member_id, Member.leaves_at <= clock.now(), Member.deleted_at.is_(None))
    return await session.scalar(due) is not None


async def _tell(session: AsyncSession, member: Member, day: date) -> None:
    language = member.language if is_language(member.language) else DEFAULT_LANGUAGE
    said = {"link": SIGN_IN_PAGE, "day": write_date(day, language)}
    reached = select(Address.email).where(Address.member_id == member.id, identifying())
    for email in await session.scalars(reached.order_by(Address.id)):
        await notices.send(session, member, "deletion_requested", email, said)
