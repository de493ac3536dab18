"""Telling members what is said of pages and concerns them, after it was kept."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .events import PageThreadChanged
from .threads.telling import tell_of_comment


async def react(session: AsyncSession, fact: Fact) -> None:
    """Told on several topics, it is told to each member once."""
    comment_id = fact.data.get("comment_id")
    if comment_id is not None:
        await tell_of_comment(session, UUID(comment_id), fact.at)


listener = Listener.to("pages", [PageThreadChanged], react)
