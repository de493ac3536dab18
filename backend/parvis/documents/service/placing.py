"""In which space documents are found, after their folder went to another: said of one after the other, in the
background. Who may find them is asked each time, and waits for nothing."""

from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.documents.models import Document, Folder
from parvis.documents.queries.documents import ENTRY
from parvis.documents.queries.folders import below
from parvis.kernel import entries
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue

PLACE = "documents.place"
"""The job that says in which space documents are found."""
AT_ONCE = 500
Last = tuple[str, UUID]
"""Kind and id of the last document that was dealt with."""


async def place_later(session: AsyncSession, folder: Folder) -> None:
    await enqueue(session, PLACE, {"id": str(folder.id)}, unique=f"{folder.id} {folder.version}")


def place_documents(database: Database) -> Handler:
    """The handler of `documents.place`: begun again, it says the same."""

    async def place(job: LeasedJob) -> None:
        for folder_id in await database.read(_inside, UUID(job.payload["id"])):
            after: Last | None = None
            while found := await database.write(_place_some, folder_id, after):
                after = found

    return place


async def _inside(session: AsyncSession, folder_id: UUID) -> list[UUID]:
    return list(await session.scalars(select(below(Folder.id == folder_id, gone=True).c.id)))


async def _place_some(session: AsyncSession, folder_id: UUID, after: Last | None) -> Last | None:
    """The next documents right in a folder. Returns after which more follow."""
    query = select(Document.kind, Document.id).where(Document.folder_id == folder_id)
    if after is not None:
        query = query.where(tuple_(Document.kind, Document.id) > after)
    rows = (await session.execute(query.order_by(Document.kind, Document.id).limit(AT_ONCE))).all()
    space_id = await session.scalar(select(Folder.space_id).where(Folder.id == folder_id))
    if rows and space_id is not None:
        await entries.place(session, ENTRY, [row.id for row in rows], space_id)
    return (rows[-1].kind, rows[-1].id) if len(rows) == AT_ONCE else None
