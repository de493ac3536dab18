"""What verbs of this feature tell, and the rows that they hold."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.engagement.events import Mentioned
from parvis.engagement.mentions import words_of
from parvis.engagement.models import Comment, Thread
from parvis.kernel import entries
from parvis.kernel.analysis import Language
from parvis.kernel.events import record
from parvis.posts import queries
from parvis.posts.attached import Attached, attached
from parvis.posts.events import CommentEvent, PostChanged, PostEvent
from parvis.posts.models import Post
from parvis.posts.queries import KIND, SeenPost


async def held(session: AsyncSession, actor: Actor, post_id: UUID) -> SeenPost:
    """A post that the actor sees, held until the commit. Raises `NotFound`."""
    found = await queries.post(session, actor, post_id)
    await session.execute(select(Post.id).where(Post.id == found.post.id).with_for_update())
    return await queries.post(session, actor, post_id)


async def tell_places(
    session: AsyncSession, actor: Actor, post: Post, kind: type[PostEvent] = PostChanged
) -> list[UUID]:
    """To all who follow a place of the post, in each place by a fact of its own. Returns those of these communities
    that it is hidden in from nobody."""
    places = await queries.all_places(session, post.id)
    for place in places:
        fact = kind(id=post.id, version=post.version, community_id=place.community_id)
        record(session, fact, actor_id=actor.id)
    return [place.community_id for place in places if place.hidden_at is None]


async def tell_of_comment(
    session: AsyncSession,
    actor: Actor,
    thread: Thread,
    comment: Comment,
    kind: type[CommentEvent],
    *,
    version: int | None = None,
) -> list[UUID]:
    """To all who may read the discussion. Returns the communities that it stands in."""
    places = await queries.places_sharing(session, thread.id)
    for community_id in places:
        fact = kind(
            id=comment.id,
            version=comment.version if version is None else version,
            post_id=thread.subject_id,
            thread_id=thread.id,
            community_id=community_id,
        )
        record(session, fact, actor_id=actor.id)
    return places


async def tell_named(
    session: AsyncSession,
    actor: Actor,
    community_ids: Collection[UUID],
    named: Iterable[UUID],
    kind: str,
    said_id: UUID,
    about: UUID,
) -> None:
    """To those named who may read it, and to nobody else."""
    wanted = set(named)
    if not wanted:
        return
    for member_id in await queries.readers_among(session, actor, community_ids, wanted):
        record(session, Mentioned(member_id=member_id, kind=kind, id=said_id, about=about), actor_id=actor.id)


async def index(session: AsyncSession, post: Post) -> None:
    """Makes the post found by its words; whoever looks is held to `visible_to`."""
    await index_all(session, [post.id])


async def index_all(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """The same of these posts, at most 500."""
    found = await session.scalars(select(Post).where(Post.id.in_(ids), Post.deleted_at.is_(None)))
    shown = await attached(session, ids)
    await entries.put(session, KIND, ids, [_entry(post, shown.get(post.id, Attached())) for post in found])


def _entry(post: Post, shown: Attached) -> entries.Draft:
    language: Language = "en" if post.language == "en" else "fr"
    return entries.Draft(post.id, post.title, "\n".join([words_of(post.body), *shown.words()]), language)
