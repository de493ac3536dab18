"""What becomes of messages after they were said: they are found by their words."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.engagement.mentions import words_of
from parvis.files.shown import Attached
from parvis.kernel import entries
from parvis.kernel.events import Fact
from parvis.kernel.listeners import Listener

from .attached import attached
from .events import MessageChanged, MessagePosted
from .models import Message
from .queries.messages import KIND

_IS_SAID = Message.kind == "said", Message.deleted_at.is_(None), Message.hidden_at.is_(None)


async def react(session: AsyncSession, fact: Fact) -> None:
    """Makes a message found by its words as they are now, and by the names of its files."""
    if "scrubbed" in fact.data:
        return
    message_id = UUID(fact.data["id"])
    said = Message.id == message_id, *_IS_SAID
    message = (await session.execute(select(Message).where(*said).with_for_update())).scalar_one_or_none()
    if message is None:
        return
    shown = await attached(session, [message_id]) if message.attached else {}
    await entries.put(session, KIND, [message_id], [_entry(message, shown.get(message_id))])


async def index_messages(session: AsyncSession, ids: Sequence[UUID], *, again: bool = False) -> None:
    """Makes all these that stand found, at most 500. Two queries, and those of the entries."""
    messages = list(await session.scalars(select(Message).where(Message.id.in_(ids), *_IS_SAID).order_by(Message.id)))
    shown = await attached(session, ids)
    drafts = [_entry(message, shown.get(message.id)) for message in messages]
    await entries.put(session, KIND, ids, drafts, again=again)


def _entry(message: Message, shown: Attached | None) -> entries.Draft:
    words = "\n".join([words_of(message.text), *(shown.words() if shown else ())])
    return entries.Draft(
        message.id,
        "",
        words,
        "fr",
        place_id=message.conversation_id,
        author_id=message.author_id,
        at=message.created_at,
    )


listener = Listener.to("chat", [MessagePosted, MessageChanged], react)
