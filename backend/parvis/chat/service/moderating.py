"""What moderators do to messages of others. Who may was judged by who calls, and whether they read the conversation
themselves does not matter."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.events import MessageChanged, MessageDeleted, MessageEvent, conversation_topic
from parvis.chat.models import Conversation, Message
from parvis.chat.queries.messages import KIND
from parvis.kernel import clock, entries
from parvis.kernel.events import record, scrub_about

from .changing import empty


async def hide_message(session: AsyncSession, actor: Actor, message_id: UUID, *, hidden: bool) -> bool:
    """Hides a message from all but its author, also in what was told of it and where it is found, or no longer. Whether
    this changed anything."""
    message = await _held(session, message_id)
    if message is None or hidden == (message.hidden_at is not None):
        return False
    message.hidden_at = clock.now() if hidden else None
    message.version += 1
    if hidden:
        message.pinned_at = None
        await entries.forget(session, KIND, [message.id])
        await scrub_about(session, conversation_topic(message.conversation_id), message.id)
    await session.flush()
    _tell(session, actor, MessageChanged(**_of(message), text=None, html=None, edited_at=message.edited_at))
    return True


async def remove_message(session: AsyncSession, actor: Actor, message_id: UUID) -> None:
    """Leaves its place. Again changes nothing."""
    message = await _held(session, message_id)
    if message is not None:
        await empty(session, message)
        _tell(session, actor, MessageDeleted(**_of(message)))


async def _held(session: AsyncSession, message_id: UUID) -> Message | None:
    """A message that stands, held with its conversation until the commit."""
    where = select(Message.conversation_id).where(Message.id == message_id).scalar_subquery()
    await session.execute(select(Conversation.id).where(Conversation.id == where).with_for_update())
    query = select(Message).where(Message.id == message_id, Message.deleted_at.is_(None)).with_for_update()
    return (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()


def _of(message: Message) -> dict[str, Any]:
    return {
        "conversation_id": message.conversation_id,
        "id": message.id,
        "root_id": message.root_id,
        "number": message.number,
        "version": message.version,
    }


def _tell(session: AsyncSession, actor: Actor, fact: MessageEvent) -> None:
    record(session, fact, actor_id=actor.id)
