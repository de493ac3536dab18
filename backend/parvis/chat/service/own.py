"""What a conversation is to one member: how far he has read, what he wants to be told, what he is writing."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.events import MyChatChosen, MyConversationChanged, MyThreadChanged
from parvis.chat.models import ChatPreferences, Conversation, ConversationPlace, MessageThreadPlace
from parvis.chat.queries.conversations import SeenConversation, conversation
from parvis.chat.queries.messages import one, thread
from parvis.chat.queries.people import Faces
from parvis.chat.queries.standing import There, standing
from parvis.chat.schemas.conversations import PreferencesDraft, SettingsDraft, UnsentDraft
from parvis.kernel.errors import NotFound
from parvis.kernel.events import record

from .joining import own_place


async def read(
    session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, number: int
) -> SeenConversation:
    """Up to here the actor has read, be it less than before. Raises `NotFound`."""
    there, place = await _place(session, actor, conversation_id)
    number = min(number, there.last)
    if (place.read_number, place.read_at_number) != (number, there.last):
        place.read_number, place.read_at_number = number, there.last
        await session.flush()
    return await _tell(session, actor, kept, conversation_id)


async def settle(
    session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID, draft: SettingsDraft
) -> SeenConversation:
    """Raises `NotFound`."""
    there, place = await _place(session, actor, conversation_id)
    place.level, place.muted_until = draft.level, draft.muted_until
    place.hidden_number = there.last if draft.hidden else None
    await session.flush()
    return await _tell(session, actor, kept, conversation_id)


async def keep_draft(session: AsyncSession, actor: Actor, conversation_id: UUID, draft: UnsentDraft) -> None:
    """Keeps what is being written, in place of what was. Raises `NotFound`."""
    _, place = await _place(session, actor, conversation_id)
    place.draft, place.draft_root_id = draft.text, draft.root_id if draft.text else None
    await session.flush()


async def read_thread(session: AsyncSession, actor: Actor, kept: Faces, root_id: UUID, number: int) -> None:
    """Up to here the actor has read a thread. Raises `NotFound`."""
    root, place = await _thread_place(session, actor, kept, root_id)
    number = min(number, root.replies)
    if place.read_number != number:
        place.read_number = number
        await _tell_of_thread(session, actor, root)


async def follow_thread(session: AsyncSession, actor: Actor, kept: Faces, root_id: UUID, *, follows: bool) -> None:
    """The actor wants to be told of what is said in a thread, or not, whether he takes part in it or not. Again changes
    nothing. Raises `NotFound`."""
    root, place = await _thread_place(session, actor, kept, root_id)
    if place.follows != follows:
        place.follows = follows
        await _tell_of_thread(session, actor, root)


async def _thread_place(
    session: AsyncSession, actor: Actor, kept: Faces, root_id: UUID
) -> tuple[Row[Any], MessageThreadPlace]:
    """A message that the actor may read, and what its thread is to him, made if it is not kept yet."""
    root = (await one(session, actor, kept, root_id)).rows[0]
    if root.root_id is not None or root.kind != "said":
        raise NotFound
    place = await session.get(MessageThreadPlace, (root_id, actor.id), populate_existing=True)
    if place is None:
        place = MessageThreadPlace(root_id=root_id, member_id=actor.id, read_number=0)
        session.add(place)
    return root, place


async def _tell_of_thread(session: AsyncSession, actor: Actor, root: Row[Any]) -> None:
    await session.flush()
    own = await thread(session, actor, root.id)
    where = {"conversation_id": root.conversation_id, "root_id": root.id}
    fact = MyThreadChanged(member_id=actor.id, **where, read_number=own.read_number, follows=own.follows)
    record(session, fact, actor_id=actor.id)


async def choose(session: AsyncSession, actor: Actor, draft: PreferencesDraft) -> ChatPreferences:
    """How the actor talks from now on."""
    chosen = await session.get(ChatPreferences, actor.id, populate_existing=True)
    if chosen is None:
        chosen = ChatPreferences(member_id=actor.id)
        session.add(chosen)
    for name, value in draft.model_dump().items():
        setattr(chosen, name, value)
    await session.flush()
    record(session, MyChatChosen(member_id=actor.id), actor_id=actor.id)
    return chosen


async def _place(session: AsyncSession, actor: Actor, conversation_id: UUID) -> tuple[There, ConversationPlace]:
    there = await standing(session, actor, conversation_id)
    query = select(Conversation).where(Conversation.id == conversation_id)
    held = (await session.execute(query)).scalar_one_or_none()
    if held is None:
        raise NotFound
    return there, await own_place(session, actor, held)


async def _tell(session: AsyncSession, actor: Actor, kept: Faces, conversation_id: UUID) -> SeenConversation:
    found = await conversation(session, actor, kept, conversation_id)
    record(
        session,
        MyConversationChanged(
            member_id=actor.id,
            conversation_id=conversation_id,
            read_number=found.read_number,
            unread=found.unread,
        ),
        actor_id=actor.id,
    )
    return found
