"""What members are told of conversations as it happens: the topics of those they are in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, cast, null, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.topics import TopicQuery
from parvis.kernel.events import Position
from parvis.kernel.stream import Subscription

from .events import conversation_topic
from .models import Conversation, ConversationPlace
from .policy import visible_to
from .queries.unread import unread
from .schemas.conversations import ChatUnreadOut


async def unread_now(session: AsyncSession, actor: Actor) -> ChatUnreadOut:
    """What is left to read."""
    return ChatUnreadOut.of(await unread(session, actor))


def _conversations(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Each from where the member may read it; none that he left."""
    mine = and_(ConversationPlace.conversation_id == Conversation.id, ConversationPlace.member_id == actor.id)
    query = select(Conversation.id, cast(null(), String), ConversationPlace.from_xid, ConversationPlace.from_id)
    return query.outerjoin(ConversationPlace, mine).where(visible_to(actor), ConversationPlace.left_at.is_(None))


def _topics(conversation_id: UUID, _word: str | None, after: Position) -> Sequence[Subscription]:
    return [Subscription(conversation_topic(conversation_id), after)]


TOPICS = TopicQuery(_conversations, _topics)
