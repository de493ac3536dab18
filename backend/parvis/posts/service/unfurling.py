"""Cards for the links of posts: looked for after they are published, and kept as long as a post shows them."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.files import service as files
from parvis.files.making import store
from parvis.files.previews import Preview, Previewer
from parvis.files.service import Received
from parvis.kernel import clock
from parvis.kernel.db.base import one_at_a_time
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, LeasedJob, enqueue
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import addresses_in
from parvis.posts import queries
from parvis.posts.events import PostUnfurled
from parvis.posts.models import LinkCard, Post, PostLink
from parvis.posts.unfurled import LINK_IMAGE

UNFURL = "posts.unfurl"
MOST = 3
"""Links of a post that get a card."""
KEPT = timedelta(days=7)
"""How long what a page said is believed, before it is asked again for another post."""


@dataclass(frozen=True)
class Looked:
    """What an address was found to say, its picture stored; or nothing."""

    preview: Preview | None
    image: Received | None


async def look_later(session: AsyncSession, post: Post) -> None:
    """Sees to it that the links of a post get their cards."""
    if addresses_in(post.body):
        await enqueue(session, UNFURL, {"post_id": str(post.id)}, unique=f"{post.id} {post.version}")


async def forget(session: AsyncSession, post: Post) -> None:
    """Takes away the cards of links that the post has no more, and those that no other post shows."""
    hashes = [_hash(url) for url in addresses_in(post.body)]
    stale = select(LinkCard.id).join(PostLink, PostLink.card_id == LinkCard.id)
    stale = stale.where(PostLink.post_id == post.id, LinkCard.url_hash.not_in(hashes))
    ids = list(await session.scalars(stale))
    await session.execute(delete(PostLink).where(PostLink.post_id == post.id, PostLink.card_id.in_(ids)))
    unshown = LinkCard.id.in_(ids), ~exists().where(PostLink.card_id == LinkCard.id)
    gone = await session.scalars(delete(LinkCard).where(*unshown).returning(LinkCard.image_id))
    await files.remove_all(session, [id_ for id_ in gone if id_ is not None])


def unfurl_posts(parvis: Parvis) -> Handler:
    """The handler of `posts.unfurl`. Pages are asked outside of any transaction."""

    @cache
    def previewer() -> Previewer:
        """Made when there is something to look at: it reads the trusted certificates."""
        return Previewer(parvis.settings)

    async def unfurl(job: LeasedJob) -> None:
        if not parvis.settings.unfurl:
            return
        post_id = UUID(job.payload["post_id"])
        async with parvis.database.reading() as session:
            urls = await _wanted(session, post_id, parvis.settings.public_url)
            known = await _known(session, urls)
        unknown = [url for url in urls if url not in known]
        looked = await asyncio.gather(*(_look(parvis, previewer(), url) for url in unknown))
        await parvis.database.write(_keep, post_id, urls, dict(zip(unknown, looked, strict=True)))

    return unfurl


async def _wanted(session: AsyncSession, post_id: UUID, public_url: str) -> list[str]:
    """The first links of a post that lead elsewhere than to Parvis itself."""
    body = (await session.execute(select(Post.body).where(Post.id == post_id))).scalar_one_or_none() or ""
    return [url for url in addresses_in(body) if not f"{url}/".startswith(f"{public_url}/")][:MOST]


async def _known(session: AsyncSession, urls: Collection[str]) -> set[str]:
    """Those that were asked not long ago."""
    since = clock.now() - KEPT
    query = select(LinkCard.url).where(LinkCard.url_hash.in_([_hash(url) for url in urls]), LinkCard.fetched_at > since)
    return set(await session.scalars(query))


async def _look(parvis: Parvis, previewer: Previewer, url: str) -> Looked:
    preview = await previewer.preview(url)
    photo = preview.photo if preview else None
    image = await store(parvis.storage, photo.content, "image/webp", "link.webp") if photo else None
    return Looked(preview, image)


async def _keep(session: AsyncSession, post_id: UUID, urls: Sequence[str], looked: Mapping[str, Looked]) -> None:
    """Has the post show the cards of those links that it still has."""
    post = (await session.execute(select(Post).where(Post.id == post_id).with_for_update())).scalar_one_or_none()
    if post is None or post.deleted_at is not None:
        return
    still = set(addresses_in(post.body))
    await session.execute(delete(PostLink).where(PostLink.post_id == post_id))
    for position, url in enumerate(url for url in urls if url in still):
        card = await _card(session, url, looked.get(url))
        if card is not None:
            session.add(PostLink(post_id=post_id, card_id=card.id, position=position))
    await session.flush()
    for wall, is_hidden in await queries.walls(session, post_id):
        if not is_hidden:
            record(session, PostUnfurled(id=post_id, version=post.version, community_id=wall))


async def _card(session: AsyncSession, url: str, looked: Looked | None) -> LinkCard | None:
    """What is known of an address, written anew when it was looked at now."""
    await one_at_a_time(session, f"card of {_hash(url)}")
    query = select(LinkCard).where(LinkCard.url_hash == _hash(url)).execution_options(populate_existing=True)
    card = (await session.execute(query)).scalar_one_or_none()
    if looked is None:
        return card
    if card is None:
        card = LinkCard(url=url, url_hash=_hash(url))
        session.add(card)
        await session.flush()
    before, preview = card.image_id, looked.preview
    card.title, card.description, card.site = (
        (preview.title, preview.description, preview.site) if preview else ("", "", "")
    )
    card.fetched_at = clock.now()
    image = await files.keep_claimed(session, looked.image, LINK_IMAGE, card.id) if looked.image else None
    card.image_id = image.id if image else None
    photo = preview.photo if preview else None
    card.width, card.height = (photo.width, photo.height) if photo else (0, 0)
    await session.flush()
    if before is not None:
        await files.remove(session, before)
    return card


def _hash(url: str) -> str:
    return sha256(url.encode()).hexdigest()
