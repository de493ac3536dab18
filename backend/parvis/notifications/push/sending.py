"""Pushing what is due: rights, wishes and what was shown meanwhile are judged when it is sent, and at each retry."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor, acting_later
from parvis.chat.models import Conversation, Message
from parvis.engagement.mentions import named_in, with_names
from parvis.kernel.i18n import DEFAULT_LANGUAGE, Language, is_language
from parvis.kernel.jobs import Handler, LeasedJob, NotNow, enqueue
from parvis.kernel.metrics import PUSHES
from parvis.kernel.runtime import Parvis
from parvis.kernel.text import beginning
from parvis.notifications.queries import notification
from parvis.profiles.queries.people import named

from . import queries, rules, service, words
from .delivery import Outcome, PushServices
from .following import PUSH
from .models import PushDevice

URGENT = frozenset({"conversation"})
"""Kinds of notifications that somebody waits for an answer to."""


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be sent to a device. `topic`: under which it takes the place of what waits there already."""

    device: PushDevice
    message: words.Message
    topic: UUID
    urgent: bool


def spread_messages(parvis: Parvis) -> Handler:
    """The handler of `push.spread`: of a message, to each device of those who want to hear of it, by a job."""

    async def spread(job: LeasedJob) -> None:
        await parvis.database.write(_spread, UUID(job.payload["message_id"]))

    return spread


def push_devices(parvis: Parvis) -> Handler:
    """The handler of `push.send`, for one device. It may be sent twice, if we are cut short: the second takes the place
    of the first. A service that does not take it now is asked again, for some hours."""
    services = PushServices(parvis.settings)

    async def send(job: LeasedJob) -> None:
        device_id, up_to = UUID(job.payload["device_id"]), job.payload.get("up_to")
        async with parvis.database.reading() as session:
            due = await _due(session, device_id, up_to, job.payload.get("message_id"))
        outcome = None
        if due is not None:
            try:
                outcome = await services.send(due.device, due.message, due.topic, urgent=due.urgent)
            except NotNow:
                PUSHES.labels("later").inc()
                raise
            PUSHES.labels(outcome.name.lower()).inc()
        if outcome is Outcome.GONE:
            await parvis.database.write(service.forget, device_id)
        else:
            await parvis.database.write(service.remember, device_id, up_to, was_sent=outcome is Outcome.TAKEN)

    return send


async def _spread(session: AsyncSession, message_id: UUID) -> None:
    message = await session.get(Message, message_id)
    if message is None or message.kind != "said" or message.deleted_at is not None:
        return
    for device_id in await queries.to_be_told_of(session, message):
        payload = {"device_id": str(device_id), "message_id": str(message_id)}
        await enqueue(session, PUSH, payload, unique=f"{device_id} {message_id}")


async def _due(session: AsyncSession, device_id: UUID, up_to: int | None, message_id: str | None) -> Due | None:
    """None when there is nothing to send any more: it was read or shown, or may be seen no longer, or not now."""
    query = select(PushDevice).where(PushDevice.id == device_id, queries.is_open())
    device = (await session.execute(query)).scalar_one_or_none()
    actor = await acting_later(session, device.member_id) if device is not None else None
    if device is None or actor is None:
        return None
    if message_id is not None:
        return await _of_message(session, actor, device, UUID(message_id))
    return await _of_notifications(session, actor, device, up_to or 0)


async def _of_notifications(session: AsyncSession, actor: Actor, device: PushDevice, up_to: int) -> Due | None:
    reasons = await queries.new_reasons(session, actor, device, up_to)
    wanted = await rules.wanted_of(session, actor.id, reasons)
    found = await queries.unpushed(session, actor, device, up_to, wanted) if wanted else []
    if not found:
        return None
    last, language = found[0], _language(actor)
    is_urgent = any(one.kind in URGENT for one in found)
    if device.shows == "nothing":
        return Due(device, words.only_new(language, "/notifications"), device.id, is_urgent)
    seen = await notification(session, actor, last.id)
    message = words.of_notification(seen, len(found) - 1, language)
    return Due(device, message, last.id if len(found) == 1 else device.id, is_urgent)


async def _of_message(session: AsyncSession, actor: Actor, device: PushDevice, message_id: UUID) -> Due | None:
    message = await queries.message_for(session, actor, message_id)
    if message is None or not await rules.wants_messages(session, actor.id):
        return None
    if device.shows == "nothing":
        return Due(device, words.only_new(_language(actor), "/messages"), device.id, urgent=True)
    conversation = await session.get_one(Conversation, message.conversation_id)
    people = await named(session, actor, sorted({*named_in(message.text), *filter(None, [message.author_id])}))
    author = people[message.author_id].name if message.author_id in people else "Parvis"
    said = beginning(with_names(message.text, people, is_own=False), words.LONGEST)
    told = words.of_message(author, conversation.name, conversation.id, said)
    return Due(device, told, conversation.id, urgent=True)


def _language(actor: Actor) -> Language:
    return actor.language if is_language(actor.language) else DEFAULT_LANGUAGE
