"""A new password for who has lost the old one, or never had one."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import devices
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Password
from parvis.accounts.queries.identities import holder_by, known_of
from parvis.kernel import clock
from parvis.kernel.audit import audit
from parvis.kernel.errors import Gone
from parvis.kernel.events import record

from . import notices, sessions, sign_in, tickets
from .sessions import Device

PURPOSE = "reset"
VOIDED = (PURPOSE, sign_in.LINK, sign_in.SECOND_FACTOR, sign_in.LEAVING)


async def known_to_all(session: AsyncSession, token: str) -> Sequence[str]:
    """What the new password may not be made of. Raises `Gone`."""
    ticket = await tickets.peek(session, PURPOSE, token)
    assert ticket.member_id is not None
    return await known_of(session, ticket.member_id)


async def finish(session: AsyncSession, token: str, hashed: str, device: Device) -> sign_in.Outcome:
    """Keeps the new password, ends every session and link given before, tells the member, and lets him in.

    Raises `Gone`, `AccountClosed`.
    """
    ticket = await tickets.spend(session, PURPOSE, token)
    holder = await holder_by(session, ticket.address_id)
    if holder is None:
        raise Gone
    member, _ = holder
    await session.merge(Password(member_id=member.id, hash=hashed, changed_at=clock.now()))
    await tickets.cancel(session, member.id, VOIDED)
    await sessions.revoke_others(session, member.id, None)
    record(session, CredentialsChanged(member_id=member.id), actor_id=member.id)
    audit(session, member.id, "password.reset", "member", member.id)
    where = devices.place_of(device.user_agent, device.network)
    await notices.tell(session, member.id, "password_changed", {"where": where})
    return await sign_in.enter(session, member.id, ["email"], device)
