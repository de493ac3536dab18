"""Forgetting what came in and is over."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.files import service as files
from parvis.files.models import File
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.postbox.answering import WAITS
from parvis.postbox.models import HeldReply, ReceivedMail, ReplyAddress

TIDY = "postbox.tidy"
HELD = "held_reply"
"""What claims the files of an answer that waits for its author."""
REMEMBERED = timedelta(days=30)
"""So long a mail is known again: servers try for a week at most."""
LASTING = timedelta(days=365)
"""So long one answers by an address."""
AT_ONCE = 500


async def tidy_later(session: AsyncSession) -> None:
    """Once a day, from the first mail on."""
    day = (clock.now() + timedelta(days=1)).replace(hour=3, minute=30, second=0, microsecond=0)
    await enqueue(session, TIDY, {}, run_at=day, unique=day.isoformat())


def tidy_postbox(database: Database) -> Handler:
    """The handler of `postbox.tidy`."""

    async def tidy(_job: LeasedJob) -> None:
        while await database.write(_forget):
            pass

    return tidy


async def _forget(session: AsyncSession) -> bool:
    """Whether there may be more."""
    now = clock.now()
    gone = select(HeldReply.id).where(HeldReply.at < now - WAITS).limit(AT_ONCE)
    held = list(await session.scalars(gone))
    claimed = select(File.id).where(File.claimed_kind == HELD, File.claimed_id.in_(held))
    await files.remove_all(session, list(await session.scalars(claimed)))
    await session.execute(delete(HeldReply).where(HeldReply.id.in_(held)))
    known = select(ReceivedMail.fingerprint).where(ReceivedMail.at < now - REMEMBERED).limit(AT_ONCE)
    prints = list(await session.scalars(known))
    await session.execute(delete(ReceivedMail).where(ReceivedMail.fingerprint.in_(prints)))
    old = select(ReplyAddress.id).where(ReplyAddress.created_at < now - LASTING).limit(AT_ONCE)
    addresses = list(await session.scalars(old))
    await session.execute(delete(ReplyAddress).where(ReplyAddress.id.in_(addresses)))
    return max(len(held), len(prints), len(addresses)) == AT_ONCE
