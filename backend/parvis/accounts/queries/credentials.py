"""Reading what a member proves to be himself with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Address, Member, Passkey, Password, RecoveryCode, Totp
from parvis.kernel.errors import NotFound

from .identities import identifying

MOST_PASSKEYS = 20


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a member has to prove himself with, and what of it can go without shutting him out.

    An address that identifies is a way in by itself (a link is sent there); a password is none without an address. The
    university's sign-in (`identifier`) is one for as long as the institution wants, so it makes up for no other.
    """

    addresses: int
    passkeys: int
    password_changed_at: datetime | None
    totp_confirmed_at: datetime | None
    recovery_codes_left: int
    identifier: str | None

    @property
    def can_add_passkey(self) -> bool:
        return self.passkeys < MOST_PASSKEYS

    @property
    def can_lose_passkey(self) -> bool:
        return self.addresses > 0 or self.passkeys > 1

    @property
    def can_lose_password(self) -> bool:
        return self.password_changed_at is not None and (self.addresses > 0 or self.passkeys > 0)


async def credentials(session: AsyncSession, member_id: UUID) -> Credentials:
    """One query."""
    codes = _count(RecoveryCode).where(RecoveryCode.member_id == member_id, RecoveryCode.used_at.is_(None))
    row = await session.execute(
        select(
            _count(Address).where(Address.member_id == member_id, identifying()).scalar_subquery(),
            _count(Passkey).where(Passkey.member_id == member_id).scalar_subquery(),
            select(Password.changed_at).where(Password.member_id == member_id).scalar_subquery(),
            select(Totp.confirmed_at).where(Totp.member_id == member_id).scalar_subquery(),
            codes.scalar_subquery(),
            select(Member.identifier).where(Member.id == member_id).scalar_subquery(),
        )
    )
    return Credentials(*row.one())


async def passkeys_of(session: AsyncSession, member_id: UUID) -> Sequence[Passkey]:
    """All of them, oldest first: there is a most (`MOST_PASSKEYS`)."""
    mine = select(Passkey).where(Passkey.member_id == member_id).order_by(Passkey.id)
    return (await session.scalars(mine)).all()


async def passkey_of(session: AsyncSession, member_id: UUID, passkey_id: UUID) -> Passkey:
    """Raises `NotFound` when it is not one of this member's."""
    mine = select(Passkey).where(Passkey.member_id == member_id, Passkey.id == passkey_id)
    passkey = (await session.execute(mine)).scalar_one_or_none()
    if passkey is None:
        raise NotFound
    return passkey


def _count(table: type[Address | Passkey | RecoveryCode]) -> Select[int]:
    return select(func.count()).select_from(table)
