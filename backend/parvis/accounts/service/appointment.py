"""The first administrator, whom nobody can invite yet: appointed from the server's own command line."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.schemas.people import AffiliationDraft, PersonDraft

from . import activations, people, roles

LIFETIME = timedelta(days=1)


async def appoint_administrator(session: AsyncSession, name: str, email: str) -> str:
    """Enters somebody as staff and administrator, mails the activation link, and returns its path too.

    Raises `Conflict` when the address is somebody's, and pydantic's `ValidationError`.
    """
    draft = PersonDraft(name=name, email=email, affiliation=AffiliationDraft(kind="staff"))
    member, address = await people.enter(session, draft, source="administrator")
    await roles.make_administrator(session, member)
    return await activations.send_activation(session, member, address, lifetime=LIFETIME)
