"""Cards of the pages that messages lead to."""

from typing import cast

from sqlalchemy import Table, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.files.cards import Showing
from parvis.files.models import File

from .models import Message, MessageLink
from .policy import shown_to

LINKS = Showing(cast(Table, MessageLink.__table__), "message_id")


async def may_read_card(session: AsyncSession, actor: Actor | None, file: File) -> bool:
    """Who reads a message that shows the card."""
    if actor is None or not actor.may_use("chat:read"):
        return False
    shows = exists().where(
        MessageLink.card_id == file.claimed_id, MessageLink.message_id == Message.id, shown_to(actor)
    )
    return bool(await session.scalar(select(shows)))
