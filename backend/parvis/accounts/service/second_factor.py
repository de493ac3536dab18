"""Who has lost every second factor: the server's own command line forgets them, once its operator knows who asks."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts import emails
from parvis.accounts.events import CredentialsChanged
from parvis.accounts.models import Passkey, RecoveryCode, Totp
from parvis.accounts.queries.identities import holder_of
from parvis.kernel.audit import audit
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record

from . import notices, sessions
from .members import locked_member


async def forget(session: AsyncSession, email: str) -> str:
    """Turns one-time codes off, removes every passkey, ends every session, and tells the member; gives his name. He
    comes in by his password or a link, and sets one up anew.

    Raises `NotFound` for an address by which nobody can sign in.
    """
    holder = await holder_of(session, emails.normalised(email))
    if holder is None:
        raise NotFound({"fr": "Personne ne se connecte par cette adresse.", "en": "Nobody signs in by this address."})
    member = await locked_member(session, holder[0].id)
    for kept in (Totp, RecoveryCode, Passkey):
        await session.execute(delete(kept).where(kept.member_id == member.id))
    await sessions.revoke_others(session, member.id, None)
    record(session, CredentialsChanged(member_id=member.id))
    audit(session, None, "second_factor.forgotten", "member", member.id)
    await notices.tell(session, member.id, "second_factor_forgotten")
    return member.name
