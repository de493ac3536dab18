"""Reading messages. Their numbers have no gap, so a page is a stretch of numbers, told without looking."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Select, Table, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import READER, Actor
from parvis.chat.attached import attached
from parvis.chat.models import (
    Conversation,
    Message,
    MessageReaction,
    MessageRevision,
    MessageSubject,
    MessageThreadPlace,
)
from parvis.chat.policy import readable_by, visible_to
from parvis.chat.unfurled import LINKS
from parvis.engagement.mentions import named_in
from parvis.engagement.models import Bookmark
from parvis.files.models import LinkCard
from parvis.files.referred import DOCUMENTS, Card, ids_in
from parvis.files.shown import Attached
from parvis.kernel.analysis import terms_of
from parvis.kernel.db import Id, UtcDateTime
from parvis.kernel.entries import Entry, matching
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import PageRequest, paginate

from .people import Face, Faces, faces
from .standing import There, standing

KIND = "message"
"""Of bookmarks, reactions and entries of the search table."""
MOST_REVISIONS = 100
MESSAGES, BOOKMARKS, REACTIONS, THREADS = (
    cast(Table, table.__table__) for table in (Message, Bookmark, MessageReaction, MessageThreadPlace)
)
_m = MESSAGES.c
SHOWN = (
    *(_m.id, _m.conversation_id, _m.root_id, _m.number, _m.sequence, _m.kind, _m.author_id, _m.client_id, _m.text),
    *(_m.quote_id, _m.forwarded, _m.attached, _m.reactions, _m.replies, _m.repliers, _m.last_reply_at),
    *(_m.pinned_at, _m.created_at, _m.edited_at, _m.deleted_at, _m.version, _m.links, _m.document_ids),
    _m.hidden_at,
)
_IS_ASIDE = and_(BOOKMARKS.c.member_id == READER, BOOKMARKS.c.subject_id == _m.id)
_READ: Select[*tuple[Any, ...]] = select(*SHOWN, BOOKMARKS.c.at.is_not(None).label("bookmarked")).select_from(
    MESSAGES.outerjoin(BOOKMARKS, _IS_ASIDE)
)
_STRETCH = (
    _READ.where(
        _m.conversation_id == bindparam("conversation", type_=Id),
        _m.root_id.is_(None),
        _m.number.between(bindparam("low"), bindparam("high")),
    )
).order_by(_m.number)
_REPLIES = (
    _READ.where(
        _m.root_id == bindparam("root", type_=Id),
        _m.number.between(bindparam("low"), bindparam("high")),
        _m.sequence >= bindparam("first_sequence"),
    )
).order_by(_m.number)
_ONE = _READ.where(_m.id == bindparam("message", type_=Id))
_AT = (
    select(_m.number)
    .where(
        _m.conversation_id == bindparam("conversation", type_=Id),
        _m.root_id.is_(None),
        _m.created_at >= bindparam("at", type_=UtcDateTime),
    )
    .order_by(_m.created_at, _m.number)
    .limit(1)
)
_QUOTED = select(_m.id, _m.number, _m.sequence, _m.author_id, _m.text, _m.hidden_at, _m.deleted_at).where(
    _m.id.in_(bindparam("ids", expanding=True, type_=Id))
)
_MINE = select(REACTIONS.c.message_id, REACTIONS.c.kind).where(
    REACTIONS.c.member_id == READER, REACTIONS.c.message_id.in_(bindparam("ids", expanding=True, type_=Id))
)
_reply = MESSAGES.alias("reply")
_ANSWERED = exists().where(
    _reply.c.root_id == _m.id, _reply.c.conversation_id == _m.conversation_id, _reply.c.author_id == READER
)
_THREAD = (
    select(
        _m.id,
        func.coalesce(THREADS.c.read_number, 0).label("read_number"),
        func.coalesce(THREADS.c.follows, or_(_m.author_id == READER, _ANSWERED.correlate(MESSAGES)), false()).label(
            "follows"
        ),
    )
    .select_from(MESSAGES.outerjoin(THREADS, and_(THREADS.c.member_id == READER, THREADS.c.root_id == _m.id)))
    .where(_m.id.in_(bindparam("ids", expanding=True, type_=Id)))
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are asked for: around a number or a time, before or after one; else the last."""

    before: int | None = None
    after: int | None = None
    around: int | None = None
    at: datetime | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class OwnThread:
    """What a thread is to its reader: how far he read it, and whether he is told of what is said in it."""

    read_number: int = 0
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Messages as a reader sees them. `people`: those of whom they speak; `quotes`: what they answer."""

    there: There
    rows: Sequence[Row[Any]]
    people: Mapping[UUID, Face] = field(default_factory=dict)
    quotes: Mapping[UUID, Row[Any]] = field(default_factory=dict)
    reacted: Mapping[UUID, Collection[str]] = field(default_factory=dict)
    threads: Mapping[UUID, OwnThread] = field(default_factory=dict)
    attached: Mapping[UUID, Attached] = field(default_factory=dict)
    sources: Mapping[UUID, str] = field(default_factory=dict)
    """Names of the conversations from which messages were passed on, of those that the reader may read."""
    about: Mapping[UUID, Sequence[UUID]] = field(default_factory=dict)
    """Whom lines are about."""
    cards: Mapping[UUID, Sequence[LinkCard]] = field(default_factory=dict)
    documents: Mapping[UUID, Card] = field(default_factory=dict)
    """Of those that messages refer to, which the reader may read."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of messages, and the first and the last number that there are for the reader."""

    seen: Seen
    first: int
    last: int
    low: int
    high: int


async def page(session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, wanted: Wanted) -> Stretch:
    """Messages of the main flow, the oldest first. Two queries, and one for each kind of thing that they show.

    Raises `NotFound`.
    """
    there = await standing(session, actor, conversation_id)
    if wanted.at is not None:
        asked = {"conversation": conversation_id, "at": wanted.at}
        wanted = Wanted(around=await session.scalar(_AT, asked) or there.last, limit=wanted.limit)
    low, high = stretch(wanted, there.first, there.last)
    asked = {"reader": actor.id, "conversation": conversation_id, "low": low, "high": high}
    rows = (await session.execute(_STRETCH, asked)).all()
    return Stretch(await seen(session, actor, kept, there, rows), there.first, there.last, low, high)


async def replies(session: AsyncSession, actor: Actor, kept: Faces, root_id: UUID, wanted: Wanted) -> Stretch:
    """The same of a message's thread, without what was said before the reader came. Raises `NotFound`."""
    root = await _row(session, actor, root_id)
    there = await standing(session, actor, root.conversation_id)
    if root.root_id is not None:
        raise NotFound
    low, high = stretch(wanted, 1, root.replies)
    asked = {"reader": actor.id, "root": root_id, "low": low, "high": high, "first_sequence": there.first_sequence}
    rows = (await session.execute(_REPLIES, asked)).all()
    if not rows and root.sequence < there.first_sequence:
        raise NotFound
    return Stretch(await seen(session, actor, kept, there, rows), 1, root.replies, low, high)


async def one(session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID) -> Seen:
    """One message alone. Raises `NotFound` for one that the actor may not read."""
    row = await _row(session, actor, message_id)
    there = await standing(session, actor, row.conversation_id)
    if row.sequence < there.first_sequence:
        raise NotFound
    return await seen(session, actor, kept, there, [row])


async def _row(session: AsyncSession, actor: Actor, message_id: UUID) -> Row[Any]:
    row = (await session.execute(_ONE, {"reader": actor.id, "message": message_id})).one_or_none()
    if row is None:
        raise NotFound
    return row


def stretch(wanted: Wanted, first: int, last: int) -> tuple[int, int]:
    """The lowest and the highest number asked for, among those from `first` to `last`."""
    size = wanted.limit
    if wanted.after is not None:
        low, high = wanted.after + 1, wanted.after + size
    elif wanted.around is not None:
        low = max(first, min(wanted.around - size // 2, last - size + 1))
        high = low + size - 1
    else:
        high = last if wanted.before is None else wanted.before - 1
        low = high - size + 1
    return max(low, first), min(high, last)


async def seen(session: AsyncSession, actor: Actor, kept: Faces, there: There, rows: Sequence[Row[Any]]) -> Seen:
    """These messages of a conversation, with what they show."""
    quotes = await _quotes(session, there, [row.quote_id for row in rows if row.quote_id and not row.deleted_at])
    reacted = await _mine(session, actor, [row.id for row in rows if row.reactions])
    threads = await _threads(session, actor, [row.id for row in rows if row.replies])
    showing = [row.id for row in rows if row.attached]
    shown = await attached(session, showing) if showing else {}
    cards = await LINKS.cards(session, [row.id for row in rows if row.links])
    documents = await DOCUMENTS.cards(session, actor, ids_in([row.document_ids for row in rows if row.document_ids]))
    sources = await _sources(session, actor, [row.forwarded for row in rows if row.forwarded])
    about = await _about(session, [row.id for row in rows if row.kind != "said"])
    concerned = _concerned(rows, quotes.values()) | {id_ for ids in about.values() for id_ in ids}
    people = await faces(session, actor, kept, concerned)
    return Seen(there, rows, people, quotes, reacted, threads, shown, sources, about, cards, documents)


async def pinned(session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID) -> Seen:
    """The pinned messages that the actor may read, the last first: there are fifty at most. Raises `NotFound`."""
    there = await standing(session, actor, conversation_id)
    query = _READ.where(_m.conversation_id == conversation_id, _m.pinned_at.is_not(None))
    query = query.where(_m.sequence >= there.first_sequence).order_by(_m.pinned_at.desc(), _m.id)
    rows = (await session.execute(query, {"reader": actor.id})).all()
    return await seen(session, actor, kept, there, rows)


async def found(
    session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, words: str, page: PageRequest
) -> tuple[Seen, str | None]:
    """Messages of a conversation that have these words, the last first. Raises `NotFound`."""
    there = await standing(session, actor, conversation_id)
    terms = terms_of(words)
    if not terms:
        return Seen(there, []), None
    has_them = select(Entry.subject_id).where(Entry.kind == KIND, Entry.place_id == conversation_id, matching(terms))
    statement = select(Message.id).where(Message.id.in_(has_them), readable_by(actor))
    statement = statement.where(
        Message.conversation_id == conversation_id, Message.deleted_at.is_(None), Message.hidden_at.is_(None)
    )
    ids = await paginate(session, statement, (Message.id.desc(),), page, lambda id_: id_)
    rows = (await session.execute(_READ.where(_m.id.in_(ids.items)), {"reader": actor.id})).all()
    in_order = sorted(rows, key=lambda row: row.id, reverse=True)
    return await seen(session, actor, kept, there, in_order), ids.next


async def revisions(
    session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID
) -> tuple[Sequence[MessageRevision], Mapping[UUID, Face]]:
    """What a message said before, the last first, and those named in it. Raises `NotFound`."""
    row = (await one(session, actor, kept, message_id)).rows[0]
    if row.hidden_at is not None and row.author_id != actor.id:
        raise NotFound
    query = select(MessageRevision).where(MessageRevision.message_id == message_id)
    rows = (await session.scalars(query.order_by(MessageRevision.version.desc()).limit(MOST_REVISIONS))).all()
    return rows, await faces(session, actor, kept, {id_ for row in rows for id_ in named_in(row.text)})


def _concerned(rows: Sequence[Row[Any]], quoted: Collection[Row[Any]]) -> set[UUID]:
    found: set[UUID] = {row.author_id for row in quoted if row.author_id}
    found.update(id_ for row in quoted for id_ in named_in(row.text))
    for row in rows:
        if row.author_id is not None:
            found.add(row.author_id)
        if "person:" in row.text:
            found.update(named_in(row.text))
        for written in row.repliers or ():
            found.add(UUID(written))
        if row.forwarded and row.forwarded.get("author_id"):
            found.add(UUID(row.forwarded["author_id"]))
    return found


async def _quotes(session: AsyncSession, there: There, ids: Sequence[UUID]) -> dict[UUID, Row[Any]]:
    """Those of them that the reader may read."""
    if not ids:
        return {}
    rows: Sequence[Any] = (await session.execute(_QUOTED, {"ids": ids})).all()
    return {row.id: row for row in rows if row.sequence >= there.first_sequence}


async def _mine(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Collection[str]]:
    if not ids:
        return {}
    found: dict[UUID, set[str]] = defaultdict(set)
    for message_id, kind in await session.execute(_MINE, {"reader": actor.id, "ids": ids}):
        found[message_id].add(kind)
    return dict(found)


async def _about(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    if not ids:
        return {}
    query = select(MessageSubject.message_id, MessageSubject.member_id).where(MessageSubject.message_id.in_(ids))
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for message_id, member_id in await session.execute(query.order_by(MessageSubject.member_id)):
        found[message_id].append(member_id)
    return dict(found)


async def _sources(
    session: AsyncSession, actor: Actor, forwarded: Sequence[Mapping[str, str | None]]
) -> dict[UUID, str]:
    if not forwarded:
        return {}
    ids = [UUID(one["conversation_id"]) for one in forwarded if one["conversation_id"]]
    query = select(Conversation.id, Conversation.name).where(Conversation.id.in_(ids), visible_to(actor))
    return {row.id: row.name for row in await session.execute(query) if row.name}


async def thread(session: AsyncSession, actor: Actor, root_id: UUID) -> OwnThread:
    """What the thread of a message is to who may read it. One query."""
    return (await _threads(session, actor, [root_id])).get(root_id, OwnThread())


async def _threads(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, OwnThread]:
    if not ids:
        return {}
    rows = await session.execute(_THREAD, {"reader": actor.id, "ids": ids})
    return {row.id: OwnThread(row.read_number, bool(row.follows)) for row in rows}
