"""Discussions of what a page says, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.engagement.models import ReactionKind
from parvis.engagement.queries import Discussion
from parvis.engagement.schemas import CommentChange, CommentOut, CommentsOut
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reading, Writer, documented

from . import queries, service
from .queries import Wanted
from .schemas import PageAnswerDraft, PageThreadDraft, PageThreadOut
from .service import TooManyThreads

router = APIRouter(prefix="/pages/{document_id:uuid}/threads", tags=["documents"])


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


THREAD = "/{thread_id:uuid}"
COMMENT = "/{thread_id:uuid}/comments/{comment_id:uuid}"
COMMENTING = limited("comment", "240/hour", network="4800/hour", who=whose)
REACTING = limited("react", "600/hour", network="12000/hour", who=whose)
RESOLVING = limited("resolve_thread", "600/hour", network="12000/hour", who=whose)
WantedQuery = Annotated[Wanted, Query(description="Those that are open, or those that are resolved.")]


@router.get("", responses=documented([NotFound]))
async def list_page_threads(
    document_id: UUID, actor: SignedIn, session: Reading, page: PageQuery, state: WantedQuery = "open"
) -> Page[PageThreadOut]:
    """What is said of a page, the oldest first, each with where it stands and the first answers. What somebody said
    whom a block keeps apart from you is not there, or leaves the place that others answered."""
    found, following = await queries.page_of_threads(session, actor, document_id, state, page)
    return Page[PageThreadOut](items=[PageThreadOut.of(one, actor) for one in found], next=following)


@router.post(
    "",
    status_code=201,
    responses=documented([NotFound, Forbidden, TooManyThreads, IdempotencyKeyReused]),
    dependencies=[COMMENTING],
)
async def begin_page_thread(document_id: UUID, draft: PageThreadDraft, actor: SignedIn, once: Once) -> PageThreadOut:
    """Comment some words of a page. For who may comment it, also where he may not write."""
    return await once(lambda found: PageThreadOut.of(found, actor), service.begin, actor, document_id, draft)


@router.get(THREAD, responses=documented([NotFound]))
async def get_page_thread(document_id: UUID, thread_id: UUID, actor: SignedIn, session: Reading) -> PageThreadOut:
    """One discussion, with the first answers."""
    return PageThreadOut.of(await queries.thread(session, actor, document_id, thread_id), actor)


@router.put(f"{THREAD}/resolution", responses=documented([NotFound, Forbidden]), dependencies=[RESOLVING])
async def resolve_page_thread(document_id: UUID, thread_id: UUID, actor: SignedIn, write: Writer) -> PageThreadOut:
    """Resolve a discussion. For who began it, and those who write the page. Again changes nothing."""
    found = await write(service.resolve, actor, document_id, thread_id, resolved=True)
    return PageThreadOut.of(found, actor)


@router.delete(f"{THREAD}/resolution", responses=documented([NotFound, Forbidden]))
async def reopen_page_thread(document_id: UUID, thread_id: UUID, actor: SignedIn, write: Writer) -> PageThreadOut:
    """Open a discussion again. Again changes nothing."""
    found = await write(service.resolve, actor, document_id, thread_id, resolved=False)
    return PageThreadOut.of(found, actor)


@router.get(f"{THREAD}/comments", responses=documented([NotFound]))
async def list_page_answers(
    document_id: UUID, thread_id: UUID, actor: SignedIn, session: Reading, page: PageQuery
) -> CommentsOut:
    """All that answers what a discussion began with, the oldest first."""
    return CommentsOut.of(await queries.answers(session, actor, document_id, thread_id, page), actor)


@router.post(
    f"{THREAD}/comments",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[COMMENTING],
)
async def answer_page_thread(
    document_id: UUID, thread_id: UUID, draft: PageAnswerDraft, actor: SignedIn, once: Once
) -> CommentOut:
    """Answer in a discussion; one that was resolved is open again."""
    return await once(lambda found: _only(found, actor), service.answer, actor, document_id, thread_id, draft)


@router.get(COMMENT, responses=documented([NotFound]))
async def get_page_comment(
    document_id: UUID, thread_id: UUID, comment_id: UUID, actor: SignedIn, session: Reading, response: Response
) -> CommentOut:
    """One comment."""
    return _out(await queries.comment(session, actor, document_id, thread_id, comment_id), actor, response)


@router.patch(COMMENT, responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def edit_page_comment(
    document_id: UUID,
    thread_id: UUID,
    comment_id: UUID,
    draft: CommentChange,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> CommentOut:
    """Edit your comment."""
    found = await write(service.edit, actor, document_id, thread_id, comment_id, draft, unchanged)
    return _out(found, actor, response)


@router.delete(COMMENT, status_code=204, responses=documented([NotFound, Forbidden]))
async def delete_page_comment(
    document_id: UUID, thread_id: UUID, comment_id: UUID, actor: SignedIn, write: Writer
) -> None:
    """Delete a comment: yours, or any where you manage the page. What others answered stays; with the last comment goes
    the discussion."""
    await write(service.remove, actor, document_id, thread_id, comment_id)


@router.put(f"{COMMENT}/reactions/{{kind}}", responses=documented([NotFound, Forbidden]), dependencies=[REACTING])
async def react_to_page_comment(
    document_id: UUID, thread_id: UUID, comment_id: UUID, kind: ReactionKind, actor: SignedIn, write: Writer
) -> CommentOut:
    """React to a comment. Again changes nothing."""
    found = await write(service.react, actor, document_id, thread_id, comment_id, kind, stands=True)
    return _only(found, actor)


@router.delete(f"{COMMENT}/reactions/{{kind}}", responses=documented([NotFound, Forbidden]))
async def take_back_page_reaction(
    document_id: UUID, thread_id: UUID, comment_id: UUID, kind: ReactionKind, actor: SignedIn, write: Writer
) -> CommentOut:
    """Take a reaction to a comment back."""
    found = await write(service.react, actor, document_id, thread_id, comment_id, kind, stands=False)
    return _only(found, actor)


def _only(found: Discussion, actor: Actor) -> CommentOut:
    return CommentOut.of(found.items[0], found, actor)


def _out(found: Discussion, actor: Actor, response: Response) -> CommentOut:
    response.headers["etag"] = etag_of(found.items[0].comment.version)
    return _only(found, actor)
