"""What a conversation is to one member: how far he has read, what he wants to be told, what he is writing."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.events import MyChatChosen, MyConversationChanged, MyThreadChanged
from parvis.chat.models import ChatPreferences, Conversation, ConversationPlace, MessageThreadPlace
from parvis.chat.queries.conversations import SeenConversation, conversation
from parvis.chat.queries.messages import one
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
    seen = await one(session, actor, kept, root_id)
    row = seen.rows[0]
    if row.root_id is not None:
        raise NotFound
    number = min(number, row.replies)
    place = await session.get(MessageThreadPlace, (root_id, actor.id), populate_existing=True)
    if place is None:
        place = MessageThreadPlace(root_id=root_id, member_id=actor.id, read_number=0, follows=True)
        session.add(place)
    if place.read_number == number:
        return
    place.read_number = number
    await session.flush()
    changed = {"conversation_id": row.conversation_id, "root_id": root_id, "read_number": number}
    record(session, MyThreadChanged(member_id=actor.id, **changed), actor_id=actor.id)


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
