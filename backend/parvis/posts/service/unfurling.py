"""Cards for the links of posts: looked for after they are published, and kept as long as a post shows them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.files.cards import Found, looks_for_cards, still
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, enqueue
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import addresses_in
from parvis.posts import queries
from parvis.posts.events import PostUnfurled
from parvis.posts.models import Post
from parvis.posts.unfurled import LINKS

UNFURL = "posts.unfurl"


async def look_later(session: AsyncSession, post: Post) -> None:
    """Sees to it that the links of a post get their cards."""
    if addresses_in(post.body):
        await enqueue(session, UNFURL, {"post_id": str(post.id)}, unique=f"{post.id} {post.version}")


async def forget(session: AsyncSession, post: Post) -> None:
    """Takes away the cards of links that the post has no more, and those that nothing else shows."""
    await LINKS.forget(session, [post.id], but=addresses_in(post.body))


def unfurl_posts(parvis: Parvis) -> Handler:
    """The handler of `posts.unfurl`."""
    return looks_for_cards(parvis, "post_id", _body, keep)


async def _body(session: AsyncSession, post_id: UUID) -> str:
    return (await session.execute(select(Post.body).where(Post.id == post_id))).scalar_one_or_none() or ""


async def keep(session: AsyncSession, post_id: UUID, found: Found) -> None:
    """Has the post show the cards of those links that it still has."""
    post = (await session.execute(select(Post).where(Post.id == post_id).with_for_update())).scalar_one_or_none()
    if post is None or post.deleted_at is not None:
        return
    await LINKS.show(session, post_id, still(found, post.body))
    for wall, is_hidden in await queries.walls(session, post_id):
        if not is_hidden:
            record(session, PostUnfurled(id=post_id, version=post.version, community_id=wall))
