"""Cards of the pages that posts lead to."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.models import File
from parvis.kernel.db import among

from .models import LinkCard, Post, PostLink
from .policy import visible_to

LINK_IMAGE = "link_card"
"""What claims the picture of a card, for the card's id."""


async def cards(session: AsyncSession, post_ids: Collection[UUID]) -> Mapping[UUID, Sequence[LinkCard]]:
    """Of each of these posts that has some, in the order of its links. One query; none for no posts."""
    if not post_ids:
        return {}
    found: dict[UUID, list[LinkCard]] = defaultdict(list)
    for post_id, card in await session.execute(CARDS, {"ids": post_ids}):
        found[post_id].append(card)
    return found


CARDS = (
    select(PostLink.post_id, LinkCard)
    .join(LinkCard, LinkCard.id == PostLink.card_id)
    .where(among(PostLink.post_id, "ids"), LinkCard.title != "")
    .order_by(PostLink.position)
    .execution_options(populate_existing=True)
)


async def may_read_card(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads a post that shows the card."""
    if actor is None or not actor.may_use("posts:read"):
        return False
    shows = exists().where(PostLink.card_id == file.claimed_id, PostLink.post_id == Post.id, visible_to(actor))
    return bool(await session.scalar(select(shows)))
