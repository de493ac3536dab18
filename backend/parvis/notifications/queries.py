"""Reading what one is told: each starts from what is visible to who reads."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
from parvis.chat.models import Conversation, Message
from parvis.circles.policy import is_in
from parvis.communities.models import Community
from parvis.documents.models import Document, Folder, FolderAct
from parvis.documents.policy import visible_document, visible_folder
from parvis.documents.queries.folders import named_folders
from parvis.engagement.mentions import named_in, with_names
from parvis.engagement.models import Comment
from parvis.kernel.db import among
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import PageRequest, paginate
from parvis.kernel.text import beginning
from parvis.posts.models import Post, PostPlace, PostReach, PostView, Recipient
from parvis.posts.policy import visible_by, visible_in
from parvis.profiles.queries.people import Named, named

from .models import REASONS, Act, CommunityLevel, Inbox, Level, Notification, NotificationKind, Reason
from .policy import is_unread, listed_for, unread_by, visible_act, visible_to
from .push.models import PushDevice

ORDER = (Notification.last.desc(), Notification.id.desc())
MOST_COUNTED = 100
"""Unread ones: this many stand for so many or more."""
MOST_NAMED = 3
"""Of those who did the same, the last to."""
MOST_MAILED = 200
"""Acts, in one mail."""
WORDS = 120
"""How much of a post is told, in letters."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many notifications are unread, the number of what the member was told last, and whether a device of his is
    pushed to."""

    unread: int
    position: int
    is_pushed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What some people did. `people`: the last of them whom the reader may find; `count`: how many they all are."""

    reason: Reason
    people: Sequence[Named]
    count: int
    said_id: UUID | None
    """What the last of them said."""
    number: int | None = None
    """Of a message, in its conversation; of a reply, that of the message that it is below."""
    reply_number: int | None = None
    document_id: UUID | None = None
    thread_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A community where the reader finds it."""

    id: UUID
    name: str
    thread_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notification is about. `words`: Markdown, those named in it by their ids."""

    words: str
    places: Sequence[Place]
    post: Post | None = None


OF_COMMUNITIES: Collection[NotificationKind] = ("community", "requests", "cases", "decisions")
OF_ONESELF = Subject("", [])
"""What concerns one's ties, the square or the organisation is about no place."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A notification as its member sees it. `unseen`: how many acts of it he has not read."""

    notification: Notification
    read: int
    words: str
    """Of what it is about, as its reader reads them."""
    post: Post | None
    place: Place | None
    lines: Sequence[Line]
    unseen: int


LAST_TOLD = select(Inbox.last).where(Inbox.member_id == READER)
NAMES = select(Community.id, Community.name).where(among(Community.id, "ids"))


@dataclass(frozen=True, slots=True)
class _Told:
    act: Act
    thread_id: UUID | None
    number: int | None
    reply_number: int | None
    document_id: UUID | None


async def waiting(session: AsyncSession, actor: Actor) -> Waiting:
    """One query, which looks at no more than the first hundred unread ones."""
    found = (await session.execute(_waiting_for(actor.stand_in()), {"reader": actor.id})).one()
    return Waiting(*found)


@lru_cache(maxsize=KINDS_OF_READERS)
def _waiting_for(actor: Actor) -> Select[*tuple[int, int, bool]]:
    unread = select(Notification.id).join(Inbox, Inbox.member_id == Notification.member_id)
    unread = unread.where(unread_by(actor)).limit(MOST_COUNTED)
    count = select(func.count()).select_from(unread.subquery()).scalar_subquery()
    last = select(Inbox.last).where(Inbox.member_id == actor.id).scalar_subquery()
    return select(count, func.coalesce(last, 0), exists().where(PushDevice.member_id == actor.id))


async def page_of_notifications(
    session: AsyncSession, actor: Actor, page: PageRequest, *, unread: bool = False, about_id: UUID | None = None
) -> tuple[list[Seen], str | None, int]:
    """A page of what the actor is told, the last first; the cursor of the next; and the number of what he was told last
    before it was read. Seven queries."""
    position = await session.scalar(LAST_TOLD, {"reader": actor.id}) or 0
    statement = _own(actor.stand_in(), unread=unread, listed=about_id is None)
    if about_id is not None:
        statement = statement.where(Notification.about_id == about_id)
    reader = {"reader": actor.id}
    found = await paginate(
        session, statement, ORDER, page, lambda one, all_read: (one, max(one.read, all_read)), reader
    )
    return await _seen(session, actor, found.items), found.next, position


async def notification(session: AsyncSession, actor: Actor, notification_id: UUID) -> Seen:
    """One of the actor's own. Six queries. Raises `NotFound`."""
    statement = _own(actor.stand_in()).where(Notification.id == notification_id)
    fresh = statement.execution_options(populate_existing=True)
    rows = (await session.execute(fresh, {"reader": actor.id})).all()
    if not rows:
        raise NotFound
    return (await _seen(session, actor, [(one, max(one.read, all_read)) for one, all_read in rows]))[0]


async def level_in(session: AsyncSession, actor: Actor, community_id: UUID) -> Level:
    """Of what the actor is told in a community."""
    mine = (CommunityLevel.member_id == actor.id, CommunityLevel.community_id == community_id)
    level: Level | None = await session.scalar(select(CommunityLevel.level).where(*mine))
    return level or "all"


@lru_cache(maxsize=4 * KINDS_OF_READERS)
def _own(actor: Actor, *, unread: bool = False, listed: bool = False) -> Select[*tuple[Notification, int]]:
    query = select(Notification, Inbox.all_read).join(Inbox, Inbox.member_id == Notification.member_id)
    if unread:
        return query.where(unread_by(actor, listed=listed))
    return query.where(listed_for(actor) if listed else visible_to(actor))


@dataclass(frozen=True, slots=True)
class Unmailed:
    """A notification of which something is to be mailed, and those acts, the last first."""

    seen: Seen
    acts: Sequence[Act]


async def unmailed(session: AsyncSession, actor: Actor, reasons: Collection[Reason], since: datetime) -> list[Unmailed]:
    """What the actor was told for these reasons since then, may see now, has not read, and was not mailed; the last
    first. What a post says was read where he had it before his eyes as it stands. Eight queries."""
    is_read_there = exists().where(
        Notification.kind == "post",
        Act.reason.in_(("announcement", "not_read")),
        Recipient.post_id == Notification.about_id,
        Recipient.member_id == actor.id,
        Recipient.read_at.is_not(None),
    )
    is_read_there = is_read_there.correlate_except(Recipient)
    is_viewed = exists().where(
        Post.id == Act.said_id,
        PostView.post_id == Post.id,
        PostView.member_id == actor.id,
        PostView.at >= func.coalesce(Post.edited_at, Post.said_at),
    )
    is_viewed = is_viewed.correlate_except(Post, PostView)
    fresh = _told().join(Inbox, Inbox.member_id == Notification.member_id)
    fresh = fresh.add_columns(Notification, Inbox.all_read).where(
        Notification.member_id == actor.id,
        is_unread(),
        Act.mailed_at.is_(None),
        Act.at > since,
        Act.reason.in_(reasons),
        ~is_read_there,
        ~is_viewed,
        visible_act(actor),
    )
    told: dict[UUID, list[_Told]] = defaultdict(list)
    rows: dict[UUID, tuple[Notification, int]] = {}
    for *one, notification, all_read in await session.execute(fresh.limit(MOST_MAILED)):
        told[notification.id].append(_as_told(*one))
        rows[notification.id] = notification, max(notification.read, all_read)
    seen = await _seen_of(session, actor, list(rows.values()), told) if rows else []
    return [Unmailed(one, [act.act for act in told[one.notification.id]]) for one in seen]


async def _seen(session: AsyncSession, actor: Actor, rows: Sequence[tuple[Notification, int]]) -> list[Seen]:
    return await _seen_of(session, actor, rows, await _acts(session, actor, [one.id for one, _ in rows]))


async def _seen_of(
    session: AsyncSession,
    actor: Actor,
    rows: Sequence[tuple[Notification, int]],
    told: Mapping[UUID, Sequence[_Told]],
) -> list[Seen]:
    subjects = await _posts(session, actor, [one.about_id for one, _ in rows if one.kind == "post"])
    subjects |= await _communities(session, [one.about_id for one, _ in rows if one.kind in OF_COMMUNITIES])
    talks = [one.about_id for one, _ in rows if one.kind == "conversation"]
    subjects |= await _conversations(session, talks) if talks else {}
    watched = [one.about_id for one, _ in rows if one.kind == "folder"]
    subjects |= await _folders(session, actor, watched) if watched else {}
    written = [one.about_id for one, _ in rows if one.kind == "page"]
    subjects |= await _pages(session, actor, written) if written else {}
    ids = {one.act.actor_id for acts in told.values() for one in acts if one.act.actor_id is not None}
    ids.update(id_ for subject in subjects.values() for id_ in named_in(subject.words))
    people = await named(session, actor, sorted(ids))
    return [_one(one, read, told[one.id], subjects.get(one.about_id, OF_ONESELF), people) for one, read in rows]


def _one(
    notification: Notification, read: int, told: Sequence[_Told], subject: Subject, people: Mapping[UUID, Named]
) -> Seen:
    unseen = [one for one in told if one.act.number > read]
    newest = told[0].thread_id
    place = next((place for place in subject.places if place.thread_id == newest), None)
    place = place or next(iter(subject.places), None)
    words = beginning(with_names(subject.words, people, is_own=False), WORDS) if subject.post else subject.words
    lines = _lines(unseen or told, people)
    return Seen(notification, read, words, subject.post, place, lines, len(unseen))


def _lines(told: Sequence[_Told], people: Mapping[UUID, Named]) -> list[Line]:
    """One for each reason, what matters most first. The acts come with the last first."""
    by_reason: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        by_reason[one.act.reason].append(one)
    return [_line(reason, by_reason[reason], people) for reason in REASONS if reason in by_reason]


def _line(reason: Reason, told: Sequence[_Told], people: Mapping[UUID, Named]) -> Line:
    actors = list(dict.fromkeys(one.act.actor_id for one in told))
    last = told[0]
    shown = [people[id_] for id_ in actors if id_ is not None and id_ in people]
    return Line(
        reason,
        shown[:MOST_NAMED],
        len(actors),
        last.act.said_id,
        last.number,
        last.reply_number,
        last.document_id,
        last.thread_id,
    )


async def _acts(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, list[_Told]]:
    """What the actor may see of each of these, the last first."""
    found: dict[UUID, list[_Told]] = defaultdict(list)
    rows = await session.execute(_acts_for(actor.stand_in()), {"reader": actor.id, "ids": ids})
    for one in rows:
        found[one[0].notification_id].append(_as_told(*one))
    return found


def _as_told(
    act: Act, thread_id: UUID | None, number: int | None, below: int | None, document_id: UUID | None
) -> _Told:
    flow, reply = (number, None) if below is None else (below, number)
    return _Told(act, thread_id, flow, reply, document_id)


@lru_cache(maxsize=KINDS_OF_READERS)
def _acts_for(actor: Actor) -> Select[*tuple[Any, ...]]:
    return _told().where(among(Notification.id, "ids"), visible_act(actor))


def _told() -> Select[*tuple[Any, ...]]:
    """Acts beside their notification, the last first, and where what was said stands."""
    said, root = aliased(Message), aliased(Message)
    return (
        select(Act, Comment.thread_id, said.number, root.number, FolderAct.document_id)
        .join(Notification, Notification.id == Act.notification_id)
        .outerjoin(FolderAct, FolderAct.id == Act.said_id)
        .outerjoin(Comment, Comment.id == Act.said_id)
        .outerjoin(said, said.id == Act.said_id)
        .outerjoin(root, root.id == said.root_id)
        .order_by(Act.number.desc())
    )


async def _posts(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Subject]:
    in_places, reaching = _posts_for(actor.stand_in())
    asked = {"reader": actor.id, "ids": list(ids)}
    found: dict[UUID, Subject] = {}
    for post, id_, name, thread_id in await session.execute(in_places, asked):
        places = [*(found[post.id].places if post.id in found else ()), Place(id_, name, thread_id)]
        found[post.id] = Subject(post.title or post.body, places, post)
    for post in await session.scalars(reaching, asked):
        found[post.id] = Subject(post.title or post.body, [], post)
    return found


@lru_cache(maxsize=KINDS_OF_READERS)
def _posts_for(actor: Actor) -> tuple[Select[*tuple[Any, ...]], Select[Post]]:
    """Where he finds each, his own communities first; and those that reach him elsewhere."""
    query = select(Post, Community.id, Community.name, PostPlace.thread_id)
    query = query.join(PostPlace, PostPlace.post_id == Post.id).join(Community, Community.id == PostPlace.community_id)
    query = query.where(among(Post.id, "ids"), visible_in(actor)).order_by(
        is_in(actor.id, Community.circle_id).desc(), Community.id
    )
    reaching = select(Post).join(PostReach, PostReach.post_id == Post.id)
    return query, reaching.where(among(Post.id, "ids"), visible_by(actor))


async def _communities(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Subject]:
    """Of communities that an act which the reader may see lets him know of."""
    if not ids:
        return {}
    return {id_: Subject(name, [Place(id_, name)]) for id_, name in await session.execute(NAMES, {"ids": list(ids)})}


async def _conversations(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Subject]:
    """Of conversations in which the reader may see what he is told of. What two say has no name."""
    query: Select[*tuple[Any, ...]] = select(Conversation.id, Conversation.name, Community.id, Community.name)
    query = query.outerjoin(Community, Community.id == Conversation.community_id).where(Conversation.id.in_(ids))
    return {
        id_: Subject(name, [Place(community_id, community)] if community_id else [])
        for id_, name, community_id, community in await session.execute(query)
    }


async def _folders(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Subject]:
    query = named_folders().where(Folder.id.in_(ids), visible_folder(actor))
    return {folder.id: Subject(name, []) for folder, name in await session.execute(query)}


async def _pages(session: AsyncSession, actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Subject]:
    space = aliased(Folder)
    query: Select[*tuple[Any, ...]] = (
        select(Document.id, Document.name, Community.id, Community.name)
        .join(Folder, Folder.id == Document.folder_id)
        .join(space, space.id == Folder.space_id)
        .outerjoin(Community, Community.id == space.community_id)
        .where(Document.id.in_(ids), visible_document(actor))
    )
    return {
        id_: Subject(name, [Place(community_id, community)] if community_id else [])
        for id_, name, community_id, community in await session.execute(query)
    }
