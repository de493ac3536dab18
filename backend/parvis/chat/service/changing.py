"""What becomes of a message that was said: edited, deleted, reacted to, pinned, put aside."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import delete as sql_delete
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat import policy
from parvis.chat.attached import scrub
from parvis.chat.events import (
    MessageChanged,
    MessageDeleted,
    MessageEvent,
    MessagePinChanged,
    MessageReactionsChanged,
    MessageUnfurled,
    ReactionCount,
    conversation_topic,
)
from parvis.chat.models import Conversation, Message, MessageMention, MessageReaction, MessageRevision
from parvis.chat.policy import AUTHOR_ONLY, CANNOT_POST, RUN_ONLY
from parvis.chat.queries.messages import KIND, Seen, one
from parvis.chat.queries.people import Faces, bare
from parvis.chat.queries.standing import There, among, standing
from parvis.chat.unfurled import LINKS
from parvis.engagement import service as engagement
from parvis.engagement.events import MyReactionChanged
from parvis.engagement.mentions import named_in, rendered, without_names
from parvis.engagement.models import REACTIONS, ReactionKind
from parvis.kernel import clock, entries
from parvis.kernel.errors import Conflict, NotFound, require
from parvis.kernel.events import record, scrub_about

from . import unfurling

MOST_PINNED = 50
Unchanged = Callable[[int], None]


class TooManyPins(Conflict):
    code = "too_many_pins"
    title = {
        "fr": "Cinquante messages au plus sont épinglés dans une conversation.",
        "en": "A conversation has fifty pinned messages at most.",
    }


async def edit(
    session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID, text: str, unchanged: Unchanged
) -> Seen:
    """Raises `NotFound`, `Forbidden` and `PreconditionFailed`."""
    there, message = await _held(session, actor, message_id)
    require(message.author_id == actor.id, AUTHOR_ONLY)
    require(policy.may_post(there.standing), CANNOT_POST)
    unchanged(message.version)
    said = without_names(text)
    if said != message.text:
        session.add(MessageRevision(message_id=message.id, version=message.version, text=message.text))
        message.text, message.edited_at = said, clock.now()
        message.version += 1
        await session.flush()
        await _name_anew(session, actor, there, message)
        await unfurling.settle(session, message)
        await _tell_changed(session, actor, there, message)
    return await one(session, actor, kept, message_id)


async def delete(session: AsyncSession, actor: Actor, message_id: UUID) -> None:
    """Leaves its place, and its words nowhere. Raises `NotFound` and `Forbidden`."""
    there, message = await _held(session, actor, message_id, hidden=True)
    require(message.author_id == actor.id or there.standing.moderates, AUTHOR_ONLY)
    await empty(session, message)
    _tell(session, actor, message, MessageDeleted)


async def empty(session: AsyncSession, message: Message) -> None:
    """Leaves the place of a message alone: what it said is in no log, version or mention any more."""
    message.text, message.deleted_at, message.edited_at, message.pinned_at = "", clock.now(), None, None
    message.author_id, message.forwarded, message.document_ids, message.reactions = None, None, None, {}
    message.quote_id, message.hidden_at = None, None
    message.version += 1
    for table in (MessageRevision, MessageReaction, MessageMention):
        await session.execute(sql_delete(table).where(table.message_id == message.id))
    if message.attached:
        message.attached = 0
        await scrub(session, [message.id])
    if message.links:
        message.links = 0
        await LINKS.forget(session, [message.id])
    await session.flush()
    await entries.forget(session, KIND, [message.id])
    await scrub_about(session, conversation_topic(message.conversation_id), message.id)


async def react(
    session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID, kind: ReactionKind, *, stands: bool
) -> Seen:
    """Reacts to a message, or takes it back. Again changes nothing. Raises `NotFound` and `Forbidden`."""
    there, message = await _held(session, actor, message_id)
    require(policy.may_post(there.standing), CANNOT_POST)
    known = await session.get(MessageReaction, (message_id, actor.id, kind), populate_existing=True)
    if (known is not None) != stands:
        if known is None:
            session.add(MessageReaction(message_id=message_id, member_id=actor.id, kind=kind))
        else:
            await session.delete(known)
        count(message, kind, 1 if stands else -1)
        message.version += 1
        await session.flush()
        counts = [ReactionCount(kind=name, count=message.reactions[name]) for name in message.reactions]
        _tell(session, actor, message, MessageReactionsChanged, reactions=counts)
        mine = MyReactionChanged(member_id=actor.id, kind=KIND, id=message_id, reaction=kind, stands=stands)
        record(session, mine, actor_id=actor.id)
    return await one(session, actor, kept, message_id)


def count(message: Message, kind: str, step: int) -> None:
    counts = {name: message.reactions.get(name, 0) + (step if name == kind else 0) for name in REACTIONS}
    message.reactions = {name: number for name, number in counts.items() if number > 0}


async def pin(session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID, *, stands: bool) -> Seen:
    """Raises `NotFound`, `Forbidden` and `TooManyPins`."""
    there, message = await _held(session, actor, message_id)
    require(policy.may_pin(there.standing), RUN_ONLY)
    if (message.pinned_at is not None) != stands:
        if stands:
            await _refuse_too_many(session, message.conversation_id)
        message.pinned_at = clock.now() if stands else None
        message.version += 1
        await session.flush()
        _tell(session, actor, message, MessagePinChanged, pinned=stands)
    return await one(session, actor, kept, message_id)


async def take_off_links(session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID) -> Seen:
    """Has a message show no cards of the pages that it leads to, now or once it is edited. Raises `NotFound` and
    `Forbidden`."""
    _, message = await _held(session, actor, message_id)
    require(message.author_id == actor.id, AUTHOR_ONLY)
    if message.links is not None:
        await unfurling.take_off(session, message)
        _tell(session, actor, message, MessageUnfurled, links=[])
    return await one(session, actor, kept, message_id)


async def bookmark(session: AsyncSession, actor: Actor, kept: Faces, message_id: UUID, *, stands: bool) -> None:
    """Raises `NotFound`."""
    seen = await one(session, actor, kept, message_id)
    if stands:
        row = seen.rows[0]
        if row.deleted_at is not None or row.hidden_at is not None or row.kind != "said":
            raise NotFound
        await engagement.put_aside(session, actor, KIND, message_id)
    else:
        await engagement.put_back(session, actor, KIND, message_id)


async def _held(
    session: AsyncSession, actor: Actor, message_id: UUID, *, hidden: bool = False
) -> tuple[There, Message]:
    """A message that stands and that the actor may read, held with its conversation until the commit; also a hidden
    one, if that is wanted. Raises `NotFound`."""
    conversation_id = await session.scalar(select(Message.conversation_id).where(Message.id == message_id))
    if conversation_id is None:
        raise NotFound
    await standing(session, actor, conversation_id)
    await session.execute(select(Conversation.id).where(Conversation.id == conversation_id).with_for_update())
    there = await standing(session, actor, conversation_id)
    query = select(Message).where(Message.id == message_id).with_for_update()
    message = (await session.execute(query.execution_options(populate_existing=True))).scalar_one_or_none()
    if message is None or message.sequence < there.first_sequence:
        raise NotFound
    if message.deleted_at is not None or message.kind != "said" or (message.hidden_at is not None and not hidden):
        raise NotFound
    return there, message


async def _refuse_too_many(session: AsyncSession, conversation_id: UUID) -> None:
    pinned = select(Message.id).where(Message.conversation_id == conversation_id, Message.pinned_at.is_not(None))
    if len((await session.scalars(pinned.limit(MOST_PINNED))).all()) >= MOST_PINNED:
        raise TooManyPins


async def _name_anew(session: AsyncSession, actor: Actor, there: There, message: Message) -> None:
    """Counts an edited message for those whom it names now."""
    await session.execute(sql_delete(MessageMention).where(MessageMention.message_id == message.id))
    for member_id in await among(session, there, named_in(message.text)):
        if member_id != actor.id:
            session.add(
                MessageMention(
                    message_id=message.id,
                    member_id=member_id,
                    conversation_id=message.conversation_id,
                    root_id=message.root_id,
                    number=message.number,
                )
            )
    await session.flush()


async def _tell_changed(session: AsyncSession, actor: Actor, there: There, message: Message) -> None:
    """With its words, where all who follow the conversation may read them: not when somebody came after they were
    said, or they name somebody else."""
    named = named_in(message.text)
    present = await among(session, there, named) if named else []
    is_for_all = not there.has_newcomers and len(present) == len(named)
    await scrub_about(session, conversation_topic(message.conversation_id), message.id)
    _tell(
        session,
        actor,
        message,
        MessageChanged,
        text=message.text if is_for_all else None,
        html=rendered(message.text, await bare(session, present)) if is_for_all else None,
        links=await unfurling.shown(session, message) if is_for_all else None,
        edited_at=message.edited_at,
    )


def _tell(session: AsyncSession, actor: Actor, message: Message, kind: type[MessageEvent], **more: Any) -> None:
    fact = kind(
        conversation_id=message.conversation_id,
        id=message.id,
        root_id=message.root_id,
        number=message.number,
        version=message.version,
        **more,
    )
    record(session, fact, actor_id=actor.id)


async def erase(session: AsyncSession, message: Message) -> None:
    """Of an account that is erased: its place stays, for what answers it."""
    author_id, root_id = str(message.author_id), message.root_id
    await empty(session, message)
    message.kind, message.client_id, message.fingerprint, message.repliers = "said", None, None, None
    root = await session.get(Message, root_id) if root_id else None
    if root is not None:
        root.repliers = [id_ for id_ in root.repliers or () if id_ != author_id]
    await session.flush()
    fact = {"conversation_id": message.conversation_id, "id": message.id, "root_id": root_id}
    record(session, MessageDeleted(**fact, number=message.number, version=message.version))


async def forget_reaction(session: AsyncSession, reaction: MessageReaction) -> None:
    """Of an account that is erased: it is counted no more."""
    message = await session.get(Message, reaction.message_id, populate_existing=True)
    if message is not None:
        count(message, reaction.kind, -1)
    await session.delete(reaction)
    await session.flush()
