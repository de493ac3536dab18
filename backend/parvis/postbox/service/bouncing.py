"""Addresses from which mail comes back: nothing more goes there, until its member says so."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Address
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.postbox.models import AddressBounce
from parvis.postbox.reading.report import Failure

WITHIN = timedelta(days=30)
MOST = 5
"""So many mails may come back within that time for reasons that pass: a full mailbox, say."""


async def note(session: AsyncSession, address_id: UUID, failure: Failure) -> None:
    """Counts a mail that came back. The same report again counts once; what is no address any more is passed over."""
    address = select(Address.id).where(Address.id == address_id).with_for_update()
    if await session.scalar(address) is None:
        return
    known = await session.get(AddressBounce, address_id, populate_existing=True)
    now = clock.now()
    if known is None:
        known = AddressBounce(address_id=address_id, failures=0, since=now)
        session.add(known)
    elif known.last_report == failure.fingerprint:
        return
    if now - known.since > WITHIN and known.paused_at is None:
        known.failures, known.since = 0, now
    known.failures += 1
    known.status, known.last_at, known.last_report = failure.status, now, failure.fingerprint
    if known.paused_at is None and (failure.is_final or known.failures >= MOST):
        known.paused_at = now
    await session.flush()


async def resume(session: AsyncSession, actor: Actor, address_id: UUID) -> None:
    """Mail goes there again, and what came back is forgotten. Raises `NotFound` for another's, and for one to which it
    goes."""
    his = exists().where(Address.id == AddressBounce.address_id, Address.member_id == actor.id)
    paused = delete(AddressBounce).where(
        AddressBounce.address_id == address_id, AddressBounce.paused_at.is_not(None), his
    )
    if (await session.execute(paused.returning(AddressBounce.address_id))).one_or_none() is None:
        raise NotFound
