"""Roles that count only with a second factor, where the deployment says so (`PARVIS_SECOND_FACTOR_ROLES`).

They are withheld from a session that one factor opened, and from whoever has no second factor left: an actor without a
role may not do what it allows, wherever that is asked.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from .models import AccessToken, Passkey, Session, Totp

KEYS = frozenset({"hwk", "swk"})
"""What a passkey proves (RFC 8176 `amr`): alone it is one factor, unless it also knew its user (`mfa`)."""
BY_UNIVERSITY = "oidc"


def is_by_two(methods: Collection[str]) -> bool:
    """Whether what was proved in a session is of two factors. A one-time code only ever follows something else."""
    proved = frozenset(methods)
    return bool(proved & {"mfa", "otp"}) or bool(proved & KEYS and proved - KEYS)


async def held_since(session: AsyncSession, member_id: UUID) -> datetime | None:
    """Since when the oldest second factor that a member has is his: one-time codes, or a passkey."""
    codes = select(Totp.confirmed_at.label("at")).where(Totp.member_id == member_id, Totp.confirmed_at.is_not(None))
    keys = select(Passkey.created_at).where(Passkey.member_id == member_id)
    each = union_all(codes, keys).subquery()
    since: datetime | None = await session.scalar(select(func.min(each.c.at)))
    return since


def counts(credential: Session | AccessToken, held: datetime | None) -> bool:
    """Whether roles that need a second factor count for who asks with this.

    The university vouches for its own. A token holds what its member could prove when he made it.
    """
    if isinstance(credential, AccessToken):
        return held is not None and held <= credential.created_at
    return is_by_two(credential.methods) and (held is not None or BY_UNIVERSITY in credential.methods)
