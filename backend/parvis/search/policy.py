"""Who finds what: each kind by the condition of its feature, asked of the entries that were found. Pure answers.

`may_be_readable` narrows entries by the one place that they stand in, before their own condition is asked of them; it
lets through all that may be readable, and decides nothing.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    exists,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from parvis.accounts.actor import Actor
from parvis.accounts.models import Member
from parvis.accounts.policy import is_inside, may_moderate
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


def visible_among(found: CTE, actor: Actor, **how: Any) -> Select[*tuple[Any, ...]]:
    """Of these entries, those that the actor may read now (`is_visible`), and whether they are of his own places."""
    return select(*without_place(found), is_own(found, actor)).where(is_visible(found, actor, **how))


def without_place(found: FromClause) -> list[Any]:
    """What is told of entries that may be read: not where they stand, which is judged by alone."""
    return [column for column in found.c if column.name != "place_id"]


def is_own(found: CTE, actor: Actor) -> ColumnElement[int]:
    """Whether an entry is of a community of the actor's."""
    walls = select(Community.id).where(Community.circle_id.in_(circles_of(actor.id)))
    spaces = select(Folder.id).join(Community, Community.id == Folder.community_id)
    mine = union_all(walls, spaces.where(Community.circle_id.in_(circles_of(actor.id)), Folder.parent_id.is_(None)))
    return case((found.c.place_id.in_(mine), 1), else_=0).label("is_own")


def is_visible(
    found: FromClause,
    actor: Actor,
    *,
    many_met: bool = True,
    in_community: Any = None,
    narrowed: bool = False,
    only: str | None = None,
) -> ColumnElement[bool]:
    """Whether the actor may read an entry now. `many_met`: whether many are in his communities; `in_community`: only
    what stands in it, for posts that stand in several; `narrowed`: they were, by `may_be_readable`, so that he reads
    the one wall that they say they stand on, and only that they do is asked; `only`: all are of this kind.

    Each is asked about its own row: joined, SQLite would go through all posts before it looks for some. A row and the
    place by which it is read are one query: of a table that is asked alone SQLite does not take the index that has all
    of what is asked, but reads each row with its text.
    """
    is_read = PostPlace.community_id == found.c.place_id if narrowed else None
    document = _row(Document, found).join(Folder, Folder.id == Document.folder_id)
    judged: Sequence[tuple[str, str | None, Sequence[Select[*tuple[Any, ...]]]]] = (
        ("post", None, _post(found, actor, in_community, is_read)),
        ("comment", "", _comment(found, actor, in_community, is_read)),
        ("document", None, [document.where(documents.visible_one_by_one(actor))]),
        ("message", None, [_row(Message, found).where(Message.deleted_at.is_(None), chat.shown_to(actor))]),
        ("person", None, [_person(found, actor, many_met=many_met)]),
        ("community", None, [_row(Community, found).where(communities.visible_to(actor))]),
        ("comment", "page", [_page_comment(found, actor, in_community)]),
    )
    ways = [
        and_(_is_such(found, kind, part), or_(*(_is_there(row, found) for row in rows)))
        for kind, part, rows in judged
        if only is None or kind == only
    ]
    return or_(*ways)


def _is_such(found: FromClause, kind: str, part: str | None) -> ColumnElement[bool]:
    is_kind: ColumnElement[bool] = found.c.kind == kind
    return is_kind if part is None else and_(is_kind, found.c.part == part)


def _is_there(row: Select[*tuple[Any, ...]], found: FromClause) -> ColumnElement[bool]:
    """PostgreSQL asks it of each entry, as it is told, and does not read whole tables to know it of all rows."""
    return row.correlate(found).suffix_with("OFFSET 0", dialect="postgresql").exists()


def _row(table: Any, found: FromClause) -> Select[*tuple[Any, ...]]:
    """The row that an entry is of."""
    query: Select[*tuple[Any, ...]] = select(literal(1)).select_from(table)
    return query.where(table.id == found.c.subject_id)


def _post(
    found: FromClause, actor: Actor, in_community: Any, is_read: ColumnElement[bool] | None
) -> list[Select[*tuple[Any, ...]]]:
    """The ways of `posts.visible_to`."""
    post = _row(Post, found).where(Post.deleted_at.is_(None))
    on_wall = post.join(PostPlace, PostPlace.post_id == Post.id).where(posts.visible_in(actor, is_read))
    if in_community is not None:
        return [on_wall.where(PostPlace.community_id == in_community)]
    return [on_wall, post.join(PostReach, PostReach.post_id == Post.id).where(posts.visible_by(actor))]


def _comment(
    found: FromClause, actor: Actor, in_community: Any, is_read: ColumnElement[bool] | None
) -> list[Select[*tuple[Any, ...]]]:
    """By the place, or the reach, of whose discussion it is part."""
    said = _row(Comment, found).where(Comment.deleted_at.is_(None))
    on_wall = said.join(PostPlace, PostPlace.thread_id == Comment.thread_id).join(Post, Post.id == PostPlace.post_id)
    on_wall = on_wall.where(said_on_wall(actor, is_read))
    if in_community is not None:
        return [on_wall.where(PostPlace.community_id == in_community)]
    by_reach = said.join(PostReach, PostReach.thread_id == Comment.thread_id).join(Post, Post.id == PostReach.post_id)
    return [on_wall, by_reach.where(said_by_reach(actor))]


def _page_comment(found: FromClause, actor: Actor, in_community: Any) -> Select[*tuple[Any, ...]]:
    said = _row(Comment, found).join(Thread, Thread.id == Comment.thread_id)
    of_page = said.join(Document, Document.id == Thread.subject_id).join(Folder, Folder.id == Document.folder_id)
    return of_page.where(reads_page_comment(actor), _stands_in(in_community))


def said_on_wall(actor: Actor, is_read: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Places (`PostPlace`) where the actor reads a `Comment` of a `Post`: he reads that there, and it is not kept from
    him, or he runs the place. That it stands is not asked. `is_read`: see `posts.policy.visible_in`."""
    is_read_there = posts.visible_in(actor, is_read)
    is_there = and_(PostPlace.thread_id == Comment.thread_id, PostPlace.post_id == Post.id, is_read_there)
    return and_(is_there, or_(not_(kept_from(actor)), posts.moderated_by(actor)))


def said_by_reach(actor: Actor) -> ColumnElement[bool]:
    """The same of `PostReach`."""
    is_there = and_(PostReach.thread_id == Comment.thread_id, PostReach.post_id == Post.id, posts.visible_by(actor))
    return and_(is_there, true() if may_moderate(actor) else not_(kept_from(actor)))


def reads_page_comment(actor: Actor) -> ColumnElement[bool]:
    """Comments that stand and are kept from nobody but others, beside the `Document` that is a page, and its `Folder`,
    that the actor reads. Those that are hidden he finds where they are moderated."""
    return and_(Comment.deleted_at.is_(None), not_(kept_from(actor)), documents.visible_one_by_one(actor))


def _stands_in(community: Any) -> ColumnElement[bool]:
    """What stands in a `Folder` of the community's space; anywhere, where none is asked for."""
    if community is None:
        return true()
    space = aliased(Folder)
    there = exists().where(space.id == Folder.space_id, space.community_id == community)
    return there.correlate_except(space)


def _person(found: FromClause, actor: Actor, *, many_met: bool) -> Select[*tuple[Any, ...]]:
    """Of the organisation, people by what they show the reader; guests find those of their circles, by name alone."""
    if not is_inside(actor):
        is_named = and_(found.c.part == "organisation", found.c.in_title == 1)
        return _row(Member, found).where(is_named, visible_member(actor))
    shown = shows_whoever_reads(DirectoryEntry, many_met=many_met)
    entry = and_(DirectoryEntry.entry_id == found.c.id, shown)
    return _row(Member, found).where(exists().where(entry).correlate_except(DirectoryEntry), visible_member(actor))
