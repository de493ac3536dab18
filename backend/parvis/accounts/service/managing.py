"""Finding a member in order to manage him."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.models import Member, MemberRole
from parvis.accounts.queries.people import NOT_YOURS, is_active
from parvis.kernel.errors import Conflict, NotFound, require

from .members import locked_member

ABOVE_YOU = {
    "fr": "Seuls les administrateurs gèrent cette personne.",
    "en": "Only administrators manage this person.",
}


class LastAdministrator(Conflict):
    code = "last_administrator"
    title = {
        "fr": "Il faut garder au moins un administrateur.",
        "en": "At least one administrator must remain.",
    }


async def managed_member(session: AsyncSession, actor: Actor, member_id: UUID) -> Member:
    """A member that this actor may manage, held until the commit. Raises `Forbidden` and `NotFound`."""
    require(policy.may_manage_people(actor), NOT_YOURS)
    member = await locked_member(session, member_id)
    if member.deleted_at is not None:
        raise NotFound
    roles = (await session.scalars(select(MemberRole.role).where(MemberRole.member_id == member_id))).all()
    require(policy.may_manage(actor, roles), ABOVE_YOU)
    return member


async def refuse_last_administrator(session: AsyncSession, member_id: UUID) -> None:
    """Raises `LastAdministrator` when without this member nobody active would administrate."""
    if await active_administrators(session) == {member_id}:
        raise LastAdministrator


async def active_administrators(session: AsyncSession) -> set[UUID]:
    """Held until the commit, so that of two who leave at once, or remove each other, one stays."""
    held = select(MemberRole.member_id).where(MemberRole.role == "administrator").order_by(MemberRole.member_id)
    await session.execute(held.with_for_update())
    # A second statement, since the first one does not see what was committed while it waited.
    administrators = select(Member.id).join(MemberRole, MemberRole.member_id == Member.id)
    return set(await session.scalars(administrators.where(MemberRole.role == "administrator", is_active())))
