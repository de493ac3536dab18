"""Being invited."""

from typing import Annotated

from fastapi import APIRouter

from parvis.accounts.doorway import AtTheDoor
from parvis.accounts.queries.organisation import organisation
from parvis.accounts.schemas.invitations import (
    Acceptance,
    AcceptanceOut,
    InvitationPreviewOut,
    InvitationQuestion,
)
from parvis.accounts.schemas.sign_in import AskedOut
from parvis.accounts.service import acceptance, invitations
from parvis.accounts.service.claims import AddressTaken
from parvis.kernel.errors import Gone
from parvis.kernel.limits import Meter, limited
from parvis.kernel.web import Language, Reading, Writer, documented

router = APIRouter(prefix="/invitations", tags=["door"])

Accepting = Annotated[Meter, limited("accept_invitation", "5/minute", network="300/minute", account="20/hour")]


@router.post(
    "/preview",
    responses=documented([Gone]),
    dependencies=[limited("preview_invitation", "60/minute", network="600/minute")],
)
async def preview_invitation(form: InvitationQuestion, session: Reading) -> InvitationPreviewOut:
    """What an invitation is to. Nothing is spent."""
    invitation = await invitations.invitation_of(session, form.token)
    return InvitationPreviewOut.of(invitation, await organisation(session))


@router.post("/acceptance", responses=documented([Gone, AddressTaken]))
async def accept_invitation(
    form: Acceptance, door: AtTheDoor, meter: Accepting, write: Writer, language: Language
) -> AcceptanceOut:
    """Join. An invitation that came by mail signs you in; another first sends a mail to the address you give."""
    if form.email is not None:
        await meter.charge(form.email)
    browser = door.cookies.mark_browser()
    outcome = await write(acceptance.accept, form, language, browser, door.device)
    return door.answer(outcome) if outcome else AskedOut()
