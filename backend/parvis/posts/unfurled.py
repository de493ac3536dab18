"""Cards of the pages that posts lead to."""

from typing import cast

from sqlalchemy import Table, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.cards import Showing
from parvis.files.models import File

from .models import Post, PostLink
from .policy import visible_to

LINKS = Showing(cast(Table, PostLink.__table__), "post_id")


async def may_read_card(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads a post that shows the card."""
    if actor is None or not actor.may_use("posts:read"):
        return False
    shows = exists().where(PostLink.card_id == file.claimed_id, PostLink.post_id == Post.id, visible_to(actor))
    return bool(await session.scalar(select(shows)))
