"""Who finds what: each kind by the condition of its feature, asked of the entries that were found. Pure answers.

`may_be_readable` narrows entries by the one place that they stand in, before their own condition is asked of them; it
lets through all that may be readable, and decides nothing.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.policy import is_inside
from parvis.chat import policy as chat
from parvis.chat.models import Conversation, Message
from parvis.circles.policy import circles_of
from parvis.communities import policy as communities
from parvis.communities.models import Community
from parvis.documents import policy as documents
from parvis.documents.models import Document, Folder
from parvis.engagement.models import Comment, Thread
from parvis.engagement.policy import kept_from
from parvis.kernel.entries import Entry
from parvis.posts import policy as posts
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.profiles.directory.filters import shows_whoever_reads
from parvis.profiles.directory.models import DirectoryEntry
from parvis.profiles.policy import visible_member


def may_be_readable(actor: Actor) -> ColumnElement[bool]:
    """Entries of which the place does not say that the actor may not read them."""
    talks = select(Conversation.id).where(chat.visible_to(actor))
    wall = exists().where(Community.id == Entry.place_id, communities.readable_by(actor)).correlate_except(Community)
    return or_(
        Entry.place_id.is_(None),
        Entry.kind == "document",
        and_(Entry.kind == "message", Entry.place_id.in_(talks)),
        and_(Entry.kind.in_(("post", "comment")), wall),
    )


def visible_among(
    found: CTE, actor: Actor, *, many_met: bool = True, in_community: Any = None
) -> Select[*tuple[Any, ...]]:
    """Of these entries, those that the actor may read now. `many_met`: whether many are in his communities;
    `in_community`: only what stands in it, for posts that stand in several.

    Each is asked about its own row: joined, SQLite would go through all posts before it looks for some.
    """
    judged: Mapping[str, Select[*tuple[Any, ...]]] = {
        "person": _person(found, actor, many_met=many_met),
        "community": _row(Community, found).where(communities.visible_to(actor)),
        "post": _row(Post, found).where(Post.deleted_at.is_(None), _reads_post(actor, in_community)),
        "comment": _row(Comment, found)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Post, Post.id == Thread.subject_id)
        .where(visible_comment(actor, in_community)),
        "message": _row(Message, found).where(Message.deleted_at.is_(None), chat.shown_to(actor)),
        "document": _row(Document, found)
        .join(Folder, Folder.id == Document.folder_id)
        .where(documents.visible_one_by_one(actor)),
    }
    walls = select(Community.id).where(Community.circle_id.in_(circles_of(actor.id)))
    spaces = select(Folder.id).join(Community, Community.id == Folder.community_id)
    mine = union_all(walls, spaces.where(Community.circle_id.in_(circles_of(actor.id)), Folder.parent_id.is_(None)))
    is_own = case((found.c.place_id.in_(mine), 1), else_=0).label("is_own")
    ways = [and_(found.c.kind == kind, row.correlate(found).exists()) for kind, row in judged.items()]
    return select(found, is_own).where(or_(*ways))


def _row(table: Any, found: CTE) -> Select[*tuple[Any, ...]]:
    """The row that an entry is of."""
    query: Select[*tuple[Any, ...]] = select(literal(1)).select_from(table)
    return query.where(table.id == found.c.subject_id)


def visible_comment(actor: Actor, in_community: Any = None) -> ColumnElement[bool]:
    """Comments, beside their `Thread` and its `Post`, of a discussion that the actor reads somewhere."""
    on_wall = and_(PostPlace.thread_id == Comment.thread_id, PostPlace.post_id == Post.id, posts.visible_in(actor))
    if in_community is not None:
        there = exists().where(on_wall, PostPlace.community_id == in_community)
        return and_(is_said(actor), there.correlate_except(PostPlace))
    by_reach = and_(PostReach.thread_id == Comment.thread_id, PostReach.post_id == Post.id, posts.visible_by(actor))
    return and_(
        is_said(actor),
        or_(
            exists().where(on_wall).correlate_except(PostPlace),
            exists().where(by_reach).correlate_except(PostReach),
        ),
    )


def is_said(actor: Actor) -> ColumnElement[bool]:
    """Comments that stand, are hidden from nobody, and are of nobody apart from the actor."""
    return and_(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None), not_(kept_from(actor)))


def _reads_post(actor: Actor, in_community: Any) -> ColumnElement[bool]:
    if in_community is None:
        return posts.visible_to(actor)
    there = and_(PostPlace.post_id == Post.id, PostPlace.community_id == in_community, posts.visible_in(actor))
    return exists().where(there).correlate_except(PostPlace)


def _person(found: CTE, actor: Actor, *, many_met: bool) -> Select[*tuple[Any, ...]]:
    """Of the organisation, people by what they show the reader; guests find those of their circles, by name alone."""
    if not is_inside(actor):
        is_named = and_(found.c.part == "organisation", found.c.in_title == 1)
        return _row(Member, found).where(is_named, visible_member(actor))
    shown = shows_whoever_reads(DirectoryEntry, many_met=many_met)
    entry = and_(DirectoryEntry.entry_id == found.c.id, shown)
    return _row(Member, found).where(exists().where(entry).correlate_except(DirectoryEntry), visible_member(actor))
