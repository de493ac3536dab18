"""What a page says of members, kept beside it; and what of it they are told: of each thing once, by a job."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.models import Member
from parvis.documents.models import Document, Folder
from parvis.kernel import clock
from parvis.kernel.db import Database
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.notifications.models import Reason
from parvis.notifications.service.telling import News, tell
from parvis.pages.models import PageClient, PageMention, PageTask
from parvis.pages.threads.telling import readers_among

from .finding import NO_DAY, FoundTask, Stock

TELL = "pages.tell_named"
"""The job that tells members what a page says of them."""
REMIND = "pages.remind_of_task"
"""The job that tells somebody that a task is for today."""
AT = time(8)
ZONE = ZoneInfo("Europe/Paris")
Telling = tuple[UUID, Reason, UUID]
"""Whom, of what, and by which id it is told once."""


async def take_stock(session: AsyncSession, document_id: UUID, since: int, stock: Stock) -> None:
    """Keeps it in place of what was, and has those told whom it concerns anew. The page is held. `since`: the last that
    was written when stock was taken before."""
    telling = [*await _keep_tasks(session, document_id, stock), *await _keep_named(session, document_id, stock)]
    if not telling:
        return
    said = [[str(member_id), reason, str(said_id)] for member_id, reason, said_id in telling]
    by = await _only_writer(session, document_id, since)
    payload = {"document_id": str(document_id), "by": str(by) if by else None, "told": said}
    await enqueue(session, TELL, payload | {"at": clock.now().isoformat()})


async def copy_stock(session: AsyncSession, source: UUID, made: UUID) -> None:
    """A copy says of members what the page said: that is nothing new to them."""
    columns: tuple[tuple[type[PageTask | PageMention], list[str]], ...] = (
        (PageTask, ["key", "assignee_id", "text", "is_done", "by_day"]),
        (PageMention, ["member_id", "times"]),
    )
    for table, names in columns:
        rows = select(literal(made, type_=table.document_id.type), *(getattr(table, name) for name in names))
        rows = rows.where(table.document_id == source)
        await session.execute(insert(table).from_select(["document_id", *names], rows))


def tell_named(database: Database) -> Handler:
    """The handler of `pages.tell_named`. Who was told before it was cut short is not told again."""

    async def told(job: LeasedJob) -> None:
        document_id = UUID(job.payload["document_id"])
        by = UUID(job.payload["by"]) if job.payload["by"] else None
        at = datetime.fromisoformat(job.payload["at"])
        for member_id, reason, said_id in job.payload["told"]:
            await database.write(_tell, document_id, UUID(member_id), reason, by, UUID(said_id), at)

    return told


def remind_of_tasks(database: Database) -> Handler:
    """The handler of `pages.remind_of_task`: unless the task is done, another's or for another day by now."""

    async def remind(job: LeasedJob) -> None:
        said = job.payload
        await database.write(_remind, UUID(said["document_id"]), said["key"], UUID(said["member_id"]), said["day"])

    return remind


async def _tell(
    session: AsyncSession,
    document_id: UUID,
    member_id: UUID,
    reason: Reason,
    by: UUID | None,
    said_id: UUID,
    at: datetime,
) -> None:
    query = select(Document.guard_id, Folder.guard_id).join(Folder, Folder.id == Document.folder_id)
    query = query.where(Document.id == document_id, Document.trashed_at.is_(None), Folder.gone_id.is_(None))
    guards = (await session.execute(query)).one_or_none()
    if guards is not None and await readers_among(session, guards[0] or guards[1], [member_id]):
        await tell(session, [member_id], News("page", document_id, reason, by, said_id, at))


async def _remind(session: AsyncSession, document_id: UUID, key: str, member_id: UUID, day: str) -> None:
    task = await session.get(PageTask, (document_id, key), populate_existing=True)
    if task is None or task.is_done or (task.assignee_id, task.by_day) != (member_id, day):
        return
    said_id = uuid5(document_id, f"due {key} {member_id} {day}")
    await _tell(session, document_id, member_id, "task_due", None, said_id, clock.now())


async def _keep_tasks(session: AsyncSession, document_id: UUID, stock: Stock) -> list[Telling]:
    query = select(PageTask).where(PageTask.document_id == document_id).execution_options(populate_existing=True)
    known = {task.key: task for task in await session.scalars(query)}
    there = await _there(session, {task.assignee_id for task in stock.tasks})
    found = [task for task in stock.tasks if task.assignee_id in there]
    for key in known.keys() - {task.key for task in found}:
        await session.delete(known[key])
    given: list[FoundTask] = []
    for task in found:
        row = known.get(task.key)
        if row is None:
            row = PageTask(document_id=document_id, key=task.key, assignee_id=task.assignee_id, by_day=NO_DAY)
            session.add(row)
            given.append(task)
        elif row.assignee_id != task.assignee_id:
            given.append(task)
        if not task.is_done and (task in given or row.by_day != task.by_day):
            await _remind_later(session, document_id, task)
        row.text, row.is_done, row.assignee_id, row.by_day = task.text, task.is_done, task.assignee_id, task.by_day
    await session.flush()
    return [
        (task.assignee_id, "task_given", uuid5(document_id, f"task {task.key} {task.assignee_id}"))
        for task in given
        if not task.is_done
    ]


async def _keep_named(session: AsyncSession, document_id: UUID, stock: Stock) -> list[Telling]:
    query = select(PageMention).where(PageMention.document_id == document_id)
    known = {one.member_id: one for one in await session.scalars(query.execution_options(populate_existing=True))}
    telling: list[Telling] = []
    for member_id in sorted(await _there(session, set(stock.named))):
        times, row = stock.named[member_id], known.get(member_id)
        if row is None:
            session.add(PageMention(document_id=document_id, member_id=member_id, times=times))
        elif row.times < times:
            row.times = times
        else:
            continue
        telling.append((member_id, "page_named", uuid5(document_id, f"named {member_id} {times}")))
    await session.flush()
    return telling


async def _there(session: AsyncSession, ids: set[UUID]) -> set[UUID]:
    """Those of these that are members: a page says what its writers want."""
    return set(await session.scalars(select(Member.id).where(Member.id.in_(ids)))) if ids else set()


async def _remind_later(session: AsyncSession, document_id: UUID, task: FoundTask) -> None:
    """On its day, unless that has begun."""
    if task.by_day == NO_DAY:
        return
    run_at = datetime.combine(date.fromisoformat(task.by_day), AT, ZONE).astimezone(clock.now().tzinfo)
    if run_at > clock.now():
        said = {"document_id": str(document_id), "key": task.key, "member_id": str(task.assignee_id)}
        unique = f"{document_id} {task.key} {task.assignee_id} {task.by_day}"
        await enqueue(session, REMIND, said | {"day": task.by_day}, run_at=run_at, unique=unique)


async def _only_writer(session: AsyncSession, document_id: UUID, since: int) -> UUID | None:
    """Who wrote since, if it was one alone: of several nobody knows whose words these are."""
    query = select(PageClient.member_id).where(PageClient.document_id == document_id, PageClient.last_seq > since)
    writers: Sequence[UUID | None] = list(await session.scalars(query.distinct().limit(2)))
    return writers[0] if len(writers) == 1 else None
