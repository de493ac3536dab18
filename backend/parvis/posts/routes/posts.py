"""Posts over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reader, Reading, Writer, documented
from parvis.posts import queries
from parvis.posts.queries import SeenPost
from parvis.posts.schemas.posts import (
    PlacedDraft,
    PostChange,
    PostOut,
    PostTextDraft,
    PostTextOut,
    PostVersionOut,
    SeenPostsDraft,
)
from parvis.posts.service import posts as service
from parvis.posts.service import viewing
from parvis.posts.service.gathering import EventCancelled

from .wall import POSTING, whose

router = APIRouter(prefix="/posts", tags=["posts"])


@router.post(
    "",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("post", POSTING, network="2400/hour", who=whose)],
)
async def post_to_communities(draft: PlacedDraft, actor: SignedIn, once: Once) -> PostOut:
    """Say something once, in several communities: in all of them, or in none."""
    return await once(
        lambda seen: PostOut.of(seen, actor), service.publish, actor, draft, draft.places, draft.discussion
    )


@router.post("/previews", dependencies=[limited("preview_post", "600/hour", network="24000/hour", who=whose)])
async def preview_post(draft: PostTextDraft, actor: SignedIn, session: Reading) -> PostTextOut:
    """Show the words of a post as you would read them, and keep nothing."""
    return PostTextOut(html=await queries.preview(session, actor, draft.body))


@router.put("/seen", status_code=204, dependencies=[limited("see_post", "1200/hour", network="60000/hour", who=whose)])
async def see_posts(draft: SeenPostsDraft, actor: SignedIn, read: Reader, write: Writer) -> None:
    """Say which posts you have before your eyes: you are not mailed them any more. Of announcements it is counted,
    without your name; of other posts only you learn of it."""
    if await read(viewing.is_news, actor, draft.post_ids):
        await write(viewing.see, actor, draft.post_ids)


@router.get("/{post_id:uuid}", responses=documented([NotFound]))
async def get_post(post_id: UUID, actor: SignedIn, read: Reader, response: Response) -> PostOut:
    """A post, with the places of it that you may read."""
    return _out(await read(queries.post, actor, post_id), actor, response)


@router.patch("/{post_id:uuid}", responses=documented([NotFound, Forbidden, PreconditionFailed, EventCancelled]))
async def edit_post(
    post_id: UUID, draft: PostChange, actor: SignedIn, write: Writer, unchanged: IfMatch, response: Response
) -> PostOut:
    """Edit your post. What it said before stays to be read."""
    return _out(await write(service.edit, actor, post_id, draft, unchanged), actor, response)


@router.delete("/{post_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden]))
async def delete_post(post_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Delete your post everywhere. Its place stays, and what others said under it."""
    await write(service.take_back, actor, post_id)


@router.delete(
    "/{post_id:uuid}/places/{community_id:uuid}", status_code=204, responses=documented([NotFound, Forbidden])
)
async def take_post_off_wall(post_id: UUID, community_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Take a post off one wall. For who posted it and those who run the community. Off the last wall, it is deleted."""
    await write(service.take_off, actor, post_id, community_id)


@router.get("/{post_id:uuid}/versions", responses=documented([NotFound]))
async def list_post_versions(post_id: UUID, actor: SignedIn, session: Reading, page: PageQuery) -> Page[PostVersionOut]:
    """What a post said before each edit, the last first."""
    found, following, people = await queries.versions(session, actor, post_id, page)
    return Page[PostVersionOut](items=[PostVersionOut.of(one, people) for one in found], next=following)


def _out(seen: SeenPost, actor: Actor, response: Response) -> PostOut:
    response.headers["etag"] = etag_of(seen.post.version)
    return PostOut.of(seen, actor)
