"""A message over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.chat.queries import messages as queries
from parvis.chat.queries.messages import Seen
from parvis.chat.schemas.messages import MessageChange, MessageOut, RevisionOut, RevisionsOut, ThreadReadDraft
from parvis.chat.service import changing as service
from parvis.chat.service import own
from parvis.chat.service.changing import TooManyPins
from parvis.engagement.models import ReactionKind
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.limits import limited
from parvis.kernel.web import IfMatch, Reading, Writer, documented

from .parts import KnownFaces, whose

router = APIRouter(prefix="/messages/{message_id:uuid}", tags=["chat"])

READING = limited("read_conversation", "7200/hour", network="360000/hour", who=whose)
REACTING = limited("react_to_message", "1200/hour", network="48000/hour", who=whose)


@router.get("", responses=documented([NotFound]))
async def get_message(
    message_id: UUID, actor: SignedIn, session: Reading, kept: KnownFaces, response: Response
) -> MessageOut:
    """One message, with where it stands."""
    return _out(await queries.one(session, actor, kept, message_id), actor, response)


@router.get("/revisions", responses=documented([NotFound]))
async def list_message_revisions(message_id: UUID, actor: SignedIn, session: Reading, kept: KnownFaces) -> RevisionsOut:
    """What a message said before it was edited."""
    found, people = await queries.revisions(session, actor, kept, message_id)
    return RevisionsOut(items=[RevisionOut.of(kept_one, people) for kept_one in found])


@router.put("/replies/read", status_code=204, responses=documented([NotFound]), dependencies=[READING])
async def read_message_replies(
    message_id: UUID, draft: ThreadReadDraft, actor: SignedIn, kept: KnownFaces, write: Writer
) -> None:
    """Say up to which reply you have read a thread."""
    await write(own.read_thread, actor, kept, message_id, draft.number)


@router.put("/replies/following", status_code=204, responses=documented([NotFound]))
async def follow_message_replies(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> None:
    """Be told of what is said in a thread, whether you take part in it or not. Again changes nothing."""
    await write(own.follow_thread, actor, kept, message_id, follows=True)


@router.delete("/replies/following", status_code=204, responses=documented([NotFound]))
async def unfollow_message_replies(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> None:
    """Be told no more of what is said in a thread, but of your name. Again changes nothing."""
    await write(own.follow_thread, actor, kept, message_id, follows=False)


@router.patch("", responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def edit_message(
    message_id: UUID,
    draft: MessageChange,
    actor: SignedIn,
    kept: KnownFaces,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> MessageOut:
    """Edit your message. What it said before is kept."""
    return _out(await write(service.edit, actor, kept, message_id, draft.text, unchanged), actor, response)


@router.delete("", status_code=204, responses=documented([NotFound, Forbidden]))
async def delete_message(message_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete a message: yours, or any in a channel of a community that you run. Its place stays."""
    await write(service.delete, actor, message_id)


@router.put("/reactions/{kind}", responses=documented([NotFound, Forbidden]), dependencies=[REACTING])
async def react_to_message(
    message_id: UUID, kind: ReactionKind, actor: SignedIn, kept: KnownFaces, write: Writer
) -> MessageOut:
    """React to a message. Again changes nothing."""
    return MessageOut.of(await write(service.react, actor, kept, message_id, kind, stands=True), actor)


@router.delete("/reactions/{kind}", responses=documented([NotFound, Forbidden]))
async def take_back_message_reaction(
    message_id: UUID, kind: ReactionKind, actor: SignedIn, kept: KnownFaces, write: Writer
) -> MessageOut:
    """Take a reaction to a message back."""
    return MessageOut.of(await write(service.react, actor, kept, message_id, kind, stands=False), actor)


@router.put("/pin", responses=documented([NotFound, Forbidden, TooManyPins]))
async def pin_message(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> MessageOut:
    """Pin a message: in a channel for those who run it, elsewhere for anybody."""
    return MessageOut.of(await write(service.pin, actor, kept, message_id, stands=True), actor)


@router.delete("/pin", responses=documented([NotFound, Forbidden]))
async def unpin_message(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> MessageOut:
    """Pin a message no longer."""
    return MessageOut.of(await write(service.pin, actor, kept, message_id, stands=False), actor)


@router.delete("/links", responses=documented([NotFound, Forbidden]))
async def take_off_message_links(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> MessageOut:
    """Show no cards of the pages that your message leads to, now or once it is edited. Again changes nothing."""
    return MessageOut.of(await write(service.take_off_links, actor, kept, message_id), actor)


@router.put(
    "/bookmark",
    status_code=204,
    responses=documented([NotFound]),
    dependencies=[limited("bookmark", "600/hour", network="12000/hour", who=whose)],
)
async def bookmark_message(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> None:
    """Put a message aside."""
    await write(service.bookmark, actor, kept, message_id, stands=True)


@router.delete("/bookmark", status_code=204, responses=documented([NotFound]))
async def take_back_message_bookmark(message_id: UUID, actor: SignedIn, kept: KnownFaces, write: Writer) -> None:
    """Put a message aside no longer."""
    await write(service.bookmark, actor, kept, message_id, stands=False)


def _out(found: Seen, actor: Actor, response: Response) -> MessageOut:
    response.headers["etag"] = etag_of(found.rows[0].version)
    return MessageOut.of(found, actor)
