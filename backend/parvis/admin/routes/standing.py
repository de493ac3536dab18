"""Suspension, roles and recovery: acts that change who can get in.

So they need a credential proved in the last ten minutes.
"""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import Proved
from parvis.accounts.models.people import Role
from parvis.accounts.schemas.graduations import RecoveryDraft
from parvis.accounts.schemas.people import PersonOut
from parvis.accounts.service import recovery, roles, suspension
from parvis.accounts.service.managing import LastAdministrator
from parvis.kernel.errors import Conflict, Forbidden, NotFound, ProofRequired
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
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


@router.post(
    "/{member_id:uuid}/recovery",
    status_code=202,
    responses=documented([Forbidden, ProofRequired, NotFound, Conflict, IdempotencyKeyReused]),
)
async def offer_recovery(member_id: UUID, draft: RecoveryDraft, actor: Proved, once: Once) -> PersonOut:
    """Let somebody whom you have identified back in, by a link to a new address of his own."""
    return await once(lambda person: PersonOut.of(person, actor), recovery.offer, actor, member_id, draft.email)
