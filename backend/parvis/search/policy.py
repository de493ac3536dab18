"""Who finds what: each kind by the condition of its feature, asked of the entries that were found. Pure answers.

`readable_places` narrows entries by the one place that they stand in, before their own condition is asked of them; it
lets through all that may be readable, and decides nothing.
"""

from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    exists,
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
from parvis.documents.models import Document, Folder, Guard
from parvis.engagement.models import Comment, Thread
from parvis.engagement.policy import kept_from
from parvis.posts import policy as posts
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.profiles.directory.filters import shows_whoever_reads
from parvis.profiles.directory.models import DirectoryEntry
from parvis.profiles.policy import visible_member


def readable_places(actor: Actor) -> CompoundSelect[*tuple[Any, ...]]:
    """Communities whose wall, conversations, and members or communities in whose spaces the actor may read anything."""
    walls = select(Community.id).where(communities.readable_by(actor))
    talks = select(Conversation.id).where(chat.visible_to(actor))
    spaces = select(Guard.space_id).where(Guard.id.in_(documents.readable_by(actor)))
    return union_all(walls, talks, spaces)


def visible_among(
    found: CTE, actor: Actor, *, many_met: bool = True, in_community: Any = None
) -> Select[*tuple[Any, ...]]:
    """Of these entries, those that the actor may read now. `many_met`: whether many are in his
    communities; `in_community`: only what stands in it, for posts that
    stand in several."""
    branches = [
        _people(found, actor, many_met=many_met),
        select(found)
        .join(Community, Community.id == found.c.subject_id)
        .where(found.c.kind == "community", communities.visible_to(actor)),
        select(found)
        .join(Post, Post.id == found.c.subject_id)
        .where(found.c.kind == "post", Post.deleted_at.is_(None), _reads_post(actor, in_community)),
        select(found)
        .join(Comment, Comment.id == found.c.subject_id)
        .join(Thread, Thread.id == Comment.thread_id)
        .join(Post, Post.id == Thread.subject_id)
        .where(found.c.kind == "comment", visible_comment(actor, in_community)),
        select(found)
        .join(Message, Message.id == found.c.subject_id)
        .where(found.c.kind == "message", Message.deleted_at.is_(None), chat.shown_to(actor)),
        select(found)
        .join(Document, Document.id == found.c.subject_id)
        .join(Folder, Folder.id == Document.folder_id)
        .where(found.c.kind == "document", documents.visible_document(actor)),
    ]
    every = union_all(*branches).subquery("seen")
    walls = select(Community.id).where(Community.circle_id.in_(circles_of(actor.id)))
    spaces = select(Folder.id).join(Community, Community.id == Folder.community_id)
    mine = union_all(walls, spaces.where(Community.circle_id.in_(circles_of(actor.id)), Folder.parent_id.is_(None)))
    return select(every, case((every.c.place_id.in_(mine), 1), else_=0).label("is_own"))


def visible_comment(actor: Actor, in_community: Any = None) -> ColumnElement[bool]:
    """Comments, beside their `Thread` and its `Post`, of a discussion that the actor reads somewhere."""
    on_wall = and_(PostPlace.thread_id == Comment.thread_id, PostPlace.post_id == Post.id, posts.visible_in(actor))
    if in_community is not None:
        return and_(
            is_said(actor), exists().where(on_wall, PostPlace.community_id == in_community).correlate_except(PostPlace)
        )
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


def _people(found: CTE, actor: Actor, *, many_met: bool) -> Select[*tuple[Any, ...]]:
    """Of the organisation, people by what they show the reader; guests find those of their circles, by name alone."""
    query = select(found).join(Member, Member.id == found.c.subject_id)
    if not is_inside(actor):
        is_named = and_(found.c.part == "organisation", found.c.in_title == 1)
        return query.where(found.c.kind == "person", is_named, visible_member(actor))
    query = query.join(DirectoryEntry, DirectoryEntry.entry_id == found.c.id)
    shown = shows_whoever_reads(DirectoryEntry, many_met=many_met)
    return query.where(found.c.kind == "person", shown, visible_member(actor))
