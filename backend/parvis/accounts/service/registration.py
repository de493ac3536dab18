"""Joining by one's own doing: an address in a domain of the organisation, an invitation, or an account that waits."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.models import Ticket
from parvis.accounts.queries.identities import unopened_by
from parvis.accounts.queries.organisation import organisation
from parvis.kernel.errors import Gone

from . import activations, invitations, joining, sign_in, tickets
from .sessions import Device

PURPOSE = "register"


async def confirm(session: AsyncSession, token: str, device: Device) -> sign_in.Outcome:
    """Makes a member of who asked for it and has opened the mail, and lets him in.

    Raises `Gone` when the token is, or when joining is no longer possible; `AddressTaken`, `AccountClosed`.
    """
    ticket = await tickets.spend(session, PURPOSE, token)
    affiliation, source = await _reason_to_join(session, ticket)
    said = {key: ticket.data[key] for key in ("name", "email", "language")}
    member = await joining.admit(session, **said, affiliation=affiliation, source=source)
    return await sign_in.enter(session, member.id, ["email"], device)


async def activate(session: AsyncSession, token: str, device: Device) -> sign_in.Outcome:
    """Opens the account of somebody whom the institution entered. Raises `Gone`, `AddressTaken`, `AccountClosed`."""
    ticket = await tickets.spend(session, activations.PURPOSE, token)
    unopened = await unopened_by(session, ticket.address_id)
    if unopened is None:
        raise Gone
    member, address = unopened
    await joining.activate(session, member, address)
    return await sign_in.enter(session, member.id, ["email"], device)


async def _reason_to_join(session: AsyncSession, ticket: Ticket) -> tuple[str | None, str]:
    """The affiliation that is given, and its source. What allowed it may have changed since the mail left."""
    if ticket.data["invitation_id"] is not None:
        invitation = await invitations.use(session, UUID(ticket.data["invitation_id"]))
        return invitation.affiliation, "invitation"
    ours = await organisation(session)
    affiliation = emails.affiliation_of(ticket.data["email"], ours.domains)
    if ours.registration != "domains" or affiliation is None:
        raise Gone
    return affiliation, "registration"
