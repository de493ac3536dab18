"""Who has read a message: in small rooms, of those who show it, to those who show it too."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import ChatPreferences, Conversation, ConversationPlace, Message
from parvis.chat.policy import MOST_WHO_SEE_READERS
from parvis.circles.models import Circle
from parvis.kernel.errors import NotFound

from .people import Face, Faces, faces
from .standing import among, standing
from .unread import preferences


@dataclass(frozen=True, slots=True)
class SeenReaders:
    """`are_shown`: not in large rooms, nor to who does not show how far he reads."""

    are_shown: bool
    people: list[Face]


async def readers(session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, number: int) -> SeenReaders:
    """Who else has read up to a message of the main flow. Raises `NotFound`."""
    there = await standing(session, actor, conversation_id)
    if not there.first <= number <= there.last:
        raise NotFound
    if not await _is_small(session, conversation_id):
        return SeenReaders(False, [])
    if not (await preferences(session, actor.id)).shows_reading:
        return SeenReaders(False, [])
    place = ConversationPlace
    last_said = (
        select(func.max(Message.number))
        .where(
            Message.author_id == place.member_id,
            Message.conversation_id == conversation_id,
            Message.root_id.is_(None),
        )
        .scalar_subquery()
    )
    has_read = or_(place.read_number >= number, and_(last_said > place.read_at_number, last_said >= number))
    query = (
        select(place.member_id)
        .outerjoin(ChatPreferences, ChatPreferences.member_id == place.member_id)
        .where(place.conversation_id == conversation_id, place.member_id != actor.id, has_read)
        .where(func.coalesce(ChatPreferences.shows_reading, True))
        .limit(MOST_WHO_SEE_READERS)
    )
    ids = await among(session, there, list(await session.scalars(query)))
    people = await faces(session, actor, kept, ids)
    return SeenReaders(True, [people[id_] for id_ in ids if id_ in people])


async def _is_small(session: AsyncSession, conversation_id: UUID) -> bool:
    query = select(Conversation, Circle.people).outerjoin(Circle, Circle.id == Conversation.circle_id)
    conversation, people = (await session.execute(query.where(Conversation.id == conversation_id))).one()
    count = people if conversation.access == "community" else conversation.people
    return bool(count <= MOST_WHO_SEE_READERS)
