"""Conversations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.chat.models import ConversationKind
from parvis.chat.queries import conversations as queries
from parvis.chat.queries.conversations import SeenConversation, WantedConversations
from parvis.chat.queries.unread import unread
from parvis.chat.schemas.conversations import (
    ChannelDraft,
    ChatUnreadOut,
    ConversationChange,
    ConversationDraft,
    ConversationOut,
    Meet,
    ReadMarkDraft,
    SettingsDraft,
    UnsentDraft,
)
from parvis.chat.service import conversations as service
from parvis.chat.service import own
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reader, Writer, documented

from .parts import KnownFaces, Meeting, whose

router = APIRouter(tags=["chat"])

STARTING = limited("start_conversation", "120/hour", network="4800/hour", who=whose)
READING = limited("read_conversation", "7200/hour", network="360000/hour", who=whose)
Community = Annotated[UUID | None, Query(description="Channels of this community alone.")]
Archived = Annotated[bool, Query(description="Those that are closed, in place of the others.")]
PutAway = Annotated[
    bool, Query(description="Those that you put away or left and may come back to, in place of all others.")
]


@router.get("/conversations")
async def list_conversations(
    actor: SignedIn,
    read: Reader,
    kept: KnownFaces,
    meet: Meeting,
    page: PageQuery,
    kind: ConversationKind | None = None,
    community_id: Community = None,
    archived: Archived = False,
    put_away: PutAway = False,
) -> Page[ConversationOut]:
    """Yours: direct, groups, and channels of your communities, but those you put away or left. The last in which
    something was said comes first."""
    wanted = WantedConversations(kind, community_id, archived, put_away)
    return _page(*await read(queries.page_of_conversations, actor, kept, wanted, page), actor, meet)


@router.get("/conversations/unread")
async def count_unread_messages(actor: SignedIn, read: Reader) -> ChatUnreadOut:
    """What is left to read in all of your conversations."""
    return ChatUnreadOut.of(await read(unread, actor))


@router.post(
    "/conversations", status_code=201, responses=documented([NotFound, IdempotencyKeyReused]), dependencies=[STARTING]
)
async def start_conversation(
    draft: ConversationDraft, actor: SignedIn, kept: KnownFaces, meet: Meeting, once: Once
) -> ConversationOut:
    """Begin to talk with somebody, or with some together. With one person it is the same conversation each time."""
    return await once(lambda seen: ConversationOut.of(seen, actor, meet), service.start, actor, kept, draft)


@router.get("/communities/{community_id:uuid}/channels", responses=documented([NotFound, Forbidden]))
async def list_channels(
    community_id: UUID, actor: SignedIn, read: Reader, kept: KnownFaces, meet: Meeting, page: PageQuery
) -> Page[ConversationOut]:
    """The channels of a community that you are in, by name; also those you left."""
    return _page(*await read(queries.channels, actor, kept, community_id, page), actor, meet)


@router.post(
    "/communities/{community_id:uuid}/channels",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[STARTING],
)
async def create_channel(
    community_id: UUID, draft: ChannelDraft, actor: SignedIn, kept: KnownFaces, meet: Meeting, once: Once
) -> ConversationOut:
    """Open a channel in a community: for all of it, or for some. For those who run it."""
    return await once(
        lambda seen: ConversationOut.of(seen, actor, meet), service.create_channel, actor, kept, community_id, draft
    )


@router.get("/conversations/{conversation_id:uuid}", responses=documented([NotFound]))
async def get_conversation(
    conversation_id: UUID, actor: SignedIn, read: Reader, kept: KnownFaces, meet: Meeting, response: Response
) -> ConversationOut:
    """One conversation."""
    return _out(await read(queries.conversation, actor, kept, conversation_id), actor, meet, response)


@router.patch("/conversations/{conversation_id:uuid}", responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def change_conversation(
    conversation_id: UUID,
    draft: ConversationChange,
    actor: SignedIn,
    kept: KnownFaces,
    meet: Meeting,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> ConversationOut:
    """Change the name, what it is about, or what who comes later reads; close it, or open it again."""
    found = await write(service.change, actor, kept, conversation_id, draft, unchanged)
    return _out(found, actor, meet, response)


@router.delete("/conversations/{conversation_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden]))
async def delete_conversation(conversation_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete a group or a channel, with all that was said in it. For those who run it."""
    await write(service.delete, actor, conversation_id)


@router.put("/conversations/{conversation_id:uuid}/settings", responses=documented([NotFound]))
async def settle_conversation(
    conversation_id: UUID, draft: SettingsDraft, actor: SignedIn, kept: KnownFaces, meet: Meeting, write: Writer
) -> ConversationOut:
    """Choose what you are told of it, silence it for a time, or put it away until something new is said."""
    return ConversationOut.of(await write(own.settle, actor, kept, conversation_id, draft), actor, meet)


@router.put("/conversations/{conversation_id:uuid}/read", responses=documented([NotFound]), dependencies=[READING])
async def read_conversation(
    conversation_id: UUID, draft: ReadMarkDraft, actor: SignedIn, kept: KnownFaces, meet: Meeting, write: Writer
) -> ConversationOut:
    """Say up to which message you have read; or, by a lower number, that the rest is unread."""
    return ConversationOut.of(await write(own.read, actor, kept, conversation_id, draft.number), actor, meet)


@router.put(
    "/conversations/{conversation_id:uuid}/draft",
    status_code=204,
    responses=documented([NotFound]),
    dependencies=[READING],
)
async def keep_message_draft(conversation_id: UUID, draft: UnsentDraft, actor: SignedIn, write: Writer) -> None:
    """Keep what you are writing there; nothing, when it was sent."""
    await write(own.keep_draft, actor, conversation_id, draft)


def _page(found: list[SeenConversation], following: str | None, actor: Actor, meet: Meet) -> Page[ConversationOut]:
    return Page[ConversationOut](items=[ConversationOut.of(one, actor, meet) for one in found], next=following)


def _out(found: SeenConversation, actor: Actor, meet: Meet, response: Response) -> ConversationOut:
    response.headers["etag"] = etag_of(found.conversation.version)
    return ConversationOut.of(found, actor, meet)
