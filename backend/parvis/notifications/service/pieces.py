"""What a mail tells its reader: what he was told, what is said where he is, and to him; as he may read it now."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import Conversation, ConversationPlace, Message
from parvis.chat.policy import shown_to, visible_to
from parvis.chat.queries.unread import level_of
from parvis.choices.models import Kind
from parvis.circles.policy import circles_of
from parvis.communities.models import Community
from parvis.documents.models import Document, FolderAct
from parvis.engagement.mentions import named_in, with_names
from parvis.engagement.models import Comment, Participant
from parvis.kernel.i18n import Language, write_moment
from parvis.kernel.mail import About as Answers
from parvis.kernel.mail import Piece, Said
from parvis.kernel.text import paragraphs
from parvis.notifications.models import Act, CommunityLevel, Inbox, Notification, Reason
from parvis.notifications.queries import Line, Unmailed, unmailed
from parvis.notifications.sentences import (
    MORE_MESSAGES,
    MORE_POSTS,
    MORE_SAID,
    PUBLISHED,
    WRITES,
    WROTE,
    About,
    counted,
    sentence,
    who,
)
from parvis.posts.models import Attendance, PollVote, Post, PostPlace, PostView
from parvis.posts.policy import visible_in
from parvis.profiles.queries.people import Named, named

from .choosing import kind_of

MOST_SAID = 3
"""Of one thread: the last."""
MOST_POSTS = 5
"""Of one community: the last."""
MOST_READ = 60
TITLE = 90
WHOLE, SHORT = 6_000, 700
"""How much of what was said is mailed, in letters: of one thread, and in a digest."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is mailed, in which language, on the clocks of which time zone."""

    actor: Actor
    language: Language
    zone: str


@dataclass(frozen=True, slots=True)
class ToMail:
    """A piece, and what it is about. `acts`: those that it tells; `what` and `about`: the same on one line each;
    `answers`: what an answer by mail would answer."""

    piece: Piece
    what: str
    about: str
    kind: Kind
    acts: Sequence[UUID] = ()
    post_id: UUID | None = None
    page_id: UUID | None = None
    answers: Answers | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    """What was said, by whom, when; Markdown, or the name of a document."""

    by: UUID | None
    at: datetime
    words: str


async def told(
    session: AsyncSession, reader: Reader, reasons: Collection[Reason], since: datetime, most: int
) -> list[ToMail]:
    """What he was told for these reasons since then and neither read nor was mailed. At most thirteen queries."""
    found = await unmailed(session, reader.actor, reasons, since) if reasons else []
    said = await _said(session, [act for one in found for act in one.acts], found)
    people = await _people(session, reader.actor, said.values())
    return [_told(one, said, people, reader, most) for one in found]


async def followed(
    session: AsyncSession, reader: Reader, since: datetime, until: datetime, but: Collection[UUID], most: int
) -> list[ToMail]:
    """What others published in his communities since then, but for these posts, what he was mailed of, what he had
    before his eyes by whatever way, and what he answered; the last of each community, with how many more. Two
    queries."""
    actor = reader.actor
    quiet = exists().where(
        CommunityLevel.member_id == actor.id,
        CommunityLevel.community_id == Community.id,
        CommunityLevel.level != "all",
    )
    known = exists().where(
        Notification.member_id == actor.id,
        Notification.kind == "post",
        Notification.about_id == Post.id,
        Act.notification_id == Notification.id,
        Inbox.member_id == actor.id,
        or_(Act.mailed_at.is_not(None), Act.number <= Notification.read, Act.number <= Inbox.all_read),
    )
    answered = or_(
        exists().where(Participant.thread_id == PostPlace.thread_id, Participant.member_id == actor.id),
        exists().where(PollVote.post_id == Post.id, PollVote.member_id == actor.id),
        exists().where(Attendance.post_id == Post.id, Attendance.member_id == actor.id),
    )
    viewed = exists().where(PostView.member_id == actor.id, PostView.post_id == Post.id)
    query = (
        select(Post, Community.id, Community.name)
        .join(PostPlace, PostPlace.post_id == Post.id)
        .join(Community, Community.id == PostPlace.community_id)
        .where(
            Community.circle_id.in_(circles_of(actor.id)),
            ~quiet.correlate(Community),
            PostPlace.said_at > since,
            PostPlace.said_at <= until,
            Post.deleted_at.is_(None),
            or_(Post.author_id.is_(None), Post.author_id != actor.id),
            Post.id.not_in(but),
            ~known.correlate(Post),
            ~answered,
            ~viewed,
            visible_in(actor),
        )
        .order_by(PostPlace.said_at.desc(), Post.id)
        .limit(MOST_READ)
    )
    by_place: dict[tuple[UUID, str], dict[UUID, Post]] = defaultdict(dict)
    seen: set[UUID] = set()
    for post, community_id, name in await session.execute(query):
        if post.id not in seen:
            seen.add(post.id)
            by_place[community_id, name][post.id] = post
    said = {
        post.id: _Words(post.author_id, post.said_at, post.body) for of in by_place.values() for post in of.values()
    }
    people = await _people(session, actor, said.values())
    found: list[ToMail] = []
    for (_, place), posts in by_place.items():
        shown = list(posts.values())[:MOST_POSTS]
        more = {shown[-1].id: len(posts) - len(shown)}
        found += [_published(post, said[post.id], place, people, reader, most, more.get(post.id, 0)) for post in shown]
    return found


async def messages(session: AsyncSession, reader: Reader, since: datetime, until: datetime, most: int) -> list[ToMail]:
    """What was written to him since then, by one or in a group, that he has not read; a piece for each conversation.
    Two queries."""
    actor, place = reader.actor, ConversationPlace
    mine = and_(place.conversation_id == Conversation.id, place.member_id == actor.id)
    query: Select[*tuple[Any, ...]] = (
        select(Message, Conversation, place)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(place, mine)
        .where(
            Conversation.kind.in_(("direct", "group")),
            Conversation.archived_at.is_(None),
            Conversation.last_at > since,
            place.left_at.is_(None),
            visible_to(actor),
            Message.root_id.is_(None),
            Message.kind == "said",
            Message.number > place.read_number,
            Message.created_at > since,
            Message.created_at <= until,
            Message.deleted_at.is_(None),
            Message.author_id.is_not(None),
            Message.author_id != actor.id,
            shown_to(actor),
        )
        .order_by(Message.created_at.desc(), Message.id)
        .limit(MOST_READ)
    )
    by_room: dict[UUID, list[tuple[Conversation, Message]]] = defaultdict(list)
    for message, room, own in await session.execute(query):
        if level_of(room, own) == "all":
            by_room[room.id].append((room, message))
    said = {one.id: _Words(one.author_id, one.created_at, one.text) for rows in by_room.values() for _, one in rows}
    people = await _people(session, actor, said.values())
    return [
        _written(rows[0][0], [said[one.id] for _, one in rows], rows[0][1].id, people, reader, most)
        for rows in by_room.values()
    ]


def only_said(piece: Piece) -> Piece:
    """Without what the mail's own head says already, and what it offers."""
    return replace(piece, sentence="", title="", place="", acts=())


def _told(
    one: Unmailed, said: Mapping[UUID, _Words], people: Mapping[UUID, Named], reader: Reader, most: int
) -> ToMail:
    seen = one.seen
    about: About = "page" if seen.notification.kind == "page" else "post"
    if seen.post is not None and seen.post.kind == "question":
        about = "question"
    sentences = [
        sentence(line.reason, [person.name for person in line.people], line.count, about, reader.language)
        for line in seen.lines
    ]
    ids = list(dict.fromkeys(act.said_id for act in one.acts if act.said_id is not None and act.said_id in said))
    words = [said[id_] for id_ in ids[:MOST_SAID]]
    left = len(ids) - len(words)
    place = seen.place.name if seen.place and seen.place.name != seen.words else ""
    piece = Piece(
        link=address_of(seen.notification, seen.lines),
        sentence=". ".join(sentences),
        title=seen.words,
        place=place,
        said=_lines(words, people, reader, most),
        more=counted(MORE_SAID, left, reader.language) if left > 0 else "",
    )
    about_it = ", ".join(filter(None, (seen.words, place)))
    post_id = seen.notification.about_id if seen.notification.kind == "post" else None
    kind = kind_of(seen.lines[0].reason)
    answers = Answers("post", post_id) if post_id else None
    page_id = seen.notification.about_id if about == "page" else None
    return ToMail(piece, sentences[0], about_it, kind, [act.id for act in one.acts], post_id, page_id, answers)


def _published(
    post: Post, words: _Words, place: str, people: Mapping[UUID, Named], reader: Reader, most: int, left: int
) -> ToMail:
    by = people.get(post.author_id) if post.author_id else None
    what = PUBLISHED[reader.language].format(who=who([by.name] if by else [], 1, reader.language))
    piece = Piece(
        link=f"/posts/{post.id}",
        title=post.title or what,
        place=place,
        said=_lines([words], people, reader, most),
        more=counted(MORE_POSTS, left, reader.language) if left > 0 else "",
    )
    return ToMail(
        piece,
        what,
        ", ".join(filter(None, (post.title, place))),
        "followed",
        post_id=post.id,
        answers=Answers("post", post.id),
    )


def _written(
    room: Conversation,
    words: Sequence[_Words],
    last_id: UUID,
    people: Mapping[UUID, Named],
    reader: Reader,
    most: int,
) -> ToMail:
    authors = list(dict.fromkeys(one.by for one in words))
    names = [people[by].name for by in authors if by is not None and by in people]
    what = WRITES[reader.language].format(who=who(names, len(authors), reader.language))
    left = len(words) - MOST_SAID
    piece = Piece(
        link=f"/messages/{room.id}",
        title=room.name or who(names, len(authors), reader.language),
        sentence=counted(WROTE, len(words), reader.language),
        said=_lines(words[:MOST_SAID], people, reader, most),
        more=counted(MORE_MESSAGES, left, reader.language) if left > 0 else "",
    )
    return ToMail(piece, what, room.name, "messages", answers=Answers("message", last_id))


def _lines(words: Sequence[_Words], people: Mapping[UUID, Named], reader: Reader, most: int) -> list[Said]:
    """The first said first."""
    return [
        Said(
            _name(one.by, people, reader.language),
            write_moment(one.at, reader.language, reader.zone),
            paragraphs(with_names(one.words, people, is_own=False), most),
        )
        for one in sorted(words, key=lambda one: one.at)
    ]


def _name(id_: UUID | None, people: Mapping[UUID, Named], language: Language) -> str:
    return people[id_].name if id_ is not None and id_ in people else who([], 1, language)


async def _said(session: AsyncSession, acts: Sequence[Act], found: Sequence[Unmailed]) -> dict[UUID, _Words]:
    """What these acts are about, by its id: comments, messages, posts, and names of documents. Three queries."""
    ids = {act.said_id for act in acts if act.said_id is not None}
    if not ids:
        return {}
    said: dict[UUID, _Words] = {}
    comments = select(Comment.id, Comment.author_id, Comment.created_at, Comment.body).where(Comment.id.in_(ids))
    written = select(Message.id, Message.author_id, Message.created_at, Message.text).where(Message.id.in_(ids))
    shelved = select(FolderAct.id, FolderAct.by, FolderAct.at, Document.name).where(FolderAct.id.in_(ids))
    shelved = shelved.join(Document, Document.id == FolderAct.document_id)
    for query in (comments, written, shelved):
        said |= {id_: _Words(by, at, words) for id_, by, at, words in await session.execute(query)}
    posts = {one.seen.post.id: one.seen.post for one in found if one.seen.post is not None}
    said |= {id_: _Words(one.author_id, one.said_at, one.body) for id_, one in posts.items() if id_ in ids}
    return said


async def _people(session: AsyncSession, actor: Actor, words: Collection[_Words]) -> dict[UUID, Named]:
    """Those who said this, and those named in it, whom the reader may find. One query."""
    ids = {one.by for one in words if one.by is not None}
    ids.update(id_ for one in words for id_ in named_in(one.words))
    return await named(session, actor, sorted(ids))


def address_of(notification: Notification, lines: Sequence[Line]) -> str:
    """Where it is read: the twin of what the application's own list leads to."""
    line = lines[0]
    address = ADDRESSES[notification.kind].format(notification.about_id)
    if notification.kind == "contacts" and line.reason == "contact_asked":
        return f"{address}?list=received"
    if notification.kind == "mentoring" and line.reason == "mentoring_asked":
        return f"{address}?side=mentor"
    if notification.kind == "conversation" and line.number is not None:
        return f"{address}?{'m' if line.reply_number is None else 'fil'}={line.number}"
    if notification.kind == "page" and line.thread_id is not None:
        return f"{address}?fil={line.thread_id}"
    return address


ADDRESSES: Mapping[str, str] = {
    "post": "/posts/{}",
    "community": "/communities/{}",
    "requests": "/communities/{}/members",
    "cases": "/communities/{}/moderation",
    "organisation_cases": "/admin/reports",
    "decisions": "/settings/reports",
    "contacts": "/contacts",
    "mentoring": "/mentoring",
    "conversation": "/messages/{}",
    "folder": "/documents/folders/{}",
    "page": "/documents/{}",
}
