"""Who is in a conversation, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from parvis.accounts.auth import SignedIn
from parvis.chat.queries import conversations as queries
from parvis.chat.queries.readers import readers
from parvis.chat.schemas.conversations import ConversationMemberOut, ConversationOut, PeopleDraft, ReadersOut
from parvis.chat.service import joining as service
from parvis.chat.service.joining import TooManyPeople
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reading, Writer, documented

from .parts import KnownFaces, Meeting, whose

Number = Annotated[int, Query(ge=1, le=2**31 - 1, description="Of the message.")]
router = APIRouter(prefix="/conversations/{conversation_id:uuid}", tags=["chat"])


@router.get("/readers", responses=documented([NotFound]))
async def list_message_readers(
    conversation_id: UUID, actor: SignedIn, session: Reading, kept: KnownFaces, number: Number
) -> ReadersOut:
    """Who else has read up to a message, in rooms of fifty at most. Members may choose not to show it."""
    return ReadersOut.of(await readers(session, actor, kept, conversation_id, number))


@router.get("/members", responses=documented([NotFound]))
async def list_conversation_members(
    conversation_id: UUID, actor: SignedIn, session: Reading, kept: KnownFaces, page: PageQuery
) -> Page[ConversationMemberOut]:
    """Who is in it."""
    found, following = await queries.page_of_people(session, actor, kept, conversation_id, page)
    items = [ConversationMemberOut.of(face, runs) for face, runs in found]
    return Page[ConversationMemberOut](items=items, next=following)


@router.post(
    "/members",
    responses=documented([NotFound, Forbidden, TooManyPeople]),
    dependencies=[limited("add_to_conversation", "240/hour", network="4800/hour", who=whose)],
)
async def add_to_conversation(
    conversation_id: UUID, draft: PeopleDraft, actor: SignedIn, kept: KnownFaces, meet: Meeting, write: Writer
) -> ConversationOut:
    """Put others in a group, or in a channel that you run. Who is in it already stays."""
    return ConversationOut.of(await write(service.add, actor, kept, conversation_id, draft.member_ids), actor, meet)


@router.delete("/members/{member_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden]))
async def remove_from_conversation(conversation_id: UUID, member_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take somebody out, for those who run it; or leave."""
    await write(service.remove, actor, conversation_id, member_id)


@router.post("/leave", status_code=204, responses=documented([NotFound, Forbidden]))
async def leave_conversation(conversation_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Leave a group or a channel. To a channel that is open to your community you may come back."""
    await write(service.leave, actor, conversation_id)


@router.post("/join", responses=documented([NotFound]))
async def join_conversation(
    conversation_id: UUID, actor: SignedIn, kept: KnownFaces, meet: Meeting, write: Writer
) -> ConversationOut:
    """Come back to a channel that you had left. Again changes nothing."""
    return ConversationOut.of(await write(service.join, actor, kept, conversation_id), actor, meet)
