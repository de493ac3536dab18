"""Invitations into the organisation, for people administrators."""

from uuid import UUID

from fastapi import APIRouter

from parvis.accounts.auth import SignedIn
from parvis.accounts.models import Invitation
from parvis.accounts.schemas.invitations import InvitationDraft, InvitationOut
from parvis.accounts.service import invitations as service
from parvis.admin.queries.invitations import invitations
from parvis.admin.schemas.invitations import NewInvitationOut
from parvis.kernel.errors import Forbidden, NotFound, TooManyRequests
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery, paginate
from parvis.kernel.runtime import Running
from parvis.kernel.web import Reading, Writer, documented

router = APIRouter(prefix="/people/invitations", tags=["people"])


async def _inviter(actor: SignedIn) -> str:
    return str(actor.id)


@router.get("", responses=documented([Forbidden]))
async def list_invitations(
    actor: SignedIn,
    session: Reading,
    page: PageQuery,
    open: bool | None = None,  # noqa: A002 — the parameter's name
) -> Page[InvitationOut]:
    """Invitations, the latest first; with `open`, only those that can still be used, or only the others."""
    wanted = invitations(actor, is_open=open)
    return await paginate(session, wanted, (Invitation.created_at.desc(), Invitation.id.desc()), page, InvitationOut.of)


@router.post(
    "",
    status_code=201,
    responses=documented([Forbidden, IdempotencyKeyReused, TooManyRequests]),
    dependencies=[limited("invite", "60/minute", network="600/minute", who=_inviter)],
)
async def invite(draft: InvitationDraft, actor: SignedIn, once: Once, parvis: Running) -> NewInvitationOut:
    """Invite one person by mail, or make a link for several."""
    return await once(lambda new: NewInvitationOut.made(new, parvis.settings.public_url), service.invite, actor, draft)


@router.delete("/{invitation_id:uuid}", status_code=204, responses=documented([Forbidden, NotFound]))
async def revoke_invitation(invitation_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Nobody comes in by it any more."""
    await write(service.revoke, actor, invitation_id)
