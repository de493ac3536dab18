"""Signing in by password. Hashing stands outside the units of work: it takes longer than they may last."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Password
from parvis.accounts.passwords import Passwords
from parvis.accounts.queries.identities import password_at
from parvis.kernel.db import Database
from parvis.kernel.errors import Unauthenticated

from . import sign_in, sign_in_log
from .sessions import Device


class WrongCredentials(Unauthenticated):
    """The same for an unknown address, an account without password and a wrong password."""

    code = "wrong_credentials"
    title = {
        "fr": "L’adresse ou le mot de passe n’est pas le bon.",
        "en": "The address or the password is wrong.",
    }


async def with_password(
    database: Database, passwords: Passwords, email: str, password: str, device: Device
) -> sign_in.Outcome:
    """Raises `WrongCredentials` (after one hash, always), `AccountClosed`, `Unavailable`."""
    async with database.reading() as session:
        found = await password_at(session, email)
    member_id, kept = found or (None, None)
    with sign_in_log.refusals("pwd", device.network, member_id):
        if not await passwords.verify(password, kept) or member_id is None or kept is None:
            raise WrongCredentials
        renewed = await passwords.hash(password) if passwords.is_outdated(kept) else None
        return await database.write(_enter, member_id, kept, renewed, device)


async def _enter(
    session: AsyncSession, member_id: UUID, kept: str, renewed: str | None, device: Device
) -> sign_in.Outcome:
    """The password may have been changed while it was compared."""
    password = await session.get(Password, member_id, with_for_update=True)
    if password is None or password.hash != kept:
        raise WrongCredentials
    if renewed is not None:
        password.hash = renewed
    return await sign_in.enter(session, member_id, ["pwd"], device)
