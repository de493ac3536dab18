"""Suspension and roles: acts that change who can get in, so they need a credential proved in the last ten minutes."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import Proved
from parvis.accounts.models.people import Role
from parvis.accounts.schemas.people import PersonOut
from parvis.accounts.service import roles, suspension
from parvis.accounts.service.managing import LastAdministrator
from parvis.kernel.errors import Forbidden, NotFound, ProofRequired
from parvis.kernel.web import Writer, documented

router = APIRouter(prefix="/people", tags=["people"])

REFUSALS = documented([Forbidden, ProofRequired, NotFound, LastAdministrator])


@router.put("/{member_id:uuid}/suspension", responses=REFUSALS)
async def suspend_person(member_id: UUID, actor: Proved, write: Writer) -> PersonOut:
    """Keep somebody out, at once."""
    return PersonOut.of(await write(suspension.suspend, actor, member_id), actor)


@router.delete("/{member_id:uuid}/suspension", responses=REFUSALS)
async def restore_person(member_id: UUID, actor: Proved, write: Writer) -> PersonOut:
    """Let somebody sign in again."""
    return PersonOut.of(await write(suspension.restore, actor, member_id), actor)


@router.put("/{member_id:uuid}/roles/{role}", responses=REFUSALS)
async def grant_role(member_id: UUID, role: Role, actor: Proved, write: Writer) -> PersonOut:
    """Give somebody a role. For administrators."""
    return PersonOut.of(await write(roles.grant, actor, member_id, role), actor)


@router.delete("/{member_id:uuid}/roles/{role}", responses=REFUSALS)
async def revoke_role(member_id: UUID, role: Role, actor: Proved, write: Writer) -> PersonOut:
    """Take a role away. For administrators."""
    return PersonOut.of(await write(roles.revoke, actor, member_id, role), actor)
