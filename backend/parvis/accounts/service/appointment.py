"""The first administrator, whom nobody can invite yet: appointed from the server's own command line."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.events import RolesChanged
from parvis.accounts.models import MemberRole
from parvis.accounts.schemas.people import AffiliationDraft, PersonDraft
from parvis.kernel.audit import audit
from parvis.kernel.events import record

from . import activations, people

LIFETIME = timedelta(days=1)


async def appoint_administrator(session: AsyncSession, name: str, email: str) -> str:
    """Enters somebody as staff and administrator, mails the activation link, and returns its path too.

    Raises `Conflict` when the address is somebody's, and pydantic's `ValidationError`.
    """
    draft = PersonDraft(name=name, email=email, affiliation=AffiliationDraft(kind="staff"))
    member, address = await people.enter(session, draft, source="administrator")
    session.add(MemberRole(member_id=member.id, role="administrator"))
    record(session, RolesChanged(member_id=member.id, roles=["administrator"]))
    audit(session, None, "role.granted", "member", member.id, {"role": "administrator"})
    return await activations.send_activation(session, member, address, lifetime=LIFETIME)
