"""What posts hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part

from .models import Post, PostPlace, PostVersion
from .service.posts import scrub


async def _erase(session: AsyncSession, member_id: UUID) -> int:
    """The places of posts stay, for what others said under them."""
    found = (await session.scalars(select(Post).where(Post.author_id == member_id).limit(AT_ONCE))).all()
    for post in found:
        await scrub(session, post)
        post.kind, post.language = "message", "fr"
    await session.flush()
    return len(found)


async def _goes_with_its_post(_session: AsyncSession, _member_id: UUID) -> int:
    return 0


def _of_version(member_id: UUID) -> ColumnElement[bool]:
    return PostVersion.post_id.in_(select(Post.id).where(Post.author_id == member_id))


def _of_place(member_id: UUID) -> ColumnElement[bool]:
    return PostPlace.post_id.in_(select(Post.id).where(Post.author_id == member_id))


PARTS: Sequence[Part] = (
    Part(
        "posts",
        {"fr": "Vos publications", "en": "Your posts"},
        [
            Holding(
                Post.author_id,
                [Post.id, Post.kind, Post.title, Post.body, Post.language, Post.said_at, Post.edited_at],
                ErasedBy(_erase),
            ),
            Holding(
                PostVersion.post_id,
                [PostVersion.post_id, PostVersion.version, PostVersion.title, PostVersion.body, PostVersion.until],
                where=_of_version,
            ),
            Holding(
                PostPlace.post_id,
                [PostPlace.post_id, PostPlace.community_id, PostPlace.said_at],
                ErasedBy(_goes_with_its_post),
                where=_of_place,
            ),
        ],
    ),
)
