"""Saying something and reading what was said: hot routes, see docs/performance.md."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from parvis.accounts.auth import SignedIn
from parvis.chat.queries import messages as queries
from parvis.chat.queries.messages import Wanted
from parvis.chat.schemas.messages import MessageDraft, MessageOut, MessagesOut, written
from parvis.chat.service import posting as service
from parvis.chat.service.posting import ClientIdReused
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.limits import limited
from parvis.kernel.web import Reading, Writer, documented

from .parts import KnownFaces, whose

router = APIRouter(tags=["chat"])

MOST = 200
Number = Annotated[int | None, Query(ge=0, le=2**31 - 1)]
Instant = Annotated[AwareDatetime | None, Query(description="Around the first message from then on.")]
Limit = Annotated[int, Query(ge=1, le=MOST)]


@router.get(
    "/conversations/{conversation_id:uuid}/messages", response_model=MessagesOut, responses=documented([NotFound])
)
async def list_messages(
    conversation_id: UUID,
    actor: SignedIn,
    session: Reading,
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
    found = await queries.page(session, actor, kept, conversation_id, wanted)
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


def _json(fields: object, status: int = 200) -> Response:
    return Response(orjson.dumps(fields), status, media_type="application/json")
