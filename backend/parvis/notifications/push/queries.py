"""Reading one's devices, and what of all that one is told a device is still to be pushed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.accounts.models import Session
from parvis.chat.models import Conversation, ConversationPlace, Message, MessageMention
from parvis.chat.policy import shown_to
from parvis.chat.queries.unread import level_of
from parvis.kernel import clock
from parvis.kernel.errors import NotFound
from parvis.notifications.models import Act, Inbox, Notification, Reason
from parvis.notifications.policy import is_unread, visible_act

from .models import PushDevice

MOST_TOLD = 500
"""Devices that one message is pushed to: groups are of 200, and in channels few want to hear of everything."""


def is_open() -> ColumnElement[bool]:
    """Devices whose session lets in."""
    there = exists().where(
        Session.id == PushDevice.session_id, Session.revoked_at.is_(None), Session.expires_at > clock.now()
    )
    return there.correlate_except(Session)


def devices_of(actor: Actor) -> Select[PushDevice, Session]:
    query = select(PushDevice, Session).join(Session, Session.id == PushDevice.session_id)
    return query.where(PushDevice.member_id == actor.id, is_open())


async def device(session: AsyncSession, actor: Actor, device_id: UUID) -> PushDevice:
    """One of the actor's own. Raises `NotFound`."""
    query = select(PushDevice).where(PushDevice.id == device_id, PushDevice.member_id == actor.id)
    found = (await session.execute(query.with_for_update())).scalar_one_or_none()
    if found is None:
        raise NotFound
    return found


async def behind(session: AsyncSession, member_id: UUID) -> tuple[int, Sequence[UUID]]:
    """The number of what a member was told last, and those of his devices that were not pushed to up to there."""
    last = await session.scalar(select(Inbox.last).where(Inbox.member_id == member_id)) or 0
    query = select(PushDevice.id).where(PushDevice.member_id == member_id, PushDevice.pushed < last)
    return last, list(await session.scalars(query.order_by(PushDevice.id)))


async def hears_of_messages(session: AsyncSession, conversation_id: UUID) -> bool:
    """Whether anybody in it has a device that is pushed to."""
    query = select(ConversationPlace.member_id).join(PushDevice, PushDevice.member_id == ConversationPlace.member_id)
    query = query.where(ConversationPlace.conversation_id == conversation_id, _is_told_of_all(conversation_id))
    return (await session.execute(query.limit(1))).first() is not None


async def to_be_told_of(session: AsyncSession, message: Message) -> Sequence[UUID]:
    """The devices of those who want to hear of every message there, did not say this one, and were not shown it. Whom
    it names is told so by a notification."""
    conversation = await session.get_one(Conversation, message.conversation_id)
    place = ConversationPlace
    named = exists().where(MessageMention.message_id == message.id, MessageMention.member_id == place.member_id)
    query = select(PushDevice.id, place).join(place, place.member_id == PushDevice.member_id)
    query = query.where(
        place.conversation_id == conversation.id,
        place.since.is_not(None) | (place.level == "all"),
        place.left_at.is_(None),
        place.member_id != message.author_id,
        place.read_number < message.number,
        or_(PushDevice.shown_at.is_(None), PushDevice.shown_at < message.created_at),
        ~named.correlate_except(MessageMention),
        is_open(),
    )
    rows = (await session.execute(query.order_by(PushDevice.id).limit(MOST_TOLD))).all()
    return [id_ for id_, own in rows if level_of(conversation, own) == "all"]


async def message_for(session: AsyncSession, actor: Actor, message_id: UUID) -> Message | None:
    """The message, while the actor may read it and has not."""
    mine = select(ConversationPlace.read_number).where(
        ConversationPlace.conversation_id == Message.conversation_id, ConversationPlace.member_id == actor.id
    )
    query = select(Message).where(Message.id == message_id, Message.deleted_at.is_(None), shown_to(actor))
    query = query.where(or_(~mine.exists(), mine.scalar_subquery() < Message.number))
    return (await session.execute(query)).scalar_one_or_none()


async def new_reasons(session: AsyncSession, actor: Actor, of: PushDevice, up_to: int) -> Sequence[Reason]:
    """Why the actor was told of what is new for this device, of what he may see now and has not read."""
    query = select(Act.reason).join(Notification, Notification.id == Act.notification_id)
    query = query.join(Inbox, Inbox.member_id == Notification.member_id)
    query = query.where(Notification.member_id == actor.id, _is_new(actor, of, up_to)).distinct()
    return list(await session.scalars(query.order_by(Act.reason)))


async def unpushed(
    session: AsyncSession, actor: Actor, of: PushDevice, up_to: int, reasons: Sequence[Reason]
) -> Sequence[Notification]:
    """What the actor may see now and has not read of what he was told, for these reasons, since this device was pushed
    to, up to a number; the last first."""
    is_new = exists().where(Act.notification_id == Notification.id, Act.reason.in_(reasons), _is_new(actor, of, up_to))
    query = select(Notification).join(Inbox, Inbox.member_id == Notification.member_id)
    query = query.where(Notification.member_id == actor.id, is_new.correlate_except(Act))
    return (await session.scalars(query.order_by(Notification.last.desc()).limit(MOST_COUNTED))).all()


def _is_new(actor: Actor, of: PushDevice, up_to: int) -> ColumnElement[bool]:
    since = max(of.pushed, of.shown)
    return and_(Act.number > since, Act.number <= up_to, is_unread(), visible_act(actor))


MOST_COUNTED = 20


def _is_told_of_all(conversation_id: UUID) -> ColumnElement[bool]:
    """Who wants to hear of everything: where one is put in, unless he said otherwise; in a channel, if he said so."""
    is_channel = exists().where(Conversation.id == conversation_id, Conversation.kind == "channel")
    is_default = and_(ConversationPlace.level.is_(None), ~is_channel)
    return or_(ConversationPlace.level == "all", is_default)
