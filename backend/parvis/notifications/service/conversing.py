"""Telling of what is said in conversations: to whom a message names, and who takes part in the thread that it is in."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.chat.models import (
    ChatPreferences,
    Conversation,
    ConversationPlace,
    Message,
    MessageMention,
    MessageThreadPlace,
)
from parvis.chat.queries.unread import level_of, quiet_end
from parvis.choices.policy import told_so
from parvis.notifications.models import Reason

from .digests import turn_soon
from .mailing import mail_soon
from .telling import News, tell

MOST_TOLD = 500
"""Of those who take part in a thread: the first in the order of their ids."""


async def tell_of_message(session: AsyncSession, message_id: UUID, at: datetime) -> None:
    """Once of each message, as each wants to be told: of a conversation that he silenced nothing, of threads nothing
    where he chose to be told of his name alone; in his quiet hours it is there, but no fact says so."""
    message = await session.get(Message, message_id)
    if message is None or message.kind != "said" or message.deleted_at is not None or message.author_id is None:
        return
    await _mail_to_the_others(session, message)
    named = set(await session.scalars(select(MessageMention.member_id).where(MessageMention.message_id == message_id)))
    following = await _following(session, message) - named if message.root_id else set()
    wanted = (named | following) - {message.author_id}
    if not wanted:
        return
    conversation = await session.get_one(Conversation, message.conversation_id)
    loud, only_named = await _as_they_wish(session, conversation, wanted)
    quiet = await _quiet(session, wanted)
    telling: tuple[tuple[Reason, set[UUID]], ...] = (
        ("mention", named & loud),
        ("answered", (following & loud) - only_named),
    )
    for reason, people in telling:
        news = News("conversation", conversation.id, reason, message.author_id, message_id, at)
        if people:
            await tell(session, people, news, quietly=quiet)


async def _mail_to_the_others(session: AsyncSession, message: Message) -> None:
    """What is said to some people alone is mailed to those who want that at once, if they do not read it soon."""
    place = ConversationPlace
    there = select(place.member_id).join(Conversation, Conversation.id == place.conversation_id)
    there = there.where(
        Conversation.id == message.conversation_id,
        Conversation.kind.in_(("direct", "group")),
        place.since.is_not(None),
        place.left_at.is_(None),
        place.member_id != message.author_id,
        told_so("messages", "mail", "at_once", place.member_id),
    )
    await mail_soon(session, list(await session.scalars(there)))
    await turn_soon(session)


async def _following(session: AsyncSession, reply: Message) -> set[UUID]:
    """Who began a thread, answered in it before, or said that he follows it; without those who do not want to be told
    of it. Who only read it does not follow it."""
    place = MessageThreadPlace
    before = and_(Message.root_id == reply.root_id, Message.number < reply.number)
    no_more = select(place.member_id).where(place.root_id == reply.root_id, place.follows.is_(False))
    took_part = select(Message.author_id).where(
        or_(Message.id == reply.root_id, before), Message.author_id.is_not(None), Message.author_id.not_in(no_more)
    )
    chose = select(place.member_id).where(place.root_id == reply.root_id, place.follows.is_(True))
    following = union(took_part, chose).subquery()
    id_ = following.c[0]
    return set(await session.scalars(select(id_).order_by(id_).limit(MOST_TOLD)))


async def _as_they_wish(
    session: AsyncSession, conversation: Conversation, ids: Collection[UUID]
) -> tuple[set[UUID], set[UUID]]:
    """Which of these want to be told of anything here, and which of their names alone."""
    place = ConversationPlace
    query = select(place).where(place.conversation_id == conversation.id, place.member_id.in_(ids))
    places = {one.member_id: one for one in await session.scalars(query.execution_options(populate_existing=True))}
    loud = {
        id_
        for id_ in ids
        if (one := places.get(id_)) is None or (one.left_at is None and level_of(conversation, one) != "nothing")
    }
    return loud, {id_ for id_, one in places.items() if one.level == "mentions"}


async def _quiet(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    chosen = await session.scalars(select(ChatPreferences).where(ChatPreferences.member_id.in_(ids)))
    return {one.member_id for one in chosen if quiet_end(one) is not None}
