"""Messages as they are reported, and as who decides on them sees them."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import Conversation, Message
from parvis.chat.policy import readable_by, shown_to
from parvis.kernel.errors import NotFound

AROUND = 3
"""Messages before what was reported, and as many after it, that who decides may read."""


async def reportable(session: AsyncSession, actor: Actor, message_id: UUID) -> tuple[Message, Conversation]:
    """A message that somebody said, and its conversation. Raises `NotFound` for one that the actor may not read."""
    query = select(Message, Conversation).join(Conversation, Conversation.id == Message.conversation_id)
    said = Message.id == message_id, Message.kind == "said", Message.deleted_at.is_(None), shown_to(actor)
    row = (await session.execute(query.where(*said))).one_or_none()
    if row is None:
        raise NotFound
    return row.Message, row.Conversation


async def read_by(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Those of these messages that the actor reads by himself. No query for none."""
    if not ids:
        return set()
    return set(await session.scalars(select(Message.id).where(Message.id.in_(ids), readable_by(actor))))


async def around(session: AsyncSession, message_id: UUID) -> Sequence[Message]:
    """A message and what people said next to it, in its thread or in the main flow, the first first; also the places of
    what was deleted or hidden. Who may was judged by who calls."""
    message = await session.get(Message, message_id, populate_existing=True)
    if message is None:
        return []
    number = Message.number
    query = select(Message).where(
        Message.conversation_id == message.conversation_id,
        Message.root_id == message.root_id if message.root_id else Message.root_id.is_(None),
        number.between(message.number - AROUND, message.number + AROUND),
        Message.kind == "said",
    )
    return (await session.scalars(query.order_by(number))).all()


async def roots(session: AsyncSession, messages: Collection[Message]) -> Mapping[UUID, int]:
    """The numbers of those messages to whose threads these belong. No query for none."""
    ids = {message.root_id for message in messages if message.root_id}
    if not ids:
        return {}
    rows = await session.execute(select(Message.id, Message.number).where(Message.id.in_(ids)))
    return {row.id: row.number for row in rows}
