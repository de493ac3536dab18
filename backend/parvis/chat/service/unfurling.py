"""Cards for the links of messages: looked for after they are said, and kept as long as a message shows them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.chat.events import MessageLinkOut, MessageUnfurled
from parvis.chat.models import Conversation, Message
from parvis.chat.unfurled import LINKS
from parvis.files.cards import Found, looks_for_cards, still
from parvis.kernel.events import record
from parvis.kernel.jobs import Handler, enqueue
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import addresses_in

UNFURL = "chat.unfurl"


async def look_later(session: AsyncSession, message_id: UUID, version: int, text: str) -> None:
    """Sees to it that the links of a message get their cards."""
    if "://" in text and addresses_in(text):
        await enqueue(session, UNFURL, {"message_id": str(message_id)}, unique=f"{message_id} {version}")


async def settle(session: AsyncSession, message: Message) -> None:
    """Of a message whose words changed: those cards stay to which it still leads, and others are looked for."""
    if message.links is None:
        return
    await LINKS.forget(session, [message.id], but=addresses_in(message.text))
    message.links = len((await LINKS.cards(session, [message.id])).get(message.id, ()))
    await look_later(session, message.id, message.version, message.text)


async def take_off(session: AsyncSession, message: Message) -> None:
    """It shows no card from now on, whatever it says."""
    await LINKS.forget(session, [message.id])
    message.links = None
    message.version += 1
    await session.flush()


def unfurl_messages(parvis: Parvis) -> Handler:
    """The handler of `chat.unfurl`."""
    return looks_for_cards(parvis, "message_id", _text, keep)


async def _text(session: AsyncSession, message_id: UUID) -> str:
    said = Message.id == message_id, Message.links.is_not(None)
    return (await session.execute(select(Message.text).where(*said))).scalar_one_or_none() or ""


async def keep(session: AsyncSession, message_id: UUID, found: Found) -> None:
    """Has the message show the cards of those links that it still has, and tells those who may read it."""
    message = (
        await session.execute(select(Message).where(Message.id == message_id).with_for_update())
    ).scalar_one_or_none()
    if message is None or message.deleted_at is not None or message.links is None:
        return
    before = message.links
    await LINKS.show(session, message_id, still(found, message.text))
    links = await shown(session, message)
    message.links = len(links)
    if not (before or links):
        return
    message.version += 1
    await session.flush()
    has_newcomers = await session.scalar(
        select(Conversation.has_newcomers).where(Conversation.id == message.conversation_id)
    )
    record(session, unfurled(message, None if has_newcomers else links))


async def shown(session: AsyncSession, message: Message) -> list[MessageLinkOut]:
    return MessageLinkOut.all_of((await LINKS.cards(session, [message.id])).get(message.id, ()))


def unfurled(message: Message, links: list[MessageLinkOut] | None) -> MessageUnfurled:
    return MessageUnfurled(
        conversation_id=message.conversation_id,
        id=message.id,
        root_id=message.root_id,
        number=message.number,
        version=message.version,
        links=links,
    )
