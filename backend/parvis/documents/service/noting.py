"""What is done in folders, noted for those who read there, told to those who follow, and forgotten after a year."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.documents.models import Document, Folder, FolderAct, What
from parvis.documents.queries.following import is_followed_by_others
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

TELL_FOLLOWERS = "documents.tell_followers"
"""The job by which those are told who follow a folder: `notifications` does it."""
FORGET_ACTS = "documents.forget_acts"
KEPT = timedelta(days=365)
AT_ONCE = 500
TOLD: frozenset[What] = frozenset({"added", "version_added", "restored"})


async def note(
    session: AsyncSession, actor: Actor, what: What, thing: Folder | Document, *, number: int | None = None
) -> None:
    """Notes what the actor did, where the thing stands now. Of a space, in itself."""
    act = FolderAct(what=what, number=number, by=actor.id)
    if isinstance(thing, Document):
        act.folder_id, act.document_id = thing.folder_id, thing.id
    else:
        act.folder_id, act.inner_id = thing.parent_id or thing.id, thing.id
    session.add(act)
    await session.flush()
    due = (clock.now() + KEPT + timedelta(days=31)).replace(day=1, hour=3, minute=45, second=0, microsecond=0)
    await enqueue(session, FORGET_ACTS, {}, run_at=due, unique=due.isoformat())
    if what in TOLD and await is_followed_by_others(session, actor, act.folder_id):
        await enqueue(session, TELL_FOLLOWERS, {"act_id": str(act.id)})


def forget_acts(database: Database) -> Handler:
    """The handler of `documents.forget_acts`: once a month, what was done more than a year ago."""

    async def forget(_job: LeasedJob) -> None:
        while await database.write(_forget) == AT_ONCE:
            pass

    return forget


async def _forget(session: AsyncSession) -> int:
    """Takes at most 500 away, the oldest first, as their ids are. Returns how many."""
    old = select(FolderAct.id).where(FolderAct.at < clock.now() - KEPT).order_by(FolderAct.id).limit(AT_ONCE)
    found = list(await session.scalars(old))
    gone = delete(FolderAct).where(FolderAct.id.in_(found))
    await session.execute(gone.execution_options(synchronize_session=False))
    return len(found)
