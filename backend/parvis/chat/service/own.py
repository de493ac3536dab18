"""What a conversation is to one member: how far he has read, what he wants to be told, what he is writing."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from parvis.accounts.actor import Actor
from parvis.chat.events import MyConversationChanged
from parvis.chat.models import Conversation, ConversationPlace
from parvis.chat.queries.conversations import SeenConversation, conversation
from parvis.chat.queries.people import Faces
from parvis.chat.queries.standing import There, standing
from parvis.chat.schemas.conversations import SettingsDraft, UnsentDraft
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
