"""Taking up an invitation."""

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import InvitationTaken
from parvis.accounts.schemas.invitations import Acceptance
from parvis.kernel.errors import invalid
from parvis.kernel.events import record

from . import invitations, joining, knocks, sign_in
from .sessions import Device


async def accept(
    session: AsyncSession, form: Acceptance, language: str, browser: bytes, device: Device
) -> sign_in.Outcome | None:
    """Lets in who holds an invitation that came by mail, which proves the address; anybody else is sent a mail first
    (None), and the use is counted when its link is opened.

    Raises `Gone`, `AddressTaken`, `AccountClosed`, and `Invalid` when an address is needed.
    """
    invitation = await invitations.invitation_of(session, form.token)
    if invitation.email is not None:
        await invitations.use(session, invitation.id)
        said = {"name": form.name, "email": invitation.email, "language": language}
        member = await joining.admit(session, **said, affiliation=invitation.affiliation, source="invitation")
        record(session, InvitationTaken(member_id=member.id, invitation_id=invitation.id), actor_id=member.id)
        return await sign_in.enter(session, member.id, ["email"], device)
    if form.email is None:
        raise invalid("email", "missing", "Il faut votre adresse.", "Your address is needed.")
    await knocks.knock(session, "register", form.email, language, browser, name=form.name, invitation_id=invitation.id)
    return None
