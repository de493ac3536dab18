"""What readers add to a post, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.engagement.models import ReactionKind
from parvis.engagement.queries import Discussion
from parvis.engagement.schemas import CommentChange, CommentDraft, CommentOut, CommentsOut
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reader, Reading, Writer, documented
from parvis.posts import partakers, queries
from parvis.posts.schemas.posts import AnswerDraft, PostOut
from parvis.posts.service import discussing as service
from parvis.posts.service.discussing import NoQuestion
from parvis.profiles.queries.people import Named
from parvis.profiles.schemas.people import PersonRef

from .wall import whose

router = APIRouter(prefix="/posts/{post_id:uuid}", tags=["posts"])

REACTING = limited("react", "600/hour", network="12000/hour", who=whose)
ThreadQuery = Annotated[UUID | None, Query(description="Where a post has several; by default the first.")]
ParentQuery = Annotated[UUID | None, Query(description="The replies to this comment, in place of comments.")]


@router.get("/comments", responses=documented([NotFound]))
async def list_comments(
    post_id: UUID,
    actor: SignedIn,
    read: Reader,
    page: PageQuery,
    thread_id: ThreadQuery = None,
    parent_id: ParentQuery = None,
) -> CommentsOut:
    """A post's discussion, the oldest first, each comment with the first replies to it. What somebody said whom a block
    keeps apart from you is not there, or leaves the place that others replied to."""
    return CommentsOut.of(await read(queries.comments, actor, post_id, thread_id, parent_id, page), actor)


@router.post(
    "/comments",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("comment", "240/hour", network="4800/hour", who=whose)],
)
async def post_comment(post_id: UUID, draft: CommentDraft, actor: SignedIn, once: Once) -> CommentOut:
    """Comment a post, or reply to a comment."""
    return await once(lambda found: _only(found, actor), service.comment, actor, post_id, draft)


@router.get("/comments/{comment_id:uuid}", responses=documented([NotFound]))
async def get_comment(post_id: UUID, comment_id: UUID, actor: SignedIn, read: Reader, response: Response) -> CommentOut:
    """One comment, with the first replies to it."""
    return _out(await read(queries.comment, actor, post_id, comment_id), actor, response)


@router.patch("/comments/{comment_id:uuid}", responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def edit_comment(
    post_id: UUID,
    comment_id: UUID,
    draft: CommentChange,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> CommentOut:
    """Edit your comment."""
    return _out(await write(service.edit, actor, post_id, comment_id, draft, unchanged), actor, response)


@router.delete("/comments/{comment_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden]))
async def delete_comment(post_id: UUID, comment_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete a comment: yours, or any where you run the community. Its place stays."""
    await write(service.delete, actor, post_id, comment_id)


@router.put(
    "/comments/{comment_id:uuid}/reactions/{kind}",
    responses=documented([NotFound, Forbidden]),
    dependencies=[REACTING],
)
async def react_to_comment(
    post_id: UUID, comment_id: UUID, kind: ReactionKind, actor: SignedIn, write: Writer
) -> CommentOut:
    """React to a comment. Again changes nothing."""
    return _only(await write(service.react_to_comment, actor, post_id, comment_id, kind, stands=True), actor)


@router.delete("/comments/{comment_id:uuid}/reactions/{kind}", responses=documented([NotFound, Forbidden]))
async def take_back_comment_reaction(
    post_id: UUID, comment_id: UUID, kind: ReactionKind, actor: SignedIn, write: Writer
) -> CommentOut:
    """Take a reaction to a comment back."""
    return _only(await write(service.react_to_comment, actor, post_id, comment_id, kind, stands=False), actor)


@router.put("/reactions/{kind}", responses=documented([NotFound, Forbidden]), dependencies=[REACTING])
async def react_to_post(post_id: UUID, kind: ReactionKind, actor: SignedIn, write: Writer) -> PostOut:
    """React to a post. Again changes nothing."""
    return PostOut.of(await write(service.react, actor, post_id, kind, stands=True), actor)


@router.delete("/reactions/{kind}", responses=documented([NotFound, Forbidden]))
async def take_back_post_reaction(post_id: UUID, kind: ReactionKind, actor: SignedIn, write: Writer) -> PostOut:
    """Take a reaction to a post back."""
    return PostOut.of(await write(service.react, actor, post_id, kind, stands=False), actor)


@router.get("/reactions/{kind}", responses=documented([NotFound]))
async def list_post_reactors(
    post_id: UUID, kind: ReactionKind, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[PersonRef]:
    """Who reacted to a post in this way, of those whom you may find, the last first."""
    return _people(*await partakers.reactors(session, actor, post_id, None, kind, page))


@router.get("/comments/{comment_id:uuid}/reactions/{kind}", responses=documented([NotFound]))
async def list_comment_reactors(
    post_id: UUID, comment_id: UUID, kind: ReactionKind, actor: SignedIn, session: Reading, page: PageQuery
) -> Page[PersonRef]:
    """Who reacted to a comment in this way, of those whom you may find, the last first."""
    return _people(*await partakers.reactors(session, actor, post_id, comment_id, kind, page))


@router.put("/accepted-answer", responses=documented([NotFound, Forbidden, NoQuestion]))
async def accept_answer(post_id: UUID, draft: AnswerDraft, actor: SignedIn, write: Writer) -> PostOut:
    """Make a comment the answer. For who asked, and those who run the community."""
    return PostOut.of(await write(service.accept, actor, post_id, draft.comment_id), actor)


@router.delete("/accepted-answer", responses=documented([NotFound, Forbidden, NoQuestion]))
async def take_back_answer(post_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Say that the question is open again."""
    return PostOut.of(await write(service.accept_none, actor, post_id), actor)


@router.put(
    "/bookmark",
    status_code=204,
    responses=documented([NotFound]),
    dependencies=[limited("bookmark", "600/hour", network="12000/hour", who=whose)],
)
async def bookmark_post(post_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Put a post aside, to find it among your bookmarks."""
    await write(service.bookmark, actor, post_id, stands=True)


@router.delete("/bookmark", status_code=204, responses=documented([NotFound]))
async def take_back_bookmark(post_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take a post out of your bookmarks."""
    await write(service.bookmark, actor, post_id, stands=False)


def _people(found: list[Named], following: str | None) -> Page[PersonRef]:
    return Page[PersonRef](items=[PersonRef.of(one) for one in found], next=following)


def _only(found: Discussion, actor: Actor) -> CommentOut:
    return CommentOut.of(found.items[0], found, actor)


def _out(found: Discussion, actor: Actor, response: Response) -> CommentOut:
    response.headers["etag"] = etag_of(found.items[0].comment.version)
    return _only(found, actor)
