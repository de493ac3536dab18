"""What is left to read, in all of one's conversations: for the number beside them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.models import ChatPreferences, Conversation, ConversationPlace, Level
from parvis.chat.policy import visible_to
from parvis.kernel import clock

from .conversations import mentions_in, read_numbers

MOST_COUNTED = 1_000
"""Conversations that are looked at, the last active first."""
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Unread:
    """`messages` in conversations of which one wants to be told of all, `mentions` also where of those alone.
    `quiet_until`: one's hours without a disturbance last until then."""

    messages: int
    mentions: int
    quiet_until: datetime | None


async def unread(session: AsyncSession, actor: Actor) -> Unread:
    """Of conversations that are neither silenced, put away, left nor closed. Four queries."""
    mine = and_(ConversationPlace.conversation_id == Conversation.id, ConversationPlace.member_id == actor.id)
    query = select(Conversation, ConversationPlace).outerjoin(ConversationPlace, mine)
    query = query.where(visible_to(actor), Conversation.archived_at.is_(None), ConversationPlace.left_at.is_(None))
    rows = (await session.execute(query.order_by(Conversation.last_at.desc()).limit(MOST_COUNTED))).all()
    told: dict[UUID, tuple[Conversation, ConversationPlace | None, Level]] = {}
    for row in rows:
        conversation, place = row.Conversation, row.ConversationPlace
        level = level_of(conversation, place)
        if level != "nothing":
            told[conversation.id] = (conversation, place, level)
    read = await read_numbers(session, actor, {id_: place for id_, (_, place, _) in told.items()})
    named = await mentions_in(session, actor, read)
    counted = 0
    for conversation, own, level in told.values():
        if level == "all":
            before = own.from_number - 1 if own is not None else 0
            counted += max(0, conversation.last_number - max(read[conversation.id], before))
    return Unread(counted, sum(named.values()), await quiet_until(session, actor.id))


def level_of(conversation: Conversation, place: ConversationPlace | None) -> Level:
    """Of what a member is told in a conversation now."""
    default: Level = "mentions" if conversation.kind == "channel" else "all"
    if place is None:
        return default
    is_put_away = place.hidden_number is not None and place.hidden_number >= conversation.last_number
    if is_put_away or (place.muted_until is not None and place.muted_until > clock.now()):
        return "nothing"
    return place.level or default  # type: ignore[return-value]


async def preferences(session: AsyncSession, member_id: UUID) -> ChatPreferences:
    """A member's, or what holds for who never chose. One query."""
    found = (
        await session.execute(select(ChatPreferences).where(ChatPreferences.member_id == member_id))
    ).scalar_one_or_none()
    return found or ChatPreferences(member_id=member_id, shows_reading=True, enter_sends=True, time_zone="Europe/Paris")


async def quiet_until(session: AsyncSession, member_id: UUID) -> datetime | None:
    """When a member's quiet hours end, if they are now. One query."""
    return quiet_end(await preferences(session, member_id))


def quiet_end(chosen: ChatPreferences) -> datetime | None:
    """When these quiet hours end, if they are now."""
    if chosen.quiet_from is None or chosen.quiet_until is None or chosen.quiet_from == chosen.quiet_until:
        return None
    here = clock.now().astimezone(ZoneInfo(chosen.time_zone))
    minute = here.hour * 60 + here.minute
    if (minute - chosen.quiet_from) % DAY >= (chosen.quiet_until - chosen.quiet_from) % DAY:
        return None
    left = (chosen.quiet_until - minute) % DAY
    return here.replace(second=0, microsecond=0) + timedelta(minutes=left)
