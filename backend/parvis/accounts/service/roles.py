"""Roles of the organisation. Only administrators give and take them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import policy
from parvis.accounts.actor import Actor
from parvis.accounts.events import RolesChanged
from parvis.accounts.models import Member, MemberRole
from parvis.accounts.models.people import Role
from parvis.accounts.queries.people import Person, person_of
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound, require
from parvis.kernel.events import record

from . import notices
from .managing import active_administrators, refuse_last_administrator
from .members import locked_member

ADMINISTRATORS_ONLY = {"fr": "Seuls les administrateurs donnent des rôles.", "en": "Only administrators give roles."}


async def grant(session: AsyncSession, actor: Actor, member_id: UUID, role: Role) -> Person:
    """Gives a role; one already held stays. Raises `Forbidden` and `NotFound`."""
    member = await _member(session, actor, member_id)
    if await session.get(MemberRole, (member_id, role)) is None:
        session.add(MemberRole(member_id=member_id, role=role))
        await _remember(session, actor.id, member, "role.granted", role)
    return await person_of(session, member_id)


async def revoke(session: AsyncSession, actor: Actor, member_id: UUID, role: Role) -> Person:
    """Takes a role away; one not held stays away. Raises `Forbidden`, `NotFound` and `LastAdministrator`."""
    member = await _member(session, actor, member_id)
    if role == "administrator":
        await refuse_last_administrator(session, member_id)
    held = await session.get(MemberRole, (member_id, role))
    if held is not None:
        await session.delete(held)
        await _remember(session, actor.id, member, "role.revoked", role)
    return await person_of(session, member_id)


async def make_administrator(session: AsyncSession, member: Member) -> None:
    """Nobody asks: the command line does."""
    session.add(MemberRole(member_id=member.id, role="administrator"))
    await _remember(session, None, member, "role.granted", "administrator")


async def _member(session: AsyncSession, actor: Actor, member_id: UUID) -> Member:
    """The member whose roles change. The actor's own role is read anew: it may just have been taken."""
    require(policy.may_grant_roles(actor), ADMINISTRATORS_ONLY)
    member = await locked_member(session, member_id)
    if member.deleted_at is not None:
        raise NotFound
    require(actor.id in await active_administrators(session), ADMINISTRATORS_ONLY)
    return member


async def _remember(session: AsyncSession, actor_id: UUID | None, member: Member, action: str, role: Role) -> None:
    await session.flush()
    roles = select(MemberRole.role).where(MemberRole.member_id == member.id).order_by(MemberRole.role)
    record(session, RolesChanged(member_id=member.id, roles=list(await session.scalars(roles))), actor_id=actor_id)
    audit(session, actor_id, action, "member", member.id, {"role": role})
    await notices.tell(session, member.id, "roles_changed")
