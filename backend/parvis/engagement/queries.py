"""Reading what was added to subjects that the actor may read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import KINDS_OF_READERS, READER, Actor
from parvis.accounts.publics import PRECEDENCE
from parvis.files.referred import DOCUMENTS, Card, ids_in
from parvis.kernel.db import Id, among
from parvis.kernel.errors import NotFound
from parvis.kernel.pagination import PageRequest, paginate
from parvis.profiles.policy import blocked, those_apart
from parvis.profiles.queries.people import Named, named

from . import policy
from .mentions import named_in
from .models import REACTIONS, Bookmark, Comment, Participant, Reaction, Thread
from .policy import Stance

FIRST_REPLIES = 5
"""How many come with the comment that they answer."""


@dataclass(frozen=True, slots=True)
class Reacted:
    """How many of each kind, without those whom a block keeps apart from the reader; and which of them are his."""

    counts: Mapping[str, int]
    mine: Collection[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a thread counts for a reader: without those whom a block keeps apart from him."""

    thread: Thread
    comments: int
    people: int
    mix: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Added:
    """What readers added to some subjects, as it counts for one of them: of each thread, and of each subject; and which
    subjects he put aside."""

    tallies: Mapping[UUID, Tally]
    reacted: Mapping[UUID, Reacted]
    put_aside: Collection[UUID]


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as a reader sees it. `is_there` is false for the place that one left: deleted, or kept from him."""

    comment: Comment
    is_there: bool
    is_accepted: bool
    reacted: Reacted
    reply_count: int
    replies: "Sequence[Said]"


@dataclass(frozen=True, slots=True)
class Discussion:
    """A page of comments, those named in it whom the reader may see, and the documents that it refers to which he may
    read."""

    items: Sequence[Said]
    next: str | None
    people: Mapping[UUID, Named]
    stance: Stance
    documents: Mapping[UUID, Card]


async def page_of_comments(
    session: AsyncSession,
    actor: Actor,
    thread: Thread,
    stance: Stance,
    page: PageRequest,
    parent_id: UUID | None = None,
) -> Discussion:
    """Comments of a thread, or replies to one of them, the oldest first. At most six queries."""
    statement = _page_for(actor.stand_in(), moderates=stance.moderates, replies=parent_id is not None)
    told = {"reader": actor.id, "thread": thread.id, "parent": parent_id}
    found = await paginate(session, statement, (Comment.id,), page, lambda comment, apart: (comment, apart), told)
    return await _discussion(session, actor, [thread], stance, found.items, found.next)


@lru_cache(maxsize=KINDS_OF_READERS)
def _page_for(actor: Actor, *, moderates: bool, replies: bool) -> Select[*tuple[Comment, bool]]:
    is_asked = Comment.parent_id == bindparam("parent", type_=Id) if replies else Comment.parent_id.is_(None)
    return _readable(actor, moderates=moderates).where(Comment.thread_id == bindparam("thread", type_=Id), is_asked)


async def comment(session: AsyncSession, actor: Actor, thread: Thread, stance: Stance, comment_id: UUID) -> Discussion:
    """One comment alone. Raises `NotFound` for one that the actor may not see."""
    statement = _readable(actor, moderates=stance.moderates)
    statement = statement.where(Comment.thread_id == thread.id, Comment.id == comment_id)
    rows = (await session.execute(statement.execution_options(populate_existing=True))).all()
    if not rows:
        raise NotFound
    return await _discussion(session, actor, [thread], stance, [(row[0], row[1]) for row in rows], None)


async def openings(session: AsyncSession, actor: Actor, threads: Collection[Thread], stance: Stance) -> Discussion:
    """With what each of these threads began, in their order. At most five queries."""
    query = select(Comment, policy.kept_from(actor)).where(
        Comment.thread_id.in_([thread.id for thread in threads]), Comment.parent_id.is_(None)
    )
    rows = (await session.execute(query.execution_options(populate_existing=True))).all()
    first = {comment.thread_id: (comment, apart) for comment, apart in sorted(rows, key=lambda row: -row[0].id.int)}
    return await _discussion(session, actor, threads, stance, [first[one.id] for one in threads if one.id in first])


async def just_said(session: AsyncSession, actor: Actor, stance: Stance, said: Comment) -> Discussion:
    """A comment that the actor makes in this unit of work, which nobody answered or reacted to yet. At most two
    queries."""
    people = await _people(session, actor, [said])
    documents = await DOCUMENTS.cards(session, actor, ids_in([said.document_ids]))
    only = Said(said, is_there=True, is_accepted=False, reacted=Reacted({}, ()), reply_count=0, replies=())
    return Discussion([only], None, people, stance, documents)


async def standing_comment(
    session: AsyncSession,
    actor: Actor,
    thread_ids: Collection[UUID],
    comment_id: UUID,
    *,
    moderated: Collection[UUID],
) -> Comment:
    """One in these threads that was neither deleted nor is kept from the actor. Raises `NotFound`."""
    query = select(Comment).where(
        Comment.id == comment_id, Comment.thread_id.in_(thread_ids), Comment.deleted_at.is_(None)
    )
    query = query.where(or_(~policy.kept_from(actor), Comment.thread_id.in_(moderated)))
    found = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def added(session: AsyncSession, actor: Actor, threads: Collection[Thread], moderated: Collection[UUID]) -> Added:
    """What these threads, and their subjects, count for the reader; all who take part in those of which he moderates
    the subject. One query."""
    counts: dict[UUID, Counter[str]] = defaultdict(Counter)
    for thread in threads:
        counts[thread.subject_id].update(thread.reactions)
    asked = {"reader": actor.id, "ids": list(counts), "threads": [thread.id for thread in threads]}
    apart: dict[UUID, list[_Apart]] = defaultdict(list)
    others: dict[UUID, Counter[str]] = defaultdict(Counter)
    mine: dict[UUID, set[str]] = defaultdict(set)
    put_aside = set()
    for what, id_, word, number in await session.execute(ADDED, asked):
        if what == PUT_ASIDE:
            put_aside.add(id_)
        elif what == REACTED:
            mine[id_].add(word)
        elif what == REACTED_APART:
            others[id_][word] += 1
        elif id_ not in moderated:
            apart[id_].append((word, number))
    return Added(
        {thread.id: _tally(thread, apart[thread.id]) for thread in threads},
        {id_: Reacted(_less(kept, others[id_], REACTIONS), mine[id_]) for id_, kept in counts.items()},
        put_aside,
    )


async def reacted(
    session: AsyncSession, actor: Actor, counts: Mapping[UUID, Mapping[str, int]], thread_ids: Collection[UUID]
) -> dict[UUID, Reacted]:
    """Reactions to comments of these threads, of which `counts` are kept. One query."""
    asked = {"reader": actor.id, "ids": list(counts), "threads": list(thread_ids)}
    mine: dict[UUID, set[str]] = defaultdict(set)
    apart: dict[UUID, Counter[str]] = defaultdict(Counter)
    for subject_id, kind, member_id in await session.execute(_mine_and_apart(actor.stand_in()), asked):
        if member_id == actor.id:
            mine[subject_id].add(kind)
        else:
            apart[subject_id][kind] += 1
    return {id_: Reacted(_less(kept, apart[id_], REACTIONS), mine[id_]) for id_, kept in counts.items()}


_Apart = tuple[str | None, int]
"""Somebody apart from the reader who takes part: his public, and how many comments are his."""
PUT_ASIDE, REACTED, REACTED_APART, TAKES_PART_APART = range(4)


def _added() -> CompoundSelect[*tuple[Any, ...]]:
    """Of the subjects `ids` and their threads: what of them is the reader's, and what of those apart from him."""
    nothing, none = cast(null(), String), literal(0)
    put_aside = select(literal(PUT_ASIDE), Bookmark.subject_id, nothing, none)
    reacted = select(literal(REACTED), Reaction.subject_id, Reaction.kind, none)
    reacted_apart = select(literal(REACTED_APART), Reaction.subject_id, Reaction.kind, none)
    takes_part = select(literal(TAKES_PART_APART), Participant.thread_id, Participant.public, Participant.comments)
    on_these = among(Reaction.subject_id, "ids"), among(Reaction.thread_id, "threads")
    apart = those_apart(READER)
    return union_all(
        put_aside.where(Bookmark.member_id == READER, among(Bookmark.subject_id, "ids")),
        reacted.where(Reaction.member_id == READER, *on_these),
        reacted_apart.where(Reaction.member_id.in_(apart), *on_these),
        takes_part.where(among(Participant.thread_id, "threads"), Participant.member_id.in_(apart)),
    )


ADDED = _added()


@lru_cache(maxsize=KINDS_OF_READERS)
def _mine_and_apart(actor: Actor) -> Select[UUID, str, UUID]:
    return select(Reaction.subject_id, Reaction.kind, Reaction.member_id).where(
        among(Reaction.subject_id, "ids"),
        among(Reaction.thread_id, "threads"),
        or_(Reaction.member_id == actor.id, blocked(actor, Reaction.member_id)),
    )


def _readable(actor: Actor, *, moderates: bool) -> Select[*tuple[Comment, bool]]:
    return select(Comment, policy.kept_from(actor)).where(policy.visible_to(actor, moderates=moderates))


async def _discussion(
    session: AsyncSession,
    actor: Actor,
    threads: Collection[Thread],
    stance: Stance,
    rows: Sequence[tuple[Comment, bool]],
    following: str | None = None,
) -> Discussion:
    answers = await _first_replies(session, actor, stance, [comment.id for comment, _ in rows])
    shown = {comment.id: comment for comment, _ in rows} | {
        reply.id: reply for replies, _ in answers.values() for reply in replies
    }
    ids, accepted = [thread.id for thread in threads], {thread.accepted_id for thread in threads}
    reactions = await reacted(session, actor, {id_: one.reactions for id_, one in shown.items()}, ids)

    def said(comment: Comment, *, is_there: bool) -> Said:
        replies, count = answers.get(comment.id, ((), 0))
        return Said(
            comment,
            is_there and comment.deleted_at is None,
            comment.id in accepted,
            reactions[comment.id],
            count,
            [said(reply, is_there=True) for reply in replies],
        )

    items = [said(comment, is_there=stance.moderates or not apart) for comment, apart in rows]
    there = [*items, *(reply for item in items for reply in item.replies)]
    standing = [one.comment for one in there if one.is_there]
    people = await _people(session, actor, standing)
    documents = await DOCUMENTS.cards(session, actor, ids_in([one.document_ids for one in standing]))
    return Discussion(items, following, people, stance, documents)


async def _first_replies(
    session: AsyncSession, actor: Actor, stance: Stance, ids: Sequence[UUID]
) -> dict[UUID, tuple[Sequence[Comment], int]]:
    """The first replies to each of these, and how many there are. One query."""
    found: dict[UUID, tuple[list[Comment], int]] = {}
    query = _replies_for(actor.stand_in(), moderates=stance.moderates)
    for reply, count in await session.execute(query, {"reader": actor.id, "ids": list(ids)}):
        found.setdefault(reply.parent_id, ([], count))[0].append(reply)
    return dict(found)


@lru_cache(maxsize=KINDS_OF_READERS)
def _replies_for(actor: Actor, *, moderates: bool) -> Select[*tuple[Any, ...]]:
    numbered = (
        select(
            Comment.id,
            func.row_number().over(partition_by=Comment.parent_id, order_by=Comment.id).label("number"),
            func.count().over(partition_by=Comment.parent_id).label("count"),
        )
        .where(among(Comment.parent_id, "ids"), policy.visible_to(actor, moderates=moderates))
        .subquery()
    )
    query = select(Comment, numbered.c.count).join(numbered, numbered.c.id == Comment.id)
    return query.where(numbered.c.number <= FIRST_REPLIES).order_by(Comment.id)


async def _people(session: AsyncSession, actor: Actor, comments: Iterable[Comment]) -> dict[UUID, Named]:
    ids: set[UUID] = set()
    for comment in comments:
        ids.update(named_in(comment.body))
        if comment.author_id is not None:
            ids.add(comment.author_id)
    return await named(session, actor, sorted(ids))


def _tally(thread: Thread, apart: Sequence[_Apart]) -> Tally:
    publics = Counter(public for public, _ in apart if public)
    return Tally(
        thread,
        thread.comments - sum(comments for _, comments in apart),
        thread.people - len(apart),
        _less(thread.mix, publics, PRECEDENCE),
    )


def _less(counts: Mapping[str, int], apart: Mapping[str, int], kinds: Sequence[str]) -> dict[str, int]:
    left = {kind: counts.get(kind, 0) - apart.get(kind, 0) for kind in kinds}
    return {kind: count for kind, count in left.items() if count > 0}
