"""What verbs of this feature tell, and the rows that they hold."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.engagement.events import Mentioned
from parvis.engagement.models import Comment, Thread
from parvis.kernel.events import record
from parvis.posts import queries
from parvis.posts.events import CommentEvent, PostChanged, PostEvent
from parvis.posts.models import Post
from parvis.posts.queries import SeenPost, Wall

from . import recipients


async def held(session: AsyncSession, actor: Actor, post_id: UUID) -> SeenPost:
    """A post that the actor sees, held until the commit. Raises `NotFound`."""
    await session.execute(select(Post.id).where(Post.id == post_id).with_for_update())
    return await queries.post(session, actor, post_id)


async def tell_places(
    session: AsyncSession, actor: Actor | None, post: Post, kind: type[PostEvent] = PostChanged, **more: Any
) -> list[Wall]:
    """To all who follow a wall that the post stands on, on each by a fact of its own. Returns those of these walls that
    it is hidden on from nobody. `more`: what else such a fact says."""
    walls = await queries.walls(session, post.id)
    for wall, _ in walls:
        record(
            session,
            kind(id=post.id, version=post.version, community_id=wall, **more),
            actor_id=actor.id if actor else None,
        )
    await recipients.tell_later(session, post.id)
    return [wall for wall, is_hidden in walls if not is_hidden]


async def tell_of_comment(
    session: AsyncSession,
    actor: Actor,
    thread: Thread,
    comment: Comment,
    kind: type[CommentEvent],
    *,
    version: int | None = None,
) -> list[Wall]:
    """To all who may read the discussion. Returns the walls that it stands on."""
    walls = await queries.walls_sharing(session, thread.id)
    for wall in walls:
        fact = kind(
            id=comment.id,
            version=comment.version if version is None else version,
            post_id=thread.subject_id,
            thread_id=thread.id,
            community_id=wall,
        )
        record(session, fact, actor_id=actor.id)
    return walls


async def tell_named(
    session: AsyncSession,
    actor: Actor,
    walls: Collection[Wall],
    named: Iterable[UUID],
    kind: str,
    said_id: UUID,
    about: UUID,
) -> None:
    """To those named who may read it, and to nobody else."""
    wanted = set(named)
    if not wanted:
        return
    for member_id in await queries.readers_among(session, actor, walls, wanted):
        record(session, Mentioned(member_id=member_id, kind=kind, id=said_id, about=about), actor_id=actor.id)
