"""Forgetting the log: facts older than seven days go, once every listener has read them; and so do jobs set aside.

A daily job takes them from the oldest on, in order, at most 500 in a unit of work. How far it came is kept with them
(`LogState`): a cursor from before no longer reads on.
"""

from datetime import timedelta
from itertools import takewhile

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from . import clock
from .events import LogEntry, Position
from .jobs import Handler, LeasedJob, enqueue, forget_aside
from .listeners import Listeners
from .runtime import Parvis
from .stream import LogState

PRUNE = "log.prune"
KEPT = timedelta(days=7)
PRUNED_AT_ONCE = 500

_PLACE = tuple_(LogEntry.xid, LogEntry.id)


async def schedule(session: AsyncSession) -> None:
    """One pruning for the coming night."""
    due = (clock.now() + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
    await enqueue(session, PRUNE, {}, run_at=due, unique=due.isoformat())


def prune_log(parvis: Parvis) -> Handler:
    """The handler of `log.prune`."""

    async def prune(_job: LeasedJob) -> None:
        await parvis.database.write(schedule)
        while await parvis.database.write(_prune, parvis.listeners) == PRUNED_AT_ONCE:
            pass
        while await parvis.database.write(forget_aside) >= PRUNED_AT_ONCE:
            pass

    return prune


async def _prune(session: AsyncSession, listeners: Listeners) -> int:
    """Returns how many facts went."""
    bound = min(await listeners.slowest(session), await _newest(session))
    oldest = select(LogEntry.xid, LogEntry.id, LogEntry.at).where(tuple_(bound.xid, bound.id) > _PLACE)
    rows = await session.execute(oldest.order_by(LogEntry.xid, LogEntry.id).limit(PRUNED_AT_ONCE))
    gone = list(takewhile(lambda row: row.at < clock.now() - KEPT, rows))
    if gone:
        xid, number, _ = gone[-1]
        forgotten = delete(LogEntry).where(tuple_(xid, number) >= _PLACE)
        await session.execute(forgotten.execution_options(synchronize_session=False))
        await session.execute(update(LogState).values(pruned_xid=xid, pruned_id=number))
    return len(gone)


async def _newest(session: AsyncSession) -> Position:
    """The fact that always stays: SQLite would give its number again, to one that its readers would pass over."""
    last = select(LogEntry.xid, LogEntry.id).order_by(LogEntry.xid.desc(), LogEntry.id.desc()).limit(1)
    found = (await session.execute(last)).one_or_none()
    return Position(*found) if found else Position()
