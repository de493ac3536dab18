"""What moderators do to posts and comments of others, in one community or on the square. Who may was judged by who
calls, and whether they read it themselves does not matter."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.engagement import service as engagement
from parvis.engagement.models import Comment, Thread
from parvis.kernel import clock
from parvis.kernel.events import record
from parvis.posts.events import CommentChanged, CommentDeleted, PostChanged
from parvis.posts.models import Post, PostPlace, PostReach
from parvis.posts.policy import is_open_to_all
from parvis.posts.queries import Wall

from .posts import delete_everywhere, take_off_place
from .telling import tell_of_comment


async def hide_post(session: AsyncSession, actor: Actor, post_id: UUID, community_id: Wall, *, hidden: bool) -> bool:
    """Hides a post on this wall alone from all but its author and moderators, or no longer. Whether this changed
    anything."""
    post, place = await _held(session, post_id, community_id)
    if place is None or post.deleted_at is not None or hidden == (place.hidden_at is not None):
        return False
    place.hidden_at = clock.now() if hidden else None
    if isinstance(place, PostPlace) and hidden:
        place.pinned_at = None
    post.version += 1
    await session.flush()
    record(session, PostChanged(id=post.id, version=post.version, community_id=community_id), actor_id=actor.id)
    return True


async def remove_post(session: AsyncSession, actor: Actor, post_id: UUID, community_id: Wall) -> None:
    """Takes a post off this wall; off the last one, it is deleted. Again changes nothing."""
    post, place = await _held(session, post_id, community_id)
    if place is None or post.deleted_at is not None:
        return
    if isinstance(place, PostPlace):
        await take_off_place(session, actor, post, place)
    else:
        await delete_everywhere(session, actor, post)


async def hide_comment(session: AsyncSession, actor: Actor, comment_id: UUID, *, hidden: bool) -> bool:
    """The same with a comment, wherever its discussion stands."""
    thread, comment = await _held_comment(session, comment_id)
    change = engagement.hide if hidden else engagement.show
    if not await change(session, thread, comment):
        return False
    await tell_of_comment(session, actor, thread, comment, CommentChanged)
    return True


async def remove_comment(session: AsyncSession, actor: Actor, comment_id: UUID) -> None:
    """Leaves its place. Again changes nothing."""
    thread, comment = await _held_comment(session, comment_id)
    if comment.deleted_at is None:
        await engagement.delete(session, thread, comment)
        await tell_of_comment(session, actor, thread, comment, CommentDeleted)


async def _held(session: AsyncSession, post_id: UUID, community_id: Wall) -> tuple[Post, PostPlace | PostReach | None]:
    query = select(Post).where(Post.id == post_id).with_for_update()
    post = (await session.execute(query.execution_options(populate_existing=True))).scalar_one()
    if community_id is None:
        reach = await session.get(PostReach, post_id, populate_existing=True)
        return post, reach if reach is not None and is_open_to_all(reach) else None
    place = await session.get(PostPlace, (post_id, community_id), populate_existing=True)
    return post, None if place is None or place.removed_at is not None else place


async def _held_comment(session: AsyncSession, comment_id: UUID) -> tuple[Thread, Comment]:
    thread_id = await session.scalar(select(Comment.thread_id).where(Comment.id == comment_id))
    assert thread_id is not None  # Comments leave their place.
    thread = await engagement.hold(session, thread_id)
    return thread, await session.get_one(Comment, comment_id, populate_existing=True)
