"""What members are told of conversations as it happens: the topics of those they are in."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.kernel.events import Position
from parvis.kernel.stream import Subscription

from .events import conversation_topic
from .models import Conversation, ConversationPlace
from .policy import visible_to


async def topics(session: AsyncSession, actor: Actor) -> Sequence[Subscription]:
    """Each from where the member may read it; none that he left. One query."""
    mine = and_(ConversationPlace.conversation_id == Conversation.id, ConversationPlace.member_id == actor.id)
    query = select(Conversation.id, ConversationPlace.from_xid, ConversationPlace.from_id).outerjoin(
        ConversationPlace, mine
    )
    rows = await session.execute(query.where(visible_to(actor), ConversationPlace.left_at.is_(None)))
    return [Subscription(conversation_topic(id_), Position(xid or 0, number or 0)) for id_, xid, number in rows]
