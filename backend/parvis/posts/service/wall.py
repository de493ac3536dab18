"""What stays on top of a wall."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel import clock
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.errors import Conflict, require
from parvis.kernel.events import record
from parvis.posts import policy, queries
from parvis.posts.events import PostPinChanged
from parvis.posts.models import PostPlace
from parvis.posts.queries import SeenPost

from .posts import MODERATORS_ONLY, standing

MOST_PINNED = 5


class TooManyPinned(Conflict):
    code = "too_many_pinned"
    title = {
        "fr": "Cinq publications sont déjà épinglées ici : détachez-en une d’abord.",
        "en": "Five posts are pinned here already: unpin one first.",
    }


async def pin(session: AsyncSession, actor: Actor, post_id: UUID, community_id: UUID, *, pinned: bool) -> SeenPost:
    """Keeps a post on top of one wall, or no longer. Raises `NotFound`, `Forbidden` and `TooManyPinned`."""
    found = await standing(session, actor, post_id)
    placed = found.in_community(community_id)
    require(policy.may_pin(*placed.where, hidden=placed.is_hidden), MODERATORS_ONLY)
    if pinned == (placed.place.pinned_at is not None):
        return found
    if pinned:
        await _refuse_too_many(session, community_id)
    placed.place.pinned_at = clock.now() if pinned else None
    await session.flush()
    post = found.post
    fact = PostPinChanged(id=post.id, version=post.version, community_id=community_id, pinned=pinned)
    record(session, fact, actor_id=actor.id)
    return await queries.post(session, actor, post_id)


async def _refuse_too_many(session: AsyncSession, community_id: UUID) -> None:
    await one_at_a_time(session, f"pins of {community_id}")
    pinned = select(func.count()).where(
        PostPlace.community_id == community_id, PostPlace.pinned_at.is_not(None), PostPlace.removed_at.is_(None)
    )
    if (await session.scalar(pinned) or 0) >= MOST_PINNED:
        raise TooManyPinned
