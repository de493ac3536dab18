"""What is left of a member whose account was erased."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import MemberErased
from parvis.accounts.models import Member
from parvis.accounts.names import sort_name
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.events import record

NAME = "Compte supprimé"


async def blot_out(session: AsyncSession, member_id: UUID) -> int:
    """Leaves a nameless row, for what stays to refer to. The identifier is free again: who comes back is new here."""
    member = await session.get(Member, member_id, with_for_update=True, populate_existing=True)
    if member is None or member.deleted_at is not None:
        return 0
    member.name, member.sort_name = NAME, sort_name(NAME)
    member.identifier = member.shown_public = member.onboarded_at = member.suspended_at = None
    member.language, member.appearance, member.shows_presence = "fr", "system", True
    member.deleted_at = clock.now()
    member.version += 1
    record(session, MemberErased(member_id=member_id))
    audit(session, None, "member.erased", "member", member_id)
    await session.flush()
    return 1
