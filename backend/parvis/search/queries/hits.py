"""What is shown of what was found. Each kind is read again through the condition of its feature: what may not be read
any more is not there."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
from parvis.accounts.models import Member
from parvis.chat.models import Conversation, ConversationPlace, Message
from parvis.chat.policy import shown_to
from parvis.circles.models import Circle, Membership
from parvis.communities.models import CharterAcceptance, Community
from parvis.communities.policy import may_post
from parvis.communities.policy import visible_to as visible_community
from parvis.communities.queries import his_acceptance, his_place, standing_of
from parvis.documents.models import Document, Folder, Guard
from parvis.documents.policy import lets_through, visible_one_by_one
from parvis.engagement.models import Comment, Thread
from parvis.kernel.db import among
from parvis.kernel.entries import EntryText
from parvis.posts.models import Gathering, Post, PostPlace, PostReach
from parvis.posts.policy import visible_by, visible_in
from parvis.profiles.models import ProfileField
from parvis.profiles.policy import visible_field
from parvis.profiles.queries.people import Named, named
from parvis.search.models import Kind
from parvis.search.policy import reads_page_comment, said_by_reach, said_on_wall

from .candidates import Candidate

OF_PEOPLE = ("headline", "place", "skills", "mentoring")
LONGEST_BODY = 60_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as far as its reader may know. A direct conversation is called by who is talked with."""

    kind: Literal["community", "conversation", "folder", "member_space"]
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """By which the way there is known."""

    post_id: UUID | None = None
    document_id: UUID | None = None
    thread_id: UUID | None = None
    comment_id: UUID | None = None
    conversation_id: UUID | None = None
    number: int | None = None
    thread_number: int | None = None
    root_id: UUID | None = None
    message_id: UUID | None = None
    community_id: UUID | None = None
    folder_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One kind of thing, as its feature shows it to the reader. `with_id`: who is talked with, where that names the
    place."""

    title: str | None = None
    place: Place | None = None
    author_id: UUID | None = None
    target: Target = Target()
    with_id: UUID | None = None
    community: Community | None = None
    people: int = 0
    may_post: bool = False
    document: Document | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    folder: Place | None = None
    space: Place | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, whole."""

    candidate: Candidate
    kind: Kind
    title: str
    body: str
    shown: Shown
    author: Named | None
    person: Named | None
    score: float


async def hits(
    session: AsyncSession, actor: Actor, found: Sequence[tuple[Candidate, float]], *, longest: int = LONGEST_BODY
) -> list[Hit]:
    """Those of these that the actor may read now, in that order. One query for each kind of which there are some, one
    for their texts, and one for people."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for candidate, _ in found:
        by_kind[candidate.kind].append(candidate.subject_id)
    shown: dict[tuple[str, UUID], Shown] = {}
    for kind, ids in by_kind.items():
        told = {"reader": actor.id, "ids": ids}
        rows = (await session.execute(_READ[kind](actor.stand_in()), told)).all()
        shown |= {(kind, id_): one for id_, one in _SHOW[kind](actor, rows).items()}
    texts = await _texts(session, [candidate.id for candidate, _ in found], longest)
    wanted = {id_ for one in shown.values() for id_ in (one.author_id, one.with_id) if id_}
    people = await named(session, actor, sorted(wanted | set(by_kind["person"])))
    return [
        _hit(candidate, score, texts[candidate.id], one, people)
        for candidate, score in found
        if (one := shown.get((candidate.kind, candidate.subject_id))) is not None
        and candidate.id in texts
        and (candidate.kind != "person" or candidate.subject_id in people)
    ]


def _hit(candidate: Candidate, score: float, text: tuple[str, str], shown: Shown, people: Mapping[UUID, Named]) -> Hit:
    title, body = text
    talked_with = people.get(shown.with_id) if shown.with_id else None
    if talked_with is not None and shown.place is not None:
        shown = replace(shown, place=replace(shown.place, name=talked_with.name))
    return Hit(
        candidate=candidate,
        kind=candidate.shown_as,
        title=shown.title or title,
        body=body,
        shown=shown,
        author=people.get(shown.author_id) if shown.author_id else None,
        person=people.get(candidate.subject_id) if candidate.kind == "person" else None,
        score=score,
    )


async def _texts(session: AsyncSession, ids: Sequence[int], longest: int) -> dict[int, tuple[str, str]]:
    if not ids:
        return {}
    query = select(EntryText.entry_id, EntryText.title, func.substr(EntryText.body, 1, longest))
    rows = await session.execute(query.where(EntryText.entry_id.in_(ids)))
    return {id_: (title, body) for id_, title, body in rows}


@lru_cache(maxsize=KINDS_OF_READERS)
def _people(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Whether they may be found at all is told by who names them."""
    said = and_(ProfileField.member_id == Member.id, ProfileField.field.in_(OF_PEOPLE), visible_field(actor))
    query = select(Member.id, ProfileField.field, ProfileField.value).outerjoin(ProfileField, said)
    return query.where(among(Member.id, "ids"))


def _show_people(_actor: Actor, rows: Sequence[Any]) -> dict[UUID, Shown]:
    values: dict[UUID, dict[str, Any]] = {}
    for id_, name, value in rows:
        values.setdefault(id_, {})
        if name is not None and value is not None:
            values[id_][name] = value
    return {id_: Shown(values=said) for id_, said in values.items()}


@lru_cache(maxsize=KINDS_OF_READERS)
def _communities(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(Community, Circle.people, Membership.role, CharterAcceptance.version)
        .join(Circle, Circle.id == Community.circle_id)
        .outerjoin(Membership, his_place(actor.id))
        .outerjoin(CharterAcceptance, his_acceptance(actor.id))
        .where(among(Community.id, "ids"), visible_community(actor))
        .execution_options(populate_existing=True)
    )


def _show_communities(actor: Actor, rows: Sequence[Any]) -> dict[UUID, Shown]:
    may_write = actor.may_use("posts:write")
    return {
        one.id: Shown(
            title=one.name,
            community=one,
            people=people,
            may_post=may_write and may_post(one, standing_of(actor, role, accepted)),
            target=Target(community_id=one.id),
        )
        for one, people, role, accepted in rows
    }


@lru_cache(maxsize=KINDS_OF_READERS)
def _posts(actor: Actor) -> Select[*tuple[Any, ...]]:
    there = and_(PostPlace.post_id == Post.id, visible_in(actor))
    reached = and_(PostReach.post_id == Post.id, visible_by(actor))
    return (
        select(Post.id, Post.title, Post.author_id, Community.id, Community.name)
        .add_columns(Gathering.starts_at, Gathering.ends_at)
        .select_from(Post)
        .outerjoin(PostPlace, there)
        .outerjoin(PostReach, reached)
        .outerjoin(Community, Community.id == PostPlace.community_id)
        .outerjoin(Gathering, Gathering.post_id == Post.id)
        .where(among(Post.id, "ids"), Post.deleted_at.is_(None), _is_somewhere())
        .order_by(Community.sort_name)
    )


def _is_somewhere() -> ColumnElement[bool]:
    return or_(PostPlace.post_id.is_not(None), PostReach.post_id.is_not(None))


def _show_posts(_actor: Actor, rows: Sequence[Any]) -> dict[UUID, Shown]:
    found: dict[UUID, Shown] = {}
    for id_, title, author_id, community_id, name, starts_at, ends_at in rows:
        if id_ not in found:
            place = Place("community", community_id, name) if community_id else None
            target = Target(post_id=id_, community_id=community_id)
            found[id_] = Shown(title, place, author_id, target, starts_at=starts_at, ends_at=ends_at)
    return found


@lru_cache(maxsize=KINDS_OF_READERS)
def _comments(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Each by what it is said under: a post, in the first place where the reader reads that, or a page."""
    of_page = and_(Document.id.is_not(None), reads_page_comment(actor))
    return (
        select(Comment.id, Comment.author_id, Post.id, Post.title, func.substr(Post.body, 1, 120))
        .add_columns(Community.id, Community.name, Document.id, Document.name, Comment.thread_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .outerjoin(Post, Post.id == Thread.subject_id)
        .outerjoin(PostPlace, said_on_wall(actor))
        .outerjoin(PostReach, said_by_reach(actor))
        .outerjoin(Community, Community.id == PostPlace.community_id)
        .outerjoin(Document, Document.id == Thread.subject_id)
        .outerjoin(Folder, Folder.id == Document.folder_id)
        .where(among(Comment.id, "ids"), Comment.deleted_at.is_(None), or_(_is_somewhere(), of_page))
        .order_by(Community.sort_name)
    )


def _show_comments(_actor: Actor, rows: Sequence[Any]) -> dict[UUID, Shown]:
    found: dict[UUID, Shown] = {}
    for id_, author_id, post_id, title, body, community_id, name, page_id, page, thread_id in rows:
        if id_ not in found:
            place = Place("community", community_id, name) if community_id else None
            of_page = {"document_id": page_id, "thread_id": thread_id} if page_id else {}
            target = Target(post_id=post_id, comment_id=id_, community_id=community_id, **of_page)
            found[id_] = Shown(page or title or body, place, author_id, target)
    return found


@lru_cache(maxsize=KINDS_OF_READERS)
def _messages(actor: Actor) -> Select[*tuple[Any, ...]]:
    other, root = aliased(ConversationPlace), aliased(Message)
    is_other = and_(Conversation.kind == "direct", other.conversation_id == Conversation.id, other.member_id != READER)
    return (
        select(Message.id, Message.author_id, Message.number, Message.root_id, root.number)
        .add_columns(Conversation.id, Conversation.name, Community.id, Community.name, other.member_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(root, root.id == Message.root_id)
        .outerjoin(other, is_other)
        .outerjoin(Community, Community.id == Conversation.community_id)
        .where(among(Message.id, "ids"), Message.deleted_at.is_(None), shown_to(actor))
    )


def _show_messages(_actor: Actor, rows: Sequence[Any]) -> dict[UUID, Shown]:
    found: dict[UUID, Shown] = {}
    for id_, author_id, number, root_id, root_number, conversation_id, name, community_id, community, other in rows:
        called = f"{name}, {community}" if community and name else name
        target = Target(
            conversation_id=conversation_id,
            number=number,
            thread_number=root_number,
            root_id=root_id,
            message_id=id_,
            community_id=community_id,
        )
        place = Place("conversation", conversation_id, called)
        found[id_] = Shown("", place, author_id, target, with_id=other)
    return found


@lru_cache(maxsize=KINDS_OF_READERS)
def _documents(actor: Actor) -> Select[*tuple[Any, ...]]:
    """What one stands in is told to who may read that too."""
    of_space = aliased(Guard)
    reads_folder = lets_through(actor, Folder.guard_id)
    return (
        select(Document, Folder.id, Folder.parent_id, Folder.name, case((reads_folder, 1), else_=0))
        .add_columns(Community.id, Community.name, Member.id, Member.name)
        .join(Folder, Folder.id == Document.folder_id)
        .join(of_space, of_space.id == Folder.guard_id)
        .outerjoin(Community, Community.id == of_space.community_id)
        .outerjoin(Member, Member.id == of_space.member_id)
        .where(among(Document.id, "ids"), visible_one_by_one(actor))
    )


def _show_documents(_actor: Actor, rows: Sequence[Any]) -> dict[UUID, Shown]:
    found: dict[UUID, Shown] = {}
    for one, folder_id, parent_id, name, reads, community_id, community, member_id, member in rows:
        space: Place | None = None
        if reads and community_id:
            space = Place("community", community_id, community)
        elif reads and member_id:
            space = Place("member_space", member_id, member)
        place = Place("folder", folder_id, name) if reads and parent_id else space
        target = Target(community_id=community_id if reads else None, folder_id=folder_id if reads else None)
        found[one.id] = Shown(
            one.name,
            place,
            one.changed_by or one.created_by,
            target,
            document=one,
            folder=place if reads and parent_id else None,
            space=space,
        )
    return found


_READ: Mapping[str, Callable[[Actor], Select[*tuple[Any, ...]]]] = {
    "person": _people,
    "community": _communities,
    "post": _posts,
    "comment": _comments,
    "message": _messages,
    "document": _documents,
}
_SHOW: Mapping[str, Callable[[Actor, Sequence[Any]], dict[UUID, Shown]]] = {
    "person": _show_people,
    "community": _show_communities,
    "post": _show_posts,
    "comment": _show_comments,
    "message": _show_messages,
    "document": _show_documents,
}
