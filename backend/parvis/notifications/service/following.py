"""Telling who follows a folder that something was put in it: after the commit, by a job, some at a time."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import FolderAct
from parvis.documents.queries.following import followers
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob
from parvis.notifications.models import Reason

from .telling import News, tell

REASONS: Mapping[str, Reason] = {
    "added": "document_added",
    "version_added": "version_added",
    "restored": "version_added",
}


def tell_followers(database: Database) -> Handler:
    """The handler of `documents.tell_followers`. Who was told before it was cut short is not told again."""

    async def told(job: LeasedJob) -> None:
        last: UUID | None = None
        while (last := await database.write(_tell_some, UUID(job.payload["act_id"]), last)) is not None:
            pass

    return told


async def _tell_some(session: AsyncSession, act_id: UUID, last: UUID | None) -> UUID | None:
    """Tells those (at most 500) who come after `last`, and may read it now. Returns the last of them."""
    act = await session.get(FolderAct, act_id)
    if act is None:
        return None
    some = await followers(session, act, last)
    by_folder: dict[UUID, list[UUID]] = defaultdict(list)
    for one in some:
        by_folder[one.folder_id].append(one.member_id)
    for folder_id, member_ids in by_folder.items():
        await tell(session, member_ids, News("folder", folder_id, REASONS[act.what], act.by, act.id, act.at))
    return some[-1].member_id if some else None
