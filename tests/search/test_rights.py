"""The quick way in which search judges very many entries answers as each feature's own condition does."""

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

from sqlalchemy import exists, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.engagement.models import Comment, Thread
from parvis.kernel import clock
from parvis.kernel.entries import Entry
from parvis.kernel.ids import new_id
from parvis.kernel.runtime import Parvis
from parvis.posts import policy as posts
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.profiles.directory.filters import told_of
from parvis.search.policy import may_be_readable, said_by_reach, said_on_wall, visible_among
from parvis.search.queries.candidates import who_reads
from tests.make.audiences import actor_of
from tests.make.communities import Place, Someone, make_community
from tests.make.directory import block

LEFT = {"stands": {}, "hidden": {"hidden_at": clock.now()}, "removed": {"removed_at": clock.now()}}


async def test_what_is_judged_by_its_place_is_what_the_features_say(
    parvis: Parvis, ana: Someone, ben: Someone, zoe: Someone, guest: Someone, place: Place
) -> None:
    walls = [UUID(place.id), UUID((await make_community(zoe, "Randonnée")).id)]
    authors = [ana.member.id, ben.member.id, zoe.member.id]
    late = await parvis.database.write(_fill, walls, authors)
    for blocked in (False, True):
        if blocked:
            await block(parvis, ben.member, zoe.member)
            await block(parvis, zoe.member, ana.member)
        for someone in (ana, ben, zoe, guest):
            actor = await actor_of(parvis, someone.member)
            async with parvis.database.reading() as session:
                right = await _by_the_features(session, actor)
                assert await _by_search(session, actor, narrowed=False) == right
                quick = await _by_search(session, actor, narrowed=True)
                assert quick - late == right - late
                assert quick <= right
                assert (someone is guest) == (not right)


async def _fill(session: AsyncSession, walls: list[UUID], authors: list[UUID]) -> set[UUID]:
    """Posts in one place and in two, however they stand there, and on the square; each with comments of everybody, some
    hidden. What is told are those of which the entry is late: it says the one place where their post once stood."""
    late: set[UUID] = set()
    for author, state, other in product(authors, LEFT, [None, *LEFT]):
        for wall, second in (walls, reversed(walls)):
            post = await _post(session, author)
            placed = [(wall, state)] if other is None else [(wall, state), (second, other)]
            alone = wall if other in (None, "removed") else None
            found = [post]
            for community_id, left in placed:
                thread, said = await _thread(session, post, authors, alone)
                session.add(PostPlace(community_id=community_id, thread_id=thread, **_said(post), **LEFT[left]))
                found += said
            _enter(session, "post", post, alone)
            late |= set(found) if other == "removed" else set()
    for author, state, scope in product(authors, ("stands", "hidden"), ("square", "recipients")):
        post = await _post(session, author)
        thread, _ = await _thread(session, post, authors, None)
        session.add(PostReach(scope=scope, thread_id=thread, **_said(post), **LEFT[state]))
        _enter(session, "post", post, None)
    return late


async def _post(session: AsyncSession, author: UUID) -> UUID:
    post = Post(id=new_id(), author_id=author, kind="message", body="")
    session.add(post)
    await session.flush()
    return post.id


async def _thread(session: AsyncSession, post: UUID, authors: list[UUID], wall: UUID | None) -> tuple[UUID, list[UUID]]:
    thread = Thread(id=new_id(), subject_kind="post", subject_id=post)
    session.add(thread)
    await session.flush()
    found: list[UUID] = []
    for author, hidden in product([*authors[1:], None], (None, clock.now())):
        said = Comment(id=new_id(), thread_id=thread.id, author_id=author, body="", hidden_at=hidden)
        session.add(said)
        _enter(session, "comment", said.id, wall)
        found.append(said.id)
    return thread.id, found


def _said(post: UUID) -> dict[str, Any]:
    return {"post_id": post, "said_at": clock.now() - timedelta(days=1)}


def _enter(session: AsyncSession, kind: str, subject: UUID, wall: UUID | None) -> None:
    session.add(Entry(kind=kind, subject_id=subject, part="", place_id=wall))


async def _by_the_features(session: AsyncSession, actor: Actor) -> set[UUID]:
    read = select(Post.id).where(Post.deleted_at.is_(None), posts.visible_to(actor))
    said = select(Comment.id).join(Thread, Thread.id == Comment.thread_id).join(Post, Post.id == Thread.subject_id)
    on_wall = exists().where(said_on_wall(actor)).correlate_except(PostPlace)
    by_reach = exists().where(said_by_reach(actor)).correlate_except(PostReach)
    return {*await session.scalars(read), *await session.scalars(said.where(or_(on_wall, by_reach)))}


async def _by_search(session: AsyncSession, actor: Actor, *, narrowed: bool) -> set[UUID]:
    some = select(*Entry.__table__.c, literal(1).label("in_title")).where(Entry.kind.in_(("post", "comment")))
    if narrowed:
        some = some.where(may_be_readable(actor))
    seen = visible_among(some.cte("found"), actor, narrowed=narrowed)
    told = told_of(await who_reads(session, actor))
    return {row.subject_id for row in await session.execute(seen, told)}
