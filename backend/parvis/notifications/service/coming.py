"""Telling those who come to an event what becomes of it, and that it is near: by jobs, some at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import get_args
from uuid import UUID, uuid5

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import acting_later
from parvis.accounts.models import Address, Member
from parvis.accounts.queries.identities import identifying
from parvis.accounts.service import notices
from parvis.kernel.db import Database
from parvis.kernel.i18n import DEFAULT_LANGUAGE, is_language, write_date, write_moment
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.mail import About, Act
from parvis.notifications.models import Reason
from parvis.posts.events import Turn
from parvis.posts.models import Answer, Attendance, Gathering, Post
from parvis.posts.queries import readers_among, walls

from .telling import News, tell

TELL_COMING = "notifications.tell_coming"
AT_ONCE = 500


def turn_of(post_id: UUID, reason: Reason, what: str) -> UUID:
    """What stands for one turn of an event, the same whenever it is told."""
    return uuid5(post_id, f"{reason} {what}")


async def tell_coming(session: AsyncSession, post_id: UUID, turned: Turn, version: int) -> None:
    """Has those who come, or may come, told that an event moved or was cancelled: once, in however many places."""
    payload = {"post_id": str(post_id), "turned": turned, "version": version}
    await enqueue(session, TELL_COMING, payload, unique=f"{post_id} {version}")


def tell_those_coming(database: Database) -> Handler:
    """The handler of `notifications.tell_coming`. Who was told before it was cut short is not told again."""

    async def told(job: LeasedJob) -> None:
        post_id, reason = UUID(job.payload["post_id"]), job.payload["turned"]
        turn = turn_of(post_id, reason, str(job.payload["version"]))
        last: UUID | None = None
        while some := await database.write(_tell_some, post_id, reason, turn, last):
            last = some[-1]

    return told


def remind_those_coming(database: Database) -> Handler:
    """The handler of `posts.remind`: tells who wanted to be told so long before, unless the event moved meanwhile."""

    async def remind(job: LeasedJob) -> None:
        post_id, minutes = UUID(job.payload["post_id"]), int(job.payload["minutes"])
        starts_at = datetime.fromisoformat(job.payload["starts_at"])
        last: UUID | None = None
        while some := await database.write(_remind_some, post_id, minutes, starts_at, last):
            last = some[-1]

    return remind


async def _tell_some(
    session: AsyncSession, post_id: UUID, reason: Reason, turn: UUID, last: UUID | None
) -> Sequence[UUID]:
    """Tells those (at most 500) who come after `last`. Returns them."""
    post = await session.get(Post, post_id)
    if post is None or post.deleted_at is not None:
        return []
    some = list(await session.scalars(_after(_coming(post_id), last)))
    await tell(session, some, News("post", post_id, reason, post.author_id, turn))
    return some


async def _remind_some(
    session: AsyncSession, post_id: UUID, minutes: int, starts_at: datetime, last: UUID | None
) -> Sequence[UUID]:
    post, gathering = await session.get(Post, post_id), await session.get(Gathering, post_id)
    if post is None or gathering is None or post.deleted_at is not None:
        return []
    if gathering.cancelled_at is not None or gathering.starts_at != starts_at:
        return []
    wanted = _coming(post_id).where(Attendance.remind_before == minutes, Attendance.waits.is_(False))
    some = list(await session.scalars(_after(wanted, last)))
    near = News("post", post_id, "reminder", None, turn_of(post_id, "reminder", f"{starts_at} {minutes}"))
    await _write_to(session, post, gathering, await tell(session, some, near))
    return some


async def _write_to(session: AsyncSession, post: Post, gathering: Gathering, some: Collection[UUID]) -> None:
    """Mails those of them who want it, at the main address, while they may read the event."""
    mailed = select(Attendance.member_id).where(
        Attendance.post_id == post.id, Attendance.member_id.in_(some), Attendance.by_mail.is_(True)
    )
    wanting = list(await session.scalars(mailed))
    author = await acting_later(session, post.author_id) if wanting and post.author_id else None
    if author is None:
        return
    shown = [wall for wall, is_hidden in await walls(session, post.id) if not is_hidden]
    reading = {*await readers_among(session, author, shown, wanting), *({author.id} & set(wanting))}
    addresses = select(Member, Address.email).join(Address, Address.member_id == Member.id)
    addresses = addresses.where(Member.id.in_(reading), Address.is_primary.is_(True), identifying())
    for member, email in (await session.execute(addresses.order_by(Member.id))).all():
        words = {"title": post.title, "when": _when(gathering, member.language), "where": gathering.place}
        acts = [Act("attend", post.id, answer) for answer in get_args(Answer)]
        data = {"link": f"/posts/{post.id}", **words}
        await notices.send(session, member, "event_reminder", email, data, acts, About("post", post.id))


def _when(gathering: Gathering, language: str) -> str:
    told = language if is_language(language) else DEFAULT_LANGUAGE
    if gathering.whole_day:
        return write_date(gathering.first_day, told)
    return write_moment(gathering.starts_at, told, gathering.time_zone)


def _coming(post_id: UUID) -> Select[UUID]:
    coming = select(Attendance.member_id).where(Attendance.post_id == post_id, Attendance.answer != "no")
    return coming.order_by(Attendance.member_id).limit(AT_ONCE)


def _after(statement: Select[UUID], last: UUID | None) -> Select[UUID]:
    return statement if last is None else statement.where(Attendance.member_id > last)
