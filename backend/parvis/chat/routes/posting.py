"""Saying something and reading what was said: hot routes, see docs/performance.md."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from parvis.accounts.auth import SignedIn
from parvis.chat.queries import messages as queries
from parvis.chat.queries.messages import Wanted
from parvis.chat.schemas.messages import (
    ForwardDraft,
    ForwardedMessagesOut,
    MessageDraft,
    MessageOut,
    MessagesOut,
    PinnedOut,
    written,
)
from parvis.chat.service import posting as service
from parvis.chat.service.posting import ClientIdReused
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.schemas import Line
from parvis.kernel.web import Reader, Reading, Writer, documented

from .parts import KnownFaces, whose

router = APIRouter(tags=["chat"])

MOST = 200
Number = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
Instant = Annotated[AwareDatetime | None, Query(description="Around the first message from then on.")]
Words = Annotated[Line, Query(min_length=1, max_length=200)]
Limit = Annotated[int, Query(ge=1, le=MOST)]


@router.get(
    "/conversations/{conversation_id:uuid}/messages", response_model=MessagesOut, responses=documented([NotFound])
)
async def list_messages(
    conversation_id: UUID,
    actor: SignedIn,
    read: Reader,
    kept: KnownFaces,
    before: Number = None,
    after: Number = None,
    around: Number = None,
    at: Instant = None,
    limit: Limit = 50,
) -> Response:
    """What was said in a conversation, the oldest first: the last of it, or what stands before, after or around a
    number, or a time."""
    wanted = Wanted(before, after, around, at, limit)
    found = await read(queries.page, actor, kept, conversation_id, wanted)
    return _json(MessagesOut.fields(found, actor))


@router.post(
    "/conversations/{conversation_id:uuid}/messages",
    status_code=201,
    response_model=MessageOut,
    responses=documented([NotFound, Forbidden, ClientIdReused])
    | {200: {"description": "It was said before.", "model": MessageOut}},
    dependencies=[limited("post_message", "600/minute", network="24000/minute", who=whose)],
)
async def post_message(
    conversation_id: UUID, draft: MessageDraft, actor: SignedIn, kept: KnownFaces, write: Writer
) -> Response:
    """Say something. Sent again with the same `client_id`, it is said once, and answered 200."""
    seen, is_new = await service.send(write, actor, kept, conversation_id, draft)
    return _json(written(seen, seen.rows[0], actor), 201 if is_new else 200)


@router.get("/messages/{message_id:uuid}/replies", response_model=MessagesOut, responses=documented([NotFound]))
async def list_message_replies(
    message_id: UUID,
    actor: SignedIn,
    session: Reading,
    kept: KnownFaces,
    before: Number = None,
    after: Number = None,
    around: Number = None,
    limit: Limit = 50,
) -> Response:
    """The thread of a message, the oldest first."""
    found = await queries.replies(session, actor, kept, message_id, Wanted(before, after, around, None, limit))
    return _json(MessagesOut.fields(found, actor))


@router.get("/conversations/{conversation_id:uuid}/pins", responses=documented([NotFound]))
async def list_pinned_messages(conversation_id: UUID, actor: SignedIn, session: Reading, kept: KnownFaces) -> PinnedOut:
    """The pinned messages of a conversation, the last pinned first."""
    return PinnedOut.of(await queries.pinned(session, actor, kept, conversation_id), actor)


@router.get("/conversations/{conversation_id:uuid}/search", responses=documented([NotFound]))
async def search_conversation(
    conversation_id: UUID, actor: SignedIn, session: Reading, kept: KnownFaces, page: PageQuery, q: Words
) -> Page[MessageOut]:
    """Messages of a conversation by their words, and the names of what they show, the last first."""
    seen, following = await queries.found(session, actor, kept, conversation_id, q, page)
    items = [MessageOut.model_validate(written(seen, row, actor)) for row in seen.rows]
    return Page[MessageOut](items=items, next=following)


@router.post(
    "/messages/{message_id:uuid}/forward",
    responses=documented([NotFound, Forbidden, ClientIdReused]),
    dependencies=[limited("forward_message", "240/hour", network="9600/hour", who=whose)],
)
async def forward_message(
    message_id: UUID, draft: ForwardDraft, actor: SignedIn, kept: KnownFaces, write: Writer
) -> ForwardedMessagesOut:
    """Pass a message on, with what it shows, to conversations that you may write in. From whom it is their readers
    learn if they may find him, and where it was said if they read there."""
    said = await service.send_on(write, actor, kept, message_id, draft)
    return ForwardedMessagesOut(items=[MessageOut.of(one, actor) for one in said])


def _json(fields: object, status: int = 200) -> Response:
    return Response(orjson.dumps(fields), status, media_type="application/json")
