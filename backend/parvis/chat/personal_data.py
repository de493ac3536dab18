"""What conversations hold of members."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from parvis.files.models import LinkCard
from parvis.kernel.personal_data import AT_ONCE, ErasedBy, Holding, Part, Untied, Where

from .models import (
    ChatPreferences,
    Conversation,
    ConversationPlace,
    Message,
    MessageAttachment,
    MessageLink,
    MessageMention,
    MessageReaction,
    MessageRevision,
    MessageSubject,
    MessageThreadPlace,
)
from .service import changing, people


async def _empty(session: AsyncSession, member_id: UUID) -> int:
    """The places of messages stay, for what answers them."""
    found = (await session.scalars(select(Message).where(Message.author_id == member_id).limit(AT_ONCE))).all()
    for message in found:
        await changing.erase(session, message)
    return len(found)


async def _take_out(session: AsyncSession, member_id: UUID) -> int:
    mine = select(ConversationPlace).where(ConversationPlace.member_id == member_id).limit(AT_ONCE)
    found = (await session.scalars(mine)).all()
    for place in found:
        await people.erase(session, place)
    return len(found)


async def _forget_reactions(session: AsyncSession, member_id: UUID) -> int:
    mine = select(MessageReaction).where(MessageReaction.member_id == member_id).limit(AT_ONCE)
    found = (await session.scalars(mine)).all()
    for reaction in found:
        await changing.forget_reaction(session, reaction)
    return len(found)


async def _goes_with_its_message(_session: AsyncSession, _member_id: UUID) -> int:
    return 0


def _of_own(message_id: InstrumentedAttribute[UUID]) -> Where:
    """Rows that hang from the member's own messages."""

    def of(member_id: UUID) -> ColumnElement[bool]:
        return message_id.in_(select(Message.id).where(Message.author_id == member_id))

    return of


_address_of_card = select(LinkCard.url).where(LinkCard.id == MessageLink.card_id).scalar_subquery().label("url")

PARTS: Sequence[Part] = (
    Part(
        "conversations",
        {"fr": "Vos conversations et vos messages", "en": "Your conversations and messages"},
        [
            Holding(
                ConversationPlace.member_id,
                [
                    *(ConversationPlace.conversation_id, ConversationPlace.since, ConversationPlace.read_number),
                    *(ConversationPlace.level, ConversationPlace.muted_until, ConversationPlace.draft),
                ],
                ErasedBy(_take_out),
            ),
            Holding(
                MessageReaction.member_id,
                [MessageReaction.message_id, MessageReaction.kind, MessageReaction.at],
                ErasedBy(_forget_reactions),
            ),
            Holding(
                Message.author_id,
                [
                    *(Message.id, Message.conversation_id, Message.root_id, Message.number, Message.kind),
                    *(Message.text, Message.document_ids, Message.created_at, Message.edited_at),
                ],
                ErasedBy(_empty),
            ),
            Holding(
                MessageRevision.message_id,
                [MessageRevision.message_id, MessageRevision.version, MessageRevision.text, MessageRevision.until],
                where=_of_own(MessageRevision.message_id),
            ),
            Holding(
                MessageAttachment.message_id,
                [MessageAttachment.message_id, MessageAttachment.file_id, MessageAttachment.alt],
                ErasedBy(_goes_with_its_message),
                where=_of_own(MessageAttachment.message_id),
            ),
            Holding(
                MessageLink.message_id,
                [MessageLink.message_id, _address_of_card],
                ErasedBy(_goes_with_its_message),
                where=_of_own(MessageLink.message_id),
            ),
            Holding(Conversation.created_by, [Conversation.id, Conversation.name, Conversation.created_at], Untied()),
            Holding(MessageMention.member_id, [MessageMention.message_id, MessageMention.conversation_id]),
            Holding(MessageSubject.member_id, [MessageSubject.message_id]),
            Holding(
                MessageThreadPlace.member_id,
                [MessageThreadPlace.root_id, MessageThreadPlace.read_number, MessageThreadPlace.follows],
            ),
            Holding(
                ChatPreferences.member_id,
                [
                    *(ChatPreferences.shows_reading, ChatPreferences.enter_sends),
                    *(ChatPreferences.quiet_from, ChatPreferences.quiet_until),
                ],
            ),
        ],
    ),
)
