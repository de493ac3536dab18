"""Putting others in a conversation, taking them out, leaving it and coming back."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat import policy
from parvis.chat.events import conversation_topic
from parvis.chat.models import Conversation, ConversationPlace
from parvis.chat.policy import MEMBERS_ONLY, MOST_IN_A_GROUP, RUN_ONLY
from parvis.chat.queries.conversations import SeenConversation, conversation
from parvis.chat.queries.people import Faces
from parvis.circles.events import AccessGained, AccessLost
from parvis.kernel import clock
from parvis.kernel.errors import Conflict, NotFound, require
from parvis.kernel.events import record

from .conversations import fitting, hold, tell_changed
from .people import put_in, take_out
from .posting import say_line


class TooManyPeople(Conflict):
    code = "too_many_people"
    title = {
        "fr": "Cette conversation compte déjà autant de personnes qu’elle peut.",
        "en": "This conversation has as many people as it can have.",
    }


async def add(
    session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, ids: Sequence[UUID]
) -> SeenConversation:
    """Puts others in. Raises `NotFound`, also for whom the actor may not find, `Forbidden` and `TooManyPeople`."""
    there, held = await hold(session, actor, conversation_id)
    require(policy.may_add(there.standing), MEMBERS_ONLY)
    new = await put_in(session, held, await fitting(session, actor, held, ids))
    if held.people > MOST_IN_A_GROUP and held.kind == "group":
        raise TooManyPeople
    if new:
        await _line(session, actor, held, "added", new)
    return await conversation(session, actor, kept, conversation_id)


async def remove(session: AsyncSession, actor: Actor, conversation_id: UUID, member_id: UUID) -> None:
    """Takes somebody out: he reads nothing of it from then on. Raises `NotFound` and `Forbidden`."""
    if member_id == actor.id:
        return await leave(session, actor, conversation_id)
    there, held = await hold(session, actor, conversation_id)
    require(policy.may_remove(there.standing), RUN_ONLY)
    if not await take_out(session, held, member_id):
        raise NotFound
    await _line(session, actor, held, "removed", [member_id])
    return None


async def leave(session: AsyncSession, actor: Actor, conversation_id: UUID) -> None:
    """Leaves a group or a channel. Raises `NotFound`, and `Forbidden` for what two say to each other."""
    there, held = await hold(session, actor, conversation_id)
    require(policy.may_leave(there.standing), MEMBERS_ONLY)
    if there.standing.access == "community":
        place = await own_place(session, actor, held)
        place.left_at = clock.now()
        record(session, AccessLost(member_id=actor.id, about=conversation_topic(held.id)))
        return await session.flush()
    await take_out(session, held, actor.id)
    await _line(session, actor, held, "left", [actor.id])
    return None


async def join(session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID) -> SeenConversation:
    """Comes back to a channel that is open to him. Again changes nothing. Raises `NotFound`."""
    there, held = await hold(session, actor, conversation_id)
    if policy.may_join(there.standing):
        place = await own_place(session, actor, held)
        place.left_at, place.hidden_number = None, None
        place.read_number = place.read_at_number = held.last_number
        record(session, AccessGained(member_id=actor.id, about=conversation_topic(held.id)))
        await session.flush()
    return await conversation(session, actor, kept, conversation_id)


async def own_place(session: AsyncSession, actor: Actor, held: Conversation) -> ConversationPlace:
    """What the conversation is to the actor, made if it is not kept yet."""
    place = await session.get(ConversationPlace, (held.id, actor.id), populate_existing=True)
    if place is None:
        place = ConversationPlace(
            conversation_id=held.id, member_id=actor.id, draft="", runs=False, from_number=1, from_sequence=1
        )
        place.from_xid = place.from_id = place.read_number = place.read_at_number = 0
        session.add(place)
    return place


async def _line(session: AsyncSession, actor: Actor, held: Conversation, kind: str, about: Sequence[UUID]) -> None:
    """Says it there, and that the people changed."""
    tell_changed(session, actor, held)
    await session.flush()
    await say_line(session, actor, held.id, kind, about)  # type: ignore[arg-type]
    await session.refresh(held)
