"""What becomes of messages after they were said: they are found by their words."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.engagement.mentions import words_of
from parvis.kernel import entries
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .attached import attached
from .events import MessageChanged, MessagePosted
from .models import Message
from .queries.messages import KIND


async def react(session: AsyncSession, fact: Fact) -> None:
    """Makes a message found by its words as they are now, and by the names of its files."""
    if "scrubbed" in fact.data:
        return
    message_id = UUID(fact.data["id"])
    said = Message.id == message_id, Message.kind == "said", Message.deleted_at.is_(None)
    message = (await session.execute(select(Message).where(*said).with_for_update())).scalar_one_or_none()
    if message is None:
        return
    shown = (await attached(session, [message_id])).get(message_id) if message.attached else None
    words = "\n".join([words_of(message.text), *(shown.words() if shown else ())])
    draft = entries.Draft(message_id, "", words, "fr", place_id=message.conversation_id)
    await entries.put(session, KIND, [message_id], [draft])


listener = Listener.to("chat", [MessagePosted, MessageChanged], react)
