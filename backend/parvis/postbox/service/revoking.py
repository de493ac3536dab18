"""Taking back addresses by which one answers: a mail that comes by one of them is refused from then on."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.postbox.models import ReplyAddress


async def revoke(session: AsyncSession, actor: Actor, address_id: UUID) -> None:
    """Raises `NotFound` for another's, and for one that was taken back."""
    his = update(ReplyAddress).where(ReplyAddress.id == address_id, ReplyAddress.member_id == actor.id)
    gone = his.where(ReplyAddress.revoked_at.is_(None)).values(revoked_at=clock.now()).returning(ReplyAddress.id)
    if (await session.execute(gone)).one_or_none() is None:
        raise NotFound


async def revoke_all(session: AsyncSession, actor: Actor) -> None:
    """Those that mails bring afterwards are others."""
    his = update(ReplyAddress).where(ReplyAddress.member_id == actor.id, ReplyAddress.revoked_at.is_(None))
    await session.execute(his.values(revoked_at=clock.now()).execution_options(synchronize_session=False))
