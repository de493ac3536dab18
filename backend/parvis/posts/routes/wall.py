"""Walls of communities and the square over HTTP, and what one put aside of them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from parvis.accounts.actor import Actor
from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import Reader, Writer, documented
from parvis.posts import queries
from parvis.posts.queries import SeenPost
from parvis.posts.schemas.posts import PostDraft, PostOut
from parvis.posts.service import posts as service
from parvis.posts.service import wall
from parvis.posts.service.wall import TooManyPinned

router = APIRouter(tags=["posts"])

POSTING = "60/hour"
Pinned = Annotated[bool | None, Query(description="Only those that stay on top, or only the others.")]


async def whose(actor: SignedIn) -> str:
    """Whose requests are counted together."""
    return str(actor.id)


def page_of(found: list[SeenPost], following: str | None, actor: Actor) -> Page[PostOut]:
    return Page[PostOut](items=[PostOut.of(one, actor) for one in found], next=following)


def sent(page: Page[PostOut]) -> Response:
    """A hot route's: see docs/performance.md."""
    return Response(page.model_dump_json(), media_type="application/json")


@router.get(
    "/communities/{community_id:uuid}/posts",
    response_model=Page[PostOut],
    responses=documented([NotFound, Forbidden]),
)
async def list_community_posts(
    community_id: UUID, actor: SignedIn, read: Reader, page: PageQuery, pinned: Pinned = None
) -> Response:
    """A community's wall, the latest first."""
    return sent(page_of(*await read(queries.wall, actor, community_id, page, pinned=pinned), actor))


@router.post(
    "/communities/{community_id:uuid}/posts",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("post", POSTING, network="2400/hour", who=whose)],
)
async def post_to_community(community_id: UUID, draft: PostDraft, actor: SignedIn, once: Once) -> PostOut:
    """Say something in a community."""
    return await once(lambda seen: PostOut.of(seen, actor), service.publish, actor, draft, [community_id], "shared")


@router.get("/square/posts", response_model=Page[PostOut], responses=documented([Forbidden]))
async def list_square_posts(actor: SignedIn, read: Reader, page: PageQuery) -> Response:
    """What is said on the square, the organisation's own wall, the latest first. Not for guests."""
    return sent(page_of(*await read(queries.square, actor, page), actor))


@router.post(
    "/square/posts",
    status_code=201,
    responses=documented([Forbidden, IdempotencyKeyReused]),
    dependencies=[limited("post", POSTING, network="2400/hour", who=whose)],
)
async def post_on_square(draft: PostDraft, actor: SignedIn, once: Once) -> PostOut:
    """Say something to the whole organisation. For those in charge of communication."""
    return await once(lambda seen: PostOut.of(seen, actor), service.publish_on_square, actor, draft)


@router.put(
    "/posts/{post_id:uuid}/places/{community_id:uuid}/pin",
    responses=documented([NotFound, Forbidden, TooManyPinned]),
)
async def pin_post(post_id: UUID, community_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Keep a post on top of a wall: five at most. For those who run the community."""
    return PostOut.of(await write(wall.pin, actor, post_id, community_id, pinned=True), actor)


@router.delete(
    "/posts/{post_id:uuid}/places/{community_id:uuid}/pin", responses=documented([NotFound, Forbidden, TooManyPinned])
)
async def unpin_post(post_id: UUID, community_id: UUID, actor: SignedIn, write: Writer) -> PostOut:
    """Keep a post on top of a wall no longer. For those who run the community."""
    return PostOut.of(await write(wall.pin, actor, post_id, community_id, pinned=False), actor)


@router.get("/me/bookmarks")
async def list_my_bookmarks(actor: SignedIn, read: Reader, page: PageQuery) -> Page[PostOut]:
    """Posts that you put aside and may still read, the last first."""
    return page_of(*await read(queries.bookmarks, actor, page), actor)
