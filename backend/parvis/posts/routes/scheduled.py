"""What is to be said later, over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from parvis.accounts.auth import SignedIn
from parvis.kernel.errors import Forbidden, NotFound, PreconditionFailed
from parvis.kernel.etag import etag_of
from parvis.kernel.idempotency import IdempotencyKeyReused, Once
from parvis.kernel.limits import limited
from parvis.kernel.pagination import Page, PageQuery
from parvis.kernel.web import IfMatch, Reading, Writer, documented
from parvis.posts import scheduled as queries
from parvis.posts.scheduled import Scheduled
from parvis.posts.schemas.posts import PostOut
from parvis.posts.schemas.scheduled import ScheduledDraft, ScheduledPostOut
from parvis.posts.service import scheduling as service
from parvis.posts.service.scheduling import TooManyScheduled

from .wall import POSTING, whose

router = APIRouter(prefix="/me/scheduled-posts", tags=["posts"])


@router.get("")
async def list_scheduled_posts(actor: SignedIn, session: Reading, page: PageQuery) -> Page[ScheduledPostOut]:
    """What you are to say, the next first. Nobody else sees it."""
    found, following = await queries.page_of_scheduled(session, actor, page)
    return Page[ScheduledPostOut](items=[ScheduledPostOut.of(one) for one in found], next=following)


@router.post(
    "",
    status_code=201,
    responses=documented([NotFound, Forbidden, TooManyScheduled, IdempotencyKeyReused]),
    dependencies=[limited("post", POSTING, network="2400/hour", who=whose)],
)
async def schedule_post(draft: ScheduledDraft, actor: SignedIn, once: Once) -> ScheduledPostOut:
    """Say something later: fifty at most wait."""
    return await once(ScheduledPostOut.of, service.schedule, actor, draft)


@router.get("/{scheduled_id:uuid}", responses=documented([NotFound]))
async def get_scheduled_post(
    scheduled_id: UUID, actor: SignedIn, session: Reading, response: Response
) -> ScheduledPostOut:
    """Something that you are to say."""
    return _out(await queries.scheduled(session, actor, scheduled_id), response)


@router.put("/{scheduled_id:uuid}", responses=documented([NotFound, Forbidden, PreconditionFailed]))
async def change_scheduled_post(
    scheduled_id: UUID,
    draft: ScheduledDraft,
    actor: SignedIn,
    write: Writer,
    unchanged: IfMatch,
    response: Response,
) -> ScheduledPostOut:
    """Put other words, places or another time in its place."""
    return _out(await write(service.change, actor, scheduled_id, draft, unchanged), response)


@router.delete("/{scheduled_id:uuid}", status_code=204, responses=documented([NotFound]))
async def cancel_scheduled_post(scheduled_id: UUID, actor: SignedIn, write: Writer) -> None:
    """Say it never."""
    await write(service.cancel, actor, scheduled_id)


@router.post(
    "/{scheduled_id:uuid}/publication",
    status_code=201,
    responses=documented([NotFound, Forbidden, IdempotencyKeyReused]),
)
async def publish_scheduled_post(scheduled_id: UUID, actor: SignedIn, once: Once) -> PostOut:
    """Say it now."""
    return await once(lambda seen: PostOut.of(seen, actor), service.publish_now, actor, scheduled_id)


def _out(found: Scheduled, response: Response) -> ScheduledPostOut:
    response.headers["etag"] = etag_of(found.kept.version)
    return ScheduledPostOut.of(found)
